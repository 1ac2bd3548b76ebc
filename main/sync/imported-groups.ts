import { eventKindCode } from '../../shared/model/event.ts';
import { ALERT_FIELDS, type AlertFieldName, IMPORTED_EVENT_IDS } from '../../shared/model/imported-alert.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { EventView } from '../events/event-view.ts';

/** What one record says of an alert. */
export type ImportedStatement = {
  readonly event: EventView;
  readonly isEntity: boolean;
  readonly said: Readonly<Record<AlertFieldName, string>>;
};

/** All that was imported of one alert, whatever files and forms it came in. */
export type ImportedGroup = {
  /** Every id that it goes by, sorted; the first names it. */
  readonly ids: readonly string[];
  /** The newest word first, what speaks of the alert itself before what speaks of an entity. */
  readonly statements: readonly ImportedStatement[];
};

const KIND = eventKindCode('imported-alert');
const NAMES = Object.entries(ALERT_FIELDS) as [AlertFieldName, string][];
const ROWS_A_TURN = 65_536;
const RECORDS_A_TURN = 100;
/** Records of imported alerts that are looked at; an organization has some thousands of alerts a year. */
const MOST_RECORDS = 200_000;
/** Ids at least so long are unique the world over; shorter ones are within their product. */
const GLOBAL_ID = 12;

/** Every imported alert of the store, by its ids; `isCut` when there are more records than are looked at. Yields often. */
export function* groupImported(workspace: Workspace): Generator<void, { groups: ImportedGroup[]; isCut: boolean }> {
  const found = yield* findRecords(workspace);
  const joined = new Joined();
  const statements: ImportedStatement[] = [];
  for (const [position, index] of found.slice(0, MOST_RECORDS).entries()) {
    const statement = readStatement(workspace, index);
    const keys = keysOf(statement.said);
    if (keys.length > 0) {
      statements.push(statement);
      joined.join(keys);
    }
    if (position % RECORDS_A_TURN === 0) yield;
  }
  return { groups: gather(statements, joined), isCut: found.length > MOST_RECORDS };
}

function* findRecords({ events }: Workspace): Generator<void, number[]> {
  const { table } = events;
  const found: number[] = [];
  for (let index = 0; index < table.count; index++) {
    if (table.segmentOf(index).kind[index & 0xffff] === KIND) found.push(index);
    if (index % ROWS_A_TURN === ROWS_A_TURN - 1) yield;
  }
  return found;
}

function readStatement(workspace: Workspace, index: number): ImportedStatement {
  const event = workspace.event(index);
  const said = Object.fromEntries(NAMES.map(([name, field]) => [name, event.field(field)])) as Record<AlertFieldName, string>;
  return { event, isEntity: event.eventId === IMPORTED_EVENT_IDS.entity, said };
}

function keysOf({ id, otherId, product }: ImportedStatement['said']): string[] {
  const ids = [...new Set([id, otherId].map((one) => one.trim().toLowerCase()).filter(Boolean))];
  return ids.map((one) => (one.length >= GLOBAL_ID ? one : `${product.toLowerCase()} ${one}`));
}

function gather(statements: readonly ImportedStatement[], joined: Joined): ImportedGroup[] {
  const held = new Map<string, { ids: Set<string>; statements: ImportedStatement[] }>();
  for (const statement of statements) {
    const keys = keysOf(statement.said);
    const root = joined.rootOf(keys[0]);
    const group = held.get(root) ?? { ids: new Set(), statements: [] };
    for (const key of keys) group.ids.add(key);
    group.statements.push(statement);
    held.set(root, group);
  }
  return [...held.values()].map(({ ids, statements: own }) => ({ ids: [...ids].sort(), statements: own.sort(newestFirst) }));
}

/** The same order whatever the order of files. */
function newestFirst(a: ImportedStatement, b: ImportedStatement): number {
  return (
    Number(a.isEntity) - Number(b.isEntity) ||
    compareText(b.said.updatedAt, a.said.updatedAt) ||
    a.event.at - b.event.at ||
    compareText(textOf(a), textOf(b))
  );
}

function textOf({ said, event }: ImportedStatement): string {
  const { actor, target, computer, sourceHost, sourceAddress } = event;
  return JSON.stringify([said, actor, target, computer, sourceHost, sourceAddress]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Ids that name the same alert: an alert carried by another product has that product's id and its own. */
class Joined {
  readonly #parent = new Map<string, string>();

  join([first, ...others]: readonly string[]): void {
    for (const other of others) this.#parent.set(this.rootOf(other), this.rootOf(first));
  }

  rootOf(key: string): string {
    let root = key;
    for (let parent = this.#parent.get(root); parent !== undefined && parent !== root; parent = this.#parent.get(root)) root = parent;
    if (root !== key) this.#parent.set(key, root);
    return root;
  }
}
