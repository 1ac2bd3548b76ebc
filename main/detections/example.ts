import type { AccountRef, EventKind, IdentityEvent } from '../../shared/model/event.ts';
import { type Micros, parseMoment, SECOND } from '../../shared/model/time.ts';
import type { FactSource } from './facts.ts';
import { accountField, EVENT_LOG, given, SECURITY, SERVICE_CONTROL, SYSMON } from './record.ts';

/** One record of an example, as its log would hold it. */
export type ExampleRecord = {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly computer: string;
  /** System/Security@UserID. */
  readonly userSid?: string;
  /** Seconds after the start of the example. */
  readonly after: number;
  readonly fields: Readonly<Record<string, string>>;
};

/** Evidence as data, and whether the detection must fire on it. Run by `examples.test.ts`. */
export type Example = {
  readonly name: string;
  readonly fires: boolean;
  /** Asked only of firing examples. */
  readonly severity?: string;
  /** Asked only of firing examples: the steps that the records of all alerts are found to be, in the order of time, without repetition. */
  readonly steps?: readonly string[];
  readonly records: readonly ExampleRecord[];
  readonly facts?: Partial<Record<'domainControllers' | 'honeytokens' | 'sensitive' | 'synchronization', readonly string[]>> & {
    /** Name of the computer that an entity (an address, say) is known to be. */
    readonly computers?: Readonly<Record<string, string>>;
  };
};

const EXAMPLE_DOMAIN_SID = 'S-1-5-21-1004336348-1177238915-682003330';
const STARTED_AT: Micros = parseMoment('2026-03-02T09:00:00Z')?.at ?? 0;

type Place = { readonly after?: number; readonly computer?: string; readonly userSid?: string };

function record(log: { channel: string; provider: string }, eventId: number, fields: Record<string, string>, place: Place): ExampleRecord {
  const { after = 0, computer = 'SRV01.corp.example', userSid } = place;
  return { channel: log.channel, provider: log.provider, eventId, computer, after, fields, ...(userSid === undefined ? {} : { userSid }) };
}

export function security(eventId: number, fields: Record<string, string>, place: Place = {}): ExampleRecord {
  return record(SECURITY, eventId, fields, place);
}

export function eventLog(eventId: number, fields: Record<string, string>, place: Place = {}): ExampleRecord {
  return record({ ...EVENT_LOG, channel: eventId === 1102 ? 'Security' : 'System' }, eventId, fields, place);
}

export function serviceControl(eventId: number, fields: Record<string, string>, place: Place = {}): ExampleRecord {
  return record(SERVICE_CONTROL, eventId, fields, place);
}

export function sysmon(eventId: number, fields: Record<string, string>, place: Place = {}): ExampleRecord {
  return record(SYSMON, eventId, fields, place);
}

export function otherChannel(channel: string, eventId: number, fields: Record<string, string>, place: Place = {}): ExampleRecord {
  return record({ channel, provider: channel.split('/')[0] ?? channel }, eventId, fields, place);
}

/** SID of a domain account by its last number. */
export function sid(rid: number): string {
  return `${EXAMPLE_DOMAIN_SID}-${rid}`;
}

/** Subject fields of a domain account. */
export function subject(name: string, rid: number, logonId = '0x51a2f'): Record<string, string> {
  return { SubjectUserSid: sid(rid), SubjectUserName: name, SubjectDomainName: 'CORP', SubjectLogonId: logonId };
}

/** 4624: alice logs on to SRV01 over the network or at a remote desktop. */
export function logonFrom(type: string, address: string): ExampleRecord {
  return security(4624, {
    ...subject('SRV01$', 1001),
    TargetUserName: 'alice',
    TargetDomainName: 'CORP',
    LogonType: type,
    IpAddress: address,
  });
}

/** The same record many times, `everySeconds` apart, with what changes from one to the next. */
export function repeated(times: number, everySeconds: number, make: (index: number, after: number) => ExampleRecord): ExampleRecord[] {
  return Array.from({ length: times }, (_unused, index) => make(index, index * everySeconds));
}

