import { type Moment, parseMoment, SECOND } from '../../../shared/model/time.ts';

/** A record of any of the known shapes: its fixed part, and all its fields in order. */
export type FlatRecord = {
  readonly eventId: number;
  readonly channel: string;
  readonly provider: string;
  readonly computer: string;
  readonly recordId: number;
  readonly userSid: string;
  readonly moment: Moment | null;
  readonly names: readonly string[];
  readonly values: readonly string[];
};

type Json = Readonly<Record<string, unknown>>;

const MOST_FIELDS = 2_000;

/** Spellings of the fixed part in flat exports (NXLog, Winlogbeat, Splunk, Security Datasets, Azure Monitor), lower case, best first. */
const EVENT_ID = ['event.system.eventid', 'winlog.event_id', 'eventid', 'event_id', 'eventcode', 'event.code', 'eventidentifier', 'id'];
const CHANNEL = ['event.system.channel', 'winlog.channel', 'channel', 'log_name', 'logname', 'eventlog'];
const PROVIDER = [
  'event.system.provider.name',
  'winlog.provider_name',
  'event.provider',
  'providername',
  'provider_name',
  'source_name',
  'sourcename',
  'eventsourcename',
  'provider',
];
const COMPUTER = [
  'event.system.computer',
  'winlog.computer_name',
  'computer',
  'computername',
  'computer_name',
  'hostname',
  'host.name',
  'host',
  'machinename',
  'winlog_computer_name',
];
const RECORD_ID = [
  'event.system.eventrecordid',
  'winlog.record_id',
  'eventrecordid',
  'recordnumber',
  'record_number',
  'record_id',
  'recordid',
];
const USER_SID = ['event.system.security.userid', 'winlog.user.identifier', 'userid', 'securityuserid'];
/** Moments that the system wrote in UTC come before those that a collector wrote; local times without a zone come last. */
const TIME = [
  'event.system.timecreated.systemtime',
  'timecreated.systemtime',
  'systemtime',
  'timecreated',
  'winlog.time_created',
  '@timestamp',
  'eventtimeutc',
  'utctime',
  'timegenerated',
  '_time',
  'eventtime',
  'timestamp',
  'time',
];

/** Everything of a record that is not the event's own data keeps its place under this prefix. */
const SYSTEM_KEYS = new Set(
  [...EVENT_ID, ...CHANNEL, ...PROVIDER, ...COMPUTER, ...RECORD_ID, ...TIME].concat([
    'version',
    'level',
    'task',
    'opcode',
    'opcodevalue',
    'keywords',
    'severity',
    'severityvalue',
    'eventtype',
    'category',
    'providerguid',
    'message',
    'activityid',
    'relatedactivityid',
    'executionprocessid',
    'executionthreadid',
    'threadid',
    'eventreceivedtime',
    'sourcemodulename',
    'sourcemoduletype',
    'type',
    'port',
    'tags',
    '@version',
  ]),
);
const EVENT_DATA = [
  'event.eventdata.',
  'event.userdata.',
  'winlog.event_data.',
  'winlog.user_data.',
  'event_data.',
  'eventdata.',
  'userdata.',
  'user_data.',
];

/** Takes a parsed JSON object apart; null when it is no Windows event. */
export function flattenRecord(value: Json): FlatRecord | null {
  const record = unwrap(value);
  const names: string[] = [];
  const values: string[] = [];
  collect(record, '', names, values, 0);
  const index = new Map<string, string>();
  names.forEach((name, i) => {
    const lower = name.toLowerCase();
    if (!index.has(lower)) index.set(lower, values[i]);
  });
  const first = (keys: readonly string[]): string => {
    for (const key of keys) {
      const found = index.get(key);
      if (found !== undefined && found !== '') return found;
    }
    return '';
  };
  const eventId = Number(first(EVENT_ID));
  const channel = first(CHANNEL);
  const provider = first(PROVIDER);
  const computer = first(COMPUTER);
  if (!Number.isInteger(eventId) || eventId < 0 || eventId > 65_535 || first(EVENT_ID) === '') return null;
  if (channel === '' && provider === '') return null;
  const recordId = Number(first(RECORD_ID));
  return {
    eventId,
    channel,
    provider,
    computer,
    recordId: Number.isSafeInteger(recordId) && recordId > 0 ? recordId : 0,
    userSid: sidOf(first(USER_SID)),
    moment: firstMoment(index),
    names: plainNames(names),
    values,
  };
}

