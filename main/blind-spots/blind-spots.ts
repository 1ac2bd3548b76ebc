import { BLIND_DEGREES, type BlindSpot } from '../../shared/model/blind-spot.ts';
import { DAY } from '../../shared/model/time.ts';
import type { AuditOff } from './audit-changes.ts';
import { AuditSpots } from './audit-spots.ts';
import { absentSpot, type FoundSpot, neverHadSpot, rankOf, wholeDay, worstDegree } from './found-spot.ts';
import type { DayNumber, HostLogs, LogHistory, LogSeries } from './log-history.ts';
import type { KnownHole } from './log-holes.ts';
import { logSpots } from './log-spots.ts';
import { Peers } from './peers.ts';
import { neverSeenWords } from './spot-words.ts';
import type { Wanted, WantedReading } from './wanted.ts';

export type KnownLogs = {
  readonly history: LogHistory;
  readonly holes: ReadonlyMap<LogSeries, readonly KnownHole[]>;
  readonly auditOff: ReadonlyMap<HostLogs, readonly AuditOff[]>;
  /** Id, name, and whether it is known to be a domain controller. */
  describe(entity: number): { readonly id: string; readonly name: string; readonly isController: boolean };
};

/** Every Windows host writes these. */
const BASIC_LOGS = ['Security', 'System'] as const;
const CONTROLLER_IDS = [4768, 4769, 4771, 5136, 5137, 5141];
const ENOUGH = 50;
const PEERS_AT_LEAST = 2;
const PEER_SHARE = 0.75;

/** Answers what could not be seen on a host and a UTC day: by its logs as such, or by one detection. */
export class BlindSpots {
  readonly #known: KnownLogs;
  readonly #audit: AuditSpots;
  readonly #controllers = new Set<HostLogs>();
  readonly #having = new Map<WantedReading, { readonly eligible: number; readonly having: number }>();
  readonly #basic: readonly string[];

  constructor(known: KnownLogs) {
    this.#known = known;
    const { hosts } = known.history;
    for (const host of hosts) if (this.#isController(host)) this.#controllers.add(host);
    this.#audit = new AuditSpots(known.auditOff, new Peers(hosts, (host) => this.#controllers.has(host)));
    this.#basic = BASIC_LOGS.filter((name) => hosts.filter((host) => host.logs.has(name.toLowerCase())).length * 2 >= hosts.length);
  }

  get hosts(): readonly HostLogs[] {
    return this.#known.history.hosts;
  }

  /** Days that have records, with how many. */
  get days(): ReadonlyMap<DayNumber, number> {
    return this.#known.history.days;
  }

  get hostsLeftOut(): number {
    return this.#known.history.hostsLeftOut;
  }

  describe(host: HostLogs): { readonly id: string; readonly name: string } {
    return this.#known.describe(host.entity);
  }

  isController(host: HostLogs): boolean {
    return this.#controllers.has(host);
  }

  /** Whether the host can have records that the detection wants. */
  concerns(host: HostLogs, wanted: Wanted): boolean {
    return wanted.readings.some((reading) => this.#applies(host, reading));
  }

  /** Everything that the logs of a host could not tell on a day. */
  ofDay(host: HostLogs, day: DayNumber): BlindSpot[] {
    if (!host.days.has(day)) return this.#complete(host, day, [absentSpot(day)]);
    const found: FoundSpot[] = [];
    for (const log of host.logs.values()) found.push(...logSpots(log, this.#known.holes.get(log) ?? [], day));
    for (const name of this.#basic) if (!host.logs.has(name.toLowerCase())) found.push(neverHadSpot(name, day));
    return this.#complete(host, day, [...found, ...this.#audit.ofDay(host, day)]);
  }

  /** What kept a detection from firing: nothing as long as one of its readings was there for the whole day. */
  ofDetection(host: HostLogs, day: DayNumber, wanted: Wanted): BlindSpot[] {
    if (!host.days.has(day)) return this.#complete(host, day, [absentSpot(day)]);
    const readings = wanted.readings
      .filter((reading) => this.#applies(host, reading))
      .map((reading) => this.#ofReading(host, day, reading));
    const least = Math.min(...readings.map((spots) => rankOf(worstDegree(spots))));
    if (readings.length === 0 || least === 0) return [];
    // All of them are told, none worse than the reading that sees most.
    const found = readings.flat().map((spot) => (rankOf(spot.degree) > least ? { ...spot, degree: BLIND_DEGREES[least] } : spot));
    return this.#complete(host, day, found);
  }

  #applies(host: HostLogs, reading: WantedReading): boolean {
    if (reading.isOfRole) return host.logs.has(reading.channel);
    return !reading.controllersOnly || this.#controllers.has(host);
  }

  #ofReading(host: HostLogs, day: DayNumber, reading: WantedReading): FoundSpot[] {
    const log = host.logs.get(reading.channel);
    if (log === undefined) return [neverHadSpot(reading.channelShown, day)];
    const found = logSpots(log, this.#known.holes.get(log) ?? [], day);
    if (reading.channel === 'security') found.push(...this.#audit.ofIds(host, day, reading.eventIds));
    else if (this.#lacksIds(host, log, reading))
      found.push({
        ...wholeDay(day),
        channel: log.channel,
        reason: 'never-seen',
        degree: 'probably',
        words: neverSeenWords(log.channel, reading.eventIds, this.#tally(reading).having),
      });
    return found;
  }

  #lacksIds(host: HostLogs, log: LogSeries, reading: WantedReading): boolean {
    if (log.count < ENOUGH || reading.eventIds.some((id) => log.eventIds.has(id))) return false;
    const { eligible, having } = this.#tally(reading);
    return this.#applies(host, reading) && having >= PEERS_AT_LEAST && having / Math.max(1, eligible - 1) >= PEER_SHARE;
  }

  #tally(reading: WantedReading): { readonly eligible: number; readonly having: number } {
    const known = this.#having.get(reading);
    if (known !== undefined) return known;
    const logs = this.hosts
      .filter((host) => this.#applies(host, reading))
      .map((host) => host.logs.get(reading.channel))
      .filter((log) => log !== undefined && log.count >= ENOUGH);
    const having = logs.filter((log) => reading.eventIds.some((id) => log!.eventIds.has(id))).length;
    const tally = { eligible: logs.length, having };
    this.#having.set(reading, tally);
    return tally;
  }

  #isController(host: HostLogs): boolean {
    if (this.#known.describe(host.entity).isController || host.logs.has('directory service')) return true;
    const ids = host.logs.get('security')?.eventIds;
    return ids !== undefined && CONTROLLER_IDS.some((id) => ids.has(id));
  }

  #complete(host: HostLogs, day: DayNumber, found: readonly FoundSpot[]): BlindSpot[] {
    const { id, name } = this.#known.describe(host.entity);
    const isController = this.#controllers.has(host);
    const seen = new Set<string>();
    const spots = found.map((spot): BlindSpot => ({ host: id, hostName: name, isController, day: day * DAY, ...spot }));
    spots.sort(
      (a, b) => rankOf(b.degree) - rankOf(a.degree) || compare(a.channel, b.channel) || a.from - b.from || compare(a.words, b.words),
    );
    return spots.filter((spot) => {
      const key = `${spot.from} ${spot.channel} ${spot.words}`;
      return !seen.has(key) && seen.add(key);
    });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