const KIND_OF_ID: Readonly<Record<number, EventKind>> = {
  4624: 'logon',
  4625: 'logon-failure',
  4648: 'explicit-logon',
  4672: 'special-privileges',
  4776: 'ntlm-validation',
  4768: 'tgt-request',
  4769: 'service-ticket-request',
  4771: 'kerberos-failure',
  4728: 'member-added',
  4732: 'member-added',
  4756: 'member-added',
  4729: 'member-removed',
  4733: 'member-removed',
  4757: 'member-removed',
  4741: 'computer-created',
  4742: 'computer-changed',
  4662: 'directory-object-accessed',
  4697: 'service-installed',
  7045: 'service-installed',
  4698: 'task-created',
  4702: 'task-updated',
  5140: 'share-accessed',
  5145: 'share-object-accessed',
  4688: 'process-created',
  1102: 'log-cleared',
};
const FAILURES = new Set([4625, 4771]);

/** An event as the sources would make it, with entity ids straight from the record. Enough for examples, not for evidence. */
export function eventOfExample(from: ExampleRecord, index: number): IdentityEvent {
  const field = (name: string): string => from.fields[name] ?? '';
  const draft = { field } as IdentityEvent;
  const actor = from.userSid === undefined ? orNull(accountField(draft, 'Subject')) : { sid: from.userSid, name: '', domain: '' };
  const named = orNull(accountField(draft, 'Target'));
  const isMembership = (KIND_OF_ID[from.eventId] ?? '').startsWith('member-');
  const target = isMembership ? orNull({ sid: field('MemberSid'), name: given(field('MemberName')), domain: '' }) : named;
  const counterpart = isMembership ? named : null;
  const sourceAddress = remoteAddress(field('IpAddress'));
  const sourceHost = given(field('WorkstationName') || field('Workstation'));
  const status = field('Status');
  const isFailure = FAILURES.has(from.eventId) || (status !== '' && Number(status) !== 0);
  return {
    index,
    at: STARTED_AT + Math.round(from.after * SECOND),
    tick: 0,
    kind: KIND_OF_ID[from.eventId] ?? 'other',
    eventId: from.eventId,
    channel: from.channel,
    provider: from.provider,
    computer: from.computer,
    recordId: index + 1,
    actor,
    target,
    counterpart,
    sourceHost,
    sourceAddress,
    logonType: Number(field('LogonType')) || 0,
    outcome: isFailure ? 'failure' : 'success',
    object: '',
    computerEntity: `host:${from.computer.toLowerCase()}`,
    actorEntity: entityOf(actor),
    targetEntity: entityOf(target),
    counterpartEntity: entityOf(counterpart),
    sourceEntity: sourceAddress === '' ? '' : `address:${sourceAddress}`,
    field,
  };
}

function orNull(account: AccountRef): AccountRef | null {
  return account.sid === '' && account.name === '' ? null : account;
}

function entityOf(account: AccountRef | null): string {
  if (account === null) return '';
  if (account.sid.startsWith('S-1-') && account.sid !== 'S-1-0-0') return `sid:${account.sid}`;
  return account.name === '' ? '' : `account:${account.domain}\\${account.name}`.toLowerCase();
}

function remoteAddress(logged: string): string {
  const address = given(logged).replace(/^::ffff:/i, '');
  return address === '::1' || address.startsWith('127.') || address === '0.0.0.0' ? '' : address;
}

export function factsOfExample(example: Example): FactSource {
  const { domainControllers = [], honeytokens = [], sensitive = [], synchronization = [], computers = {} } = example.facts ?? {};
  return {
    isDomainController: (id) => (domainControllers.includes(id) ? true : undefined),
    isHoneytoken: (id) => honeytokens.includes(id),
    isSensitive: (id) => sensitive.includes(id),
    isSynchronizationAccount: (id) => synchronization.includes(id),
    label: (id) => (computers[id] === undefined ? null : { name: computers[id], kind: 'computer' }),
  };
}