/** Search results wrap the record: Elasticsearch in `_source`, Splunk in `result`, some shippers in `event` or `fields`. */
function unwrap(value: Json): Json {
  for (const key of ['_source', 'result', '_raw', 'log']) {
    const inner = value[key];
    if (isObject(inner)) return unwrap(inner);
    // Splunk's own export holds the original JSON as text.
    if (key === '_raw' && typeof inner === 'string' && inner.startsWith('{')) {
      const parsed = parseObject(inner);
      if (parsed !== null) return parsed;
    }
  }
  return value;
}

function parseObject(text: string): Json | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function collect(value: Json, prefix: string, names: string[], values: string[], depth: number): void {
  for (const [key, inner] of Object.entries(value)) {
    if (names.length >= MOST_FIELDS) return;
    // evtx_dump writes XML attributes as "#attributes" (or "Key_attributes") and text beside attributes as "#text".
    const own =
      key === '#attributes' || key === '#text' || key === '@attributes'
        ? prefix.slice(0, -1)
        : `${prefix}${key.replace(/_attributes$/, '').replace(/^@(?!timestamp|version)/, '')}`;
    if (isObject(inner)) {
      if (depth < 20) collect(inner, `${own}.`, names, values, depth + 1);
    } else if (Array.isArray(inner)) collectList(inner, own, names, values, depth);
    else {
      names.push(own);
      values.push(textOf(inner));
    }
  }
}

/** `<Data Name="X">` elements come as a list of objects; plain lists become one value, a line each. */
function collectList(list: readonly unknown[], own: string, names: string[], values: string[], depth: number): void {
  if (!list.some(isObject)) {
    names.push(own);
    values.push(list.map(textOf).join('\n'));
    return;
  }
  for (const item of list) {
    if (names.length >= MOST_FIELDS) return;
    if (!isObject(item)) {
      names.push(own);
      values.push(textOf(item));
      continue;
    }
    const attributes = isObject(item['#attributes']) ? item['#attributes'] : item;
    const name = attributes.Name ?? attributes['@Name'] ?? attributes.name;
    const text = item['#text'] ?? item.text ?? item.content ?? item.Value ?? item.value;
    if (typeof name === 'string') {
      names.push(`${own.replace(/\.?Data$/i, '')}.${name}`.replace(/^\./, ''));
      values.push(textOf(text));
    } else if (depth < 20) collect(item, `${own}.`, names, values, depth + 1);
  }
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** The event's own data under its plain names, everything else with a prefix that says so; names that repeat get a number. */
function plainNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const plain = plainName(name);
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    return count === 1 ? plain : `${plain}${count}`;
  });
}

function plainName(name: string): string {
  const lower = name.toLowerCase();
  for (const prefix of EVENT_DATA) {
    if (!lower.startsWith(prefix)) continue;
    const rest = name.slice(prefix.length);
    // <UserData> has one element around its values; the values' own names are what rules speak of.
    return prefix.includes('user') ? rest.slice(rest.lastIndexOf('.') + 1) : rest.replace(/^Data\./i, '');
  }
  if (lower.startsWith('event.system.')) return `System.${name.slice('event.system.'.length)}`;
  return SYSTEM_KEYS.has(lower) || name.includes('.') ? `System.${name}` : name;
}

function sidOf(text: string): string {
  return /^S-1-[\d-]+$/i.test(text) ? text.toUpperCase() : '';
}

function firstMoment(index: ReadonlyMap<string, string>): Moment | null {
  for (const key of TIME) {
    const text = index.get(key);
    const moment = text === undefined ? null : momentOf(text);
    if (moment !== null) return moment;
  }
  return null;
}

/** ISO text, `/Date(ms)/`, or seconds, milliseconds, microseconds since 1970 told apart by their size. */
function momentOf(text: string): Moment | null {
  const iso = parseMoment(text);
  if (iso !== null) return iso;
  const digits = /^(?:\/Date\()?(\d{9,17})(\.\d+)?(?:\)\/)?$/.exec(text);
  if (digits === null) return null;
  const number = Number(digits[1] + (digits[2] ?? ''));
  const scale = number < 1e11 ? SECOND : number < 1e14 ? 1_000 : 1;
  return { at: Math.round(number * scale), tick: 0 };
}
