import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../../shared/model/time.ts';
import { COLLECTED_LOGS, type CollectedLog } from './collected-logs.table.ts';
import { type Company, foundCompany, type Host } from './company.ts';
import type { DemoEvent, EventLayout, Value } from './evtx/event-layout.ts';
import { LAYOUTS, type LayoutName } from './layouts.table.ts';
import { Random } from './random.ts';

/** Saturday 2026-10-24, 00:00 UTC. The company lives by UTC, so that office hours read as they are. */
export const FIRST_DAY: Micros = Date.UTC(2026, 9, 24) * 1000;
export const DAYS = 14;
/** Friday 2026-11-06, 17:30 UTC: when the logs were collected. */
export const COLLECTED_AT: Micros = FIRST_DAY + 13 * DAY + 17 * HOUR + 30 * MINUTE;

/**
 * A moment of the fortnight: day 0 is the first Saturday; `time` is "HH:MM", exactly then, or "HH:MM:SS", some fraction into that second, which is
 * the same for the same time.
 */
export function on(day: number, time: string): Micros {
  const [hours, minutes, seconds = -1] = time.split(':').map(Number);
  const minute = FIRST_DAY + day * DAY + hours * HOUR + minutes * MINUTE;
  return seconds < 0 ? minute : minute + seconds * SECOND + ((day * 7_919 + minutes * 104_729 + seconds * 15_485_863) % SECOND);
}

export function isWorkday(day: number): boolean {
  return day % 7 >= 2;
}

export type Extras = { readonly activity?: string; readonly userSid?: string; readonly processId?: number };
type CollectedEvents = { readonly log: CollectedLog; readonly events: DemoEvent[] };

/** What happens is told to the scene; it keeps what the collected logs would have recorded of it. */
export class Scene {
  readonly company: Company = foundCompany();
  readonly random = new Random('scene');
  readonly logs: readonly CollectedEvents[] = COLLECTED_LOGS.map((log) => ({ log, events: [] }));
  readonly #logOf = new Map<string, CollectedEvents>(this.logs.map((log) => [`${log.log.host}|${log.log.channel}`, log]));
  readonly #logonIds = new Map<string, Set<number>>();
  /** Logs that were emptied: nothing of them from before is left. */
  readonly #clearedAt = new Map<string, Micros>();

  /** Fields that are not given are "-" where text, else empty, as Windows writes them. */
  record(host: Host, name: LayoutName, at: Micros, given: Readonly<Record<string, Value>>, extras: Extras = {}): void {
    const layout: EventLayout = LAYOUTS[name];
    const key = `${host.name}|${layout.channel}`;
    const log = this.#logOf.get(key);
    if (log === undefined || at >= COLLECTED_AT || at < FIRST_DAY || at < (this.#clearedAt.get(key) ?? FIRST_DAY)) return;
    const values = layout.fields.map((field) => given[field.name] ?? (field.type === 'text' ? '-' : ''));
    log.events.push({
      layout,
      // Less than what lies between a record and the next of the same act, so that their order stays.
      at: Math.floor(at) + this.random.between(0, 150),
      tick: this.random.between(0, 9),
      values,
      processId: extras.processId ?? processOf(host, layout),
      threadId: this.random.between(20, 400) * 4,
      activity: extras.activity ?? '',
      userSid: extras.userSid ?? '',
    });
  }

  /** Removes what the log holds from before `at`, and whatever would still come from before. */
  clear(host: Host, channel: string, at: Micros): void {
    const key = `${host.name}|${channel}`;
    this.#clearedAt.set(key, at);
    const log = this.#logOf.get(key);
    if (log === undefined) return;
    log.events.splice(0, log.events.length, ...log.events.filter((event) => event.at >= at));
  }

  isCollected(host: Host, channel: string): boolean {
    return this.#logOf.has(`${host.name}|${channel}`);
  }

  /** Ids of sessions grow with time on each host, as they do where Windows hands them out. */
  logonId(host: Host, at: Micros): number {
    const used = this.#logonIds.get(host.name) ?? new Set();
    this.#logonIds.set(host.name, used);
    let id = 0x3a51c + Math.floor((at - FIRST_DAY) / SECOND) * 29 + (host.name.charCodeAt(0) & 15);
    while (used.has(id)) id += 3;
    used.add(id);
    return id;
  }

  port(): string {
    return String(this.random.between(49_152, 65_535));
  }
}

/** lsass for most of the Security log, the kernel for the rest of it, one process for each other channel. */
function processOf(host: Host, layout: EventLayout): number {
  const seed = host.name.charCodeAt(host.name.length - 1) * 4;
  if (layout.channel === 'Security') return [4688, 5140, 5145].includes(layout.eventId) ? 4 : 500 + seed;
  return 900 + seed + layout.channel.length * 4;
}
