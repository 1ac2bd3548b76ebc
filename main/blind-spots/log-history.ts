import { DAY, HOUR, type Micros } from '../../shared/model/time.ts';
import type { EventTable } from '../events/event-table.ts';
import { SUBCATEGORY_OF_ID } from './audit-subcategories.table.ts';
import { type Hole, Rhythm } from './rhythm.ts';

/** Days since 1970 in UTC; negative before. */
export type DayNumber = number;

export type DayLog = {
  readonly day: DayNumber;
  count: number;
  readonly firstAt: Micros;
  readonly firstIndex: number;
  lastAt: Micros;
  lastIndex: number;
  /** Positions in `SUBCATEGORIES`, a bit each. */
  low: number;
  high: number;
  /** Records that its record numbers say are missing; filled in later. */
  lost: number;
};

/** One log of one host. */
export type LogSeries = {
  readonly channel: string;
  /** Ascending. */
  readonly days: DayLog[];
  readonly rhythm: Rhythm;
  readonly eventIds: Set<number>;
  count: number;
  /** Before a clearing, where the evidence does not reach up to it. */
  readonly cleared: Hole[];
  /** Later days were not looked at: too many. */
  knownUntil: DayNumber;
};

export type HostLogs = {
  /** Position of the host's entity. */
  readonly entity: number;
  /** By channel in lower case. */
  readonly logs: Map<string, LogSeries>;
  readonly days: Map<DayNumber, number>;
  /** Records that tell of a change of the audit policy. */
  readonly auditChanges: number[];
  count: number;
};

export type LogHistory = {
  readonly hosts: readonly HostLogs[];
  /** Days that have records, with how many. */
  readonly days: ReadonlyMap<DayNumber, number>;
  readonly hostsLeftOut: number;
};

export type LogColumns = {
  readonly table: EventTable;
  /** Oldest first. */
  readonly rows: Uint32Array;
  readonly texts: readonly string[];
  /** Position of the entity of a computer's name; 0 is none. */
  entityOfComputer(text: number): number;
  /** Id of an entity, for an order that does not depend on the order of import. */
  idOf(entity: number): string;
  field(index: number, name: string): string;
};

const HOSTS_HELD = 5_000;
const LOGS_HELD = 20_000;
const DAYS_HELD = 400_000;
const IDS_HELD = 2_000;
const AUDIT_CHANGES_HELD = 400;
const CLEARINGS_HELD = 500;
const ROWS_PER_TURN = 20_000;

/**
 * What each host wrote into which log on which UTC day, in one pass over the columns, oldest first. Of very many hosts those with the most
 * records are looked at. Yields now and then.
 */
export function* readLogHistory(columns: LogColumns): Generator<void, LogHistory> {
  const chosen = yield* chooseHosts(columns);
  const pass = new Pass(columns, chosen.byText);
  for (let position = 0; position < columns.rows.length; position++) {
    pass.see(columns.rows[position]);
    if (position % ROWS_PER_TURN === 0) yield;
  }
  return { hosts: chosen.hosts, days: pass.days, hostsLeftOut: chosen.leftOut };
}

type Chosen = { readonly hosts: HostLogs[]; readonly byText: ReadonlyMap<number, HostLogs>; readonly leftOut: number };

function* chooseHosts({ table, rows, texts, entityOfComputer, idOf }: LogColumns): Generator<void, Chosen> {
  const byText = new Uint32Array(texts.length);
  for (let position = 0; position < rows.length; position++) {
    const index = rows[position];
    byText[table.segmentOf(index).computer[index & 0xffff]]++;
    if (position % ROWS_PER_TURN === 0) yield;
  }
  const counts = new Map<number, number>();
  for (let text = 1; text < byText.length; text++) {
    if (byText[text] === 0) continue;
    const entity = entityOfComputer(text);
    if (entity !== 0) counts.set(entity, (counts.get(entity) ?? 0) + byText[text]);
    if (text % ROWS_PER_TURN === 0) yield;
  }
  const sorted = [...counts].map(([entity, count]) => ({ entity, count, id: idOf(entity) }));
  sorted.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  const hosts = sorted
    .slice(0, HOSTS_HELD)
    .map(({ entity }): HostLogs => ({ entity, logs: new Map(), days: new Map(), auditChanges: [], count: 0 }));
  const byEntity = new Map(hosts.map((host) => [host.entity, host]));
  const hostOfText = new Map<number, HostLogs>();
  for (let text = 1; text < byText.length; text++) {
    const host = byText[text] === 0 ? undefined : byEntity.get(entityOfComputer(text));
    if (host) hostOfText.set(text, host);
  }
  return { hosts, byText: hostOfText, leftOut: Math.max(0, sorted.length - HOSTS_HELD) };
}

