import { ALERT_FIELDS, type AlertFieldName, IMPORTED_EVENT_IDS, IMPORTED_PROVIDER } from '../../../shared/model/imported-alert.ts';
import type { RowWriter, Shape } from '../row-writer.ts';
import type { ImportedRecord } from './imported-record.ts';

const MOST_SHAPES = 2_000;
/** What the table of normalization reads the roles from. */
const ROLE_NAMES = [
  'Actor.Sid',
  'Actor.Name',
  'Actor.Domain',
  'Target.Sid',
  'Target.Name',
  'Target.Domain',
  'Source.Host',
  'Source.Address',
];

/** Names under which we speak: an export that uses one as well must not speak for us. */
const OURS = /^(?:Alert|Actor|Target|Source)\./i;

/** Writes records of alerts; keeps one shape for each list of names. */
export class AlertWriter {
  readonly #writer: RowWriter;
  readonly #shapes = new Map<string, Shape>();

  constructor(writer: RowWriter) {
    this.#writer = writer;
  }

  write({ isEntity, at, alert, parties, own }: ImportedRecord, offset: number): void {
    const { actor, target, sourceHost = '', sourceAddress = '', place = '' } = parties;
    const facts = (Object.keys(ALERT_FIELDS) as AlertFieldName[]).filter((name) => alert[name]);
    const roles = [actor?.sid, actor?.name, actor?.domain, target?.sid, target?.name, target?.domain, sourceHost, sourceAddress];
    const fields = [
      ...facts.map((name) => [ALERT_FIELDS[name], alert[name]!] as const),
      ...ROLE_NAMES.map((name, position) => [name, roles[position] ?? ''] as const).filter(([, value]) => value !== ''),
      ...own.map(([name, value]) => [OURS.test(name) ? `Export.${name}` : name, value] as const),
    ];
    this.#writer.begin(this.#shape(fields.map(([name]) => name)));
    for (const [, value] of fields) this.#writer.text(value);
    this.#writer.commit({
      at: at.at,
      tick: at.tick,
      eventId: isEntity ? IMPORTED_EVENT_IDS.entity : IMPORTED_EVENT_IDS.alert,
      recordId: 0,
      offset,
      channel: alert.product,
      provider: IMPORTED_PROVIDER,
      computer: place.replace(/^\\+/, '').slice(0, 300),
      userSid: '',
    });
  }

  #shape(names: readonly string[]): Shape {
    const key = names.join('\n');
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    if (this.#shapes.size >= MOST_SHAPES) this.#shapes.clear();
    const shape = { names: distinct(names) };
    this.#shapes.set(key, shape);
    return shape;
  }
}

/** Columns of equal names: the later ones get a number. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let given = name;
    for (let count = 2; taken.has(given); count += 1) given = `${name} ${count}`;
    taken.add(given);
    return given;
  });
}
