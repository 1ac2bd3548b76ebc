import type { Shape } from '../row-writer.ts';
import {
  CHANNEL_KEYS,
  COMPUTER_KEYS,
  EVENT_FIELD_PREFIXES,
  EVENT_ID_KEYS,
  FLAT_SYSTEM_KEYS,
  PROVIDER_KEYS,
  RECORD_ID_KEYS,
  SURE_EVENT_ID_KEYS,
  TIME_KEYS,
  USER_SID_KEYS,
} from './known-keys.table.ts';

/** Where in the values of a record its fixed part is: positions, best first. Worked out once for records of equal keys in equal order. */
export type RecordLayout = {
  readonly shape: Shape;
  readonly eventId: readonly number[];
  /** The event id stands under a key that other records do not have. */
  readonly isSure: boolean;
  readonly channel: readonly number[];
  readonly provider: readonly number[];
  readonly computer: readonly number[];
  readonly recordId: readonly number[];
  readonly userSid: readonly number[];
  readonly time: readonly number[];
};

/** `paths`: of every value in order, dotted. `shapeOf` gives the one shape for a list of names. */
export function layOutRecord(paths: readonly string[], shapeOf: (names: readonly string[]) => Shape): RecordLayout {
  const lower = paths.map((path) => withoutRoot(path).toLowerCase());
  const positions = (keys: readonly string[]) => keys.map((key) => lower.indexOf(key)).filter((at) => at >= 0);
  return {
    shape: shapeOf(distinct(paths.map((path) => fieldName(withoutRoot(path))))),
    eventId: positions(EVENT_ID_KEYS),
    isSure: lower.some((path) => SURE_EVENT_ID_KEYS.has(path)),
    channel: positions(CHANNEL_KEYS),
    provider: positions(PROVIDER_KEYS),
    computer: positions(COMPUTER_KEYS),
    recordId: positions(RECORD_ID_KEYS),
    userSid: positions(USER_SID_KEYS),
    time: positions(TIME_KEYS),
  };
}

const ROOT = /^Event\.(?=System\.|EventData\b|UserData\b|xmlns$)/i;

function withoutRoot(path: string): string {
  return path.replace(ROOT, '');
}

/** The event's own fields under their plain names, the system's under `System.`, everything else under its dotted path. */
function fieldName(path: string): string {
  const lower = path.toLowerCase();
  if (lower.startsWith('system.')) return systemName(path.slice('system.'.length));
  const prefix = EVENT_FIELD_PREFIXES.find((candidate) => lower.startsWith(candidate));
  if (prefix !== undefined) return eventName(path.slice(prefix.length), prefix);
  return FLAT_SYSTEM_KEYS.has(lower) ? `System.${path}` : path;
}

/** As a record in EVTX names them: attributes stand for their element (`Execution.ProcessID`), save those of `Provider` and `EventID`. */
function systemName(path: string): string {
  return `System.${path.replace(/^Provider\.(?=Guid|EventSourceName)/i, 'Provider').replace(/^(?:Execution|Correlation|Security|EventID)\.(?!Value)/i, '')}`;
}

function eventName(path: string, prefix: string): string {
  // <UserData> has one element around its values; the values' own names are what rules speak of.
  if (prefix.startsWith('userdata') || prefix.includes('user_data')) {
    const last = path.slice(path.lastIndexOf('.') + 1);
    return last.toLowerCase().startsWith('xmlns') ? path : last;
  }
  // Wazuh writes names with a small letter first.
  return prefix.includes('win.eventdata') ? path.slice(0, 1).toUpperCase() + path.slice(1) : path;
}

/** Names that repeat get a number, as unnamed values of one record do. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name) => {
    let given = name;
    while (taken.has(given)) {
      const count = (counts.get(name) ?? 1) + 1;
      counts.set(name, count);
      given = `${name}${count}`;
    }
    taken.add(given);
    return given;
  });
}
