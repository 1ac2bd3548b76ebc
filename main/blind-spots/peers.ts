import { SUBCATEGORIES } from './audit-subcategories.table.ts';
import type { DayLog, DayNumber, HostLogs } from './log-history.ts';

/** Below so many records in its Security log a host says little about its audit policy. */
const ENOUGH = 200;
const SHARE_OF_STEADY = 0.5;
const SHARE_OF_OTHERS = 0.75;
const PEERS_OF_OTHERS = 3;
/** Days on which a host wrote what it lacks on this one, before its own past counts. */
const OWN_DAYS = 2;

type Tally = { eligible: number; readonly having: Uint32Array };

/** What other hosts of the same role wrote on the same day. */
export class Peers {
  readonly #hosts: readonly HostLogs[];
  readonly isController: (host: HostLogs) => boolean;
  readonly #days = new Map<DayNumber, readonly [Tally, Tally]>();
  /** Security days of each host, for a quick look. */
  readonly #security = new Map<HostLogs, Map<DayNumber, DayLog>>();

  constructor(hosts: readonly HostLogs[], isController: (host: HostLogs) => boolean) {
    this.#hosts = hosts;
    this.isController = isController;
    for (const host of hosts) {
      const days = host.logs.get('security')?.days ?? [];
      this.#security.set(host, new Map(days.map((day) => [day.day, day])));
    }
  }

  /** Null where the host gives no reason to think that the subcategory is off; else how many peers wrote some, and whether it did itself on another day. */
  silence(host: HostLogs, day: DayNumber, subcategory: number): { readonly peers: number; readonly hadOtherDay: boolean } | null {
    const own = this.#security.get(host)?.get(day);
    if (own === undefined || own.count < ENOUGH || has(own, subcategory)) return null;
    const { eligible, having } = this.#tally(day)[this.isController(host) ? 1 : 0];
    const peers = having[subcategory];
    // The host itself is one of the eligible.
    const share = eligible > 1 ? peers / (eligible - 1) : 0;
    if (!SUBCATEGORIES[subcategory].isSteady)
      return peers >= PEERS_OF_OTHERS && share >= SHARE_OF_OTHERS ? { peers, hadOtherDay: false } : null;
    const others = [...(this.#security.get(host)?.values() ?? [])].filter((other) => other !== own && other.count >= ENOUGH);
    const wrote = others.filter((other) => has(other, subcategory)).length;
    const hadOtherDay = wrote >= OWN_DAYS && wrote / others.length >= SHARE_OF_OTHERS;
    return (peers > 0 && share >= SHARE_OF_STEADY) || hadOtherDay ? { peers, hadOtherDay } : null;
  }

  /** Of other hosts, then of domain controllers. */
  #tally(day: DayNumber): readonly [Tally, Tally] {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const make = (): Tally => ({ eligible: 0, having: new Uint32Array(SUBCATEGORIES.length) });
    const tally = [make(), make()] as const;
    for (const host of this.#hosts) {
      const log = this.#security.get(host)?.get(day);
      if (log === undefined || log.count < ENOUGH) continue;
      const one = tally[this.isController(host) ? 1 : 0];
      one.eligible++;
      for (let subcategory = 0; subcategory < SUBCATEGORIES.length; subcategory++) if (has(log, subcategory)) one.having[subcategory]++;
    }
    this.#days.set(day, tally);
    return tally;
  }
}

function has({ low, high }: DayLog, subcategory: number): boolean {
  return ((subcategory < 32 ? low >>> subcategory : high >>> (subcategory - 32)) & 1) === 1;
}