/** Where a record belongs: its host and log, found once for each pair of texts. */
type Place = { readonly host: HostLogs; readonly log: LogSeries | null; readonly isSecurity: boolean };

class Pass {
  readonly days = new Map<DayNumber, number>();
  readonly #columns: LogColumns;
  readonly #hostOfText: ReadonlyMap<number, HostLogs>;
  readonly #places = new Map<number, Place>();
  #logsHeld = 0;
  #daysHeld = 0;
  #clearings = 0;

  constructor(columns: LogColumns, hostOfText: ReadonlyMap<number, HostLogs>) {
    this.#columns = columns;
    this.#hostOfText = hostOfText;
  }

  see(index: number): void {
    const segment = this.#columns.table.segmentOf(index);
    const row = index & 0xffff;
    const place = this.#placeOf(segment.computer[row], segment.channel[row]);
    if (place === null) return;
    const { host, log, isSecurity } = place;
    const at = segment.at[row];
    const eventId = segment.eventId[row];
    const day = Math.floor(at / DAY);
    host.count++;
    host.days.set(day, (host.days.get(day) ?? 0) + 1);
    this.days.set(day, (this.days.get(day) ?? 0) + 1);
    if (log === null) return;
    // Before the record is counted: a clearing ends the pause before it.
    if ((eventId === 1102 && isSecurity) || eventId === 104) this.#clear(host, index, eventId, at);
    log.count++;
    log.rhythm.see(at, index);
    if (log.eventIds.size < IDS_HELD) log.eventIds.add(eventId);
    const dayLog = this.#dayOf(log, day, at, index);
    if (dayLog === null) return;
    dayLog.count++;
    dayLog.lastAt = at;
    dayLog.lastIndex = index;
    if (!isSecurity) return;
    const subcategory = SUBCATEGORY_OF_ID[eventId];
    if (subcategory > 32) dayLog.high |= 1 << (subcategory - 33);
    else if (subcategory > 0) dayLog.low |= 1 << (subcategory - 1);
    if (eventId === 4719 && host.auditChanges.length < AUDIT_CHANGES_HELD) host.auditChanges.push(index);
  }

  #placeOf(computer: number, channel: number): Place | null {
    const host = this.#hostOfText.get(computer);
    if (host === undefined) return null;
    const key = computer * 4_294_967_296 + channel;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const name = this.#columns.texts[channel];
    const place: Place = { host, log: this.#logOf(host, name), isSecurity: name.toLowerCase() === 'security' };
    this.#places.set(key, place);
    return place;
  }

  #logOf(host: HostLogs, channel: string): LogSeries | null {
    if (channel === '') return null;
    const key = channel.toLowerCase();
    const known = host.logs.get(key);
    if (known !== undefined) return known;
    if (this.#logsHeld++ >= LOGS_HELD) return null;
    const log: LogSeries = { channel, days: [], rhythm: new Rhythm(), eventIds: new Set(), count: 0, cleared: [], knownUntil: Infinity };
    host.logs.set(key, log);
    return log;
  }

  #dayOf(log: LogSeries, day: DayNumber, at: Micros, index: number): DayLog | null {
    const last = log.days.at(-1);
    if (last?.day === day) return last;
    if (this.#daysHeld++ >= DAYS_HELD) {
      log.knownUntil = Math.min(log.knownUntil, day - 1);
      return null;
    }
    const fresh: DayLog = { day, count: 0, firstAt: at, firstIndex: index, lastAt: at, lastIndex: index, low: 0, high: 0, lost: 0 };
    log.days.push(fresh);
    return fresh;
  }

  /** 1102 is of the Security log; 104, in the System log, names the log that was emptied. */
  #clear(host: HostLogs, index: number, eventId: number, at: Micros): void {
    if (this.#clearings++ >= CLEARINGS_HELD) return;
    const channel = eventId === 1102 ? 'Security' : this.#columns.field(index, 'Channel');
    const log = this.#logOf(host, channel.slice(0, 256));
    if (log === null) return;
    const before = log.rhythm.lastAt;
    // What was copied or forwarded before the clearing is not lost.
    if (before >= at - HOUR) return;
    log.cleared.push({ from: before, to: at, before: -1, after: index });
  }
}
