/**
 * Spellings of the fixed part of a Windows record in the exports that occur in the field, as dotted paths in lower case, best first: evtx_dump and
 * Velociraptor (`System.*`), Winlogbeat (`winlog.*`), Wazuh (`data.win.*`), NXLog, Splunk, Azure Monitor, Get-WinEvent and the Security Datasets (flat).
 * Read from the tools' documentation and from their output, November 2026.
 */
export const EVENT_ID_KEYS = [
  'system.eventid',
  'system.eventid.value',
  'winlog.event_id',
  'data.win.system.eventid',
  'win.system.eventid',
  'eventid',
  'event_id',
  'eventcode',
  'event.code',
  'eventidentifier',
  'id',
];
/** Keys of an event id that nothing but Windows events have: with one of them the name of a computer is enough. */
export const SURE_EVENT_ID_KEYS: ReadonlySet<string> = new Set(
  EVENT_ID_KEYS.filter((key) => !['event_id', 'event.code', 'id'].includes(key)),
);
export const CHANNEL_KEYS = [
  'system.channel',
  'winlog.channel',
  'data.win.system.channel',
  'win.system.channel',
  'channel',
  'log_name',
  'logname',
  'eventlog',
];
export const PROVIDER_KEYS = [
  'system.provider.name',
  'winlog.provider_name',
  'winlog.source_name',
  'data.win.system.providername',
  'win.system.providername',
  'providername',
  'provider_name',
  'source_name',
  'sourcename',
  'eventsourcename',
  'provider',
];
export const COMPUTER_KEYS = [
  'system.computer',
  'winlog.computer_name',
  'data.win.system.computer',
  'win.system.computer',
  'computer',
  'computername',
  'computer_name',
  'hostname',
  'host.name',
  'host',
  'machinename',
];
export const RECORD_ID_KEYS = [
  'system.eventrecordid',
  'winlog.record_id',
  'data.win.system.eventrecordid',
  'win.system.eventrecordid',
  'eventrecordid',
  'recordnumber',
  'record_number',
  'record_id',
  'recordid',
];
export const USER_SID_KEYS = ['system.security.userid', 'winlog.user.identifier', 'userid', 'securityuserid'];
/**
 * Which of several times of one record counts: the moment that the system stamped, then what an exporter made of it, then the event's own field (`UtcTime` of
 * Sysmon), then what a collector wrote, and the local time of `EventTime` last. Text without an offset is taken as UTC, for nothing says otherwise.
 */
export const TIME_KEYS = [
  'system.timecreated.systemtime',
  'data.win.system.systemtime',
  'win.system.systemtime',
  'timecreated.systemtime',
  'systemtime',
  'winlog.time_created',
  'timecreated',
  'eventtimeutc',
  'utctime',
  '@timestamp',
  'timegenerated',
  '_time',
  'eventtime',
  'timestamp',
  'time',
];

/** Flat keys that belong to the system part and so get the prefix `System.`; all other flat keys are the event's own fields. */
export const FLAT_SYSTEM_KEYS: ReadonlySet<string> = new Set(
  [...EVENT_ID_KEYS, ...CHANNEL_KEYS, ...PROVIDER_KEYS, ...COMPUTER_KEYS, ...RECORD_ID_KEYS, ...USER_SID_KEYS, ...TIME_KEYS]
    // Sysmon's own field keeps its name.
    .filter((key) => !key.includes('.') && key !== 'utctime' && key !== 'id' && key !== 'host')
    .concat([
      'version',
      '@version',
      'level',
      'task',
      'opcode',
      'opcodevalue',
      'keywords',
      'severity',
      'severityvalue',
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
    ]),
);

/** Paths under which the event's own fields lie. */
export const EVENT_FIELD_PREFIXES = [
  'eventdata.',
  'userdata.',
  'winlog.event_data.',
  'winlog.user_data.',
  'data.win.eventdata.',
  'win.eventdata.',
  'event_data.',
  'user_data.',
];
