import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../shared/model/event.ts';
import { NORMALIZE_TABLE } from './normalize.table.ts';
import { planFor, ruleFor } from './normalize.ts';

const AUDITING = 'Microsoft-Windows-Security-Auditing';
const SUBJECT = ['SubjectUserSid', 'SubjectUserName', 'SubjectDomainName', 'SubjectLogonId'];
const TARGET = ['TargetUserName', 'TargetDomainName', 'TargetSid'];
const USER = ['TargetUserSid', 'TargetUserName', 'TargetDomainName'];

/** Roles with names instead of positions. */
function rolesOf(names: readonly string[], channel: string, provider: string, eventId: number) {
  const plan = planFor({ names }, channel, provider, eventId);
  const name = (at: number) => (at < 0 ? '' : names[at]);
  const account = (fields: typeof plan.actor) => (fields === null ? '' : [fields.sid, fields.domain, fields.name].map(name).join(' '));
  return {
    kind: EVENT_KINDS[plan.kind],
    actor: plan.actorIsSystemUser ? 'system' : account(plan.actor),
    target: account(plan.target),
    counterpart: account(plan.counterpart),
    from: [plan.sourceHost, plan.sourceAddress].map(name).join(' ').trim(),
    object: name(plan.object),
    logonType: name(plan.logonType),
    outcome: 'status' in plan.outcome ? name(plan.outcome.status) : ['none', 'success', 'failure'][plan.outcome.fixed],
  };
}
const security = (eventId: number, names: readonly string[]) => rolesOf(names, 'Security', AUDITING, eventId);
const subject = 'SubjectUserSid SubjectDomainName SubjectUserName';

describe('roles by field names', () => {
  it('of logons', () => {
    const logon = security(4624, [...SUBJECT, ...USER, 'LogonType', 'WorkstationName', 'ProcessName', 'IpAddress']);
    expect(logon).toMatchObject({
      kind: 'logon',
      actor: subject,
      target: 'TargetUserSid TargetDomainName TargetUserName',
      outcome: 'success',
    });
    expect(logon).toMatchObject({ from: 'WorkstationName IpAddress', logonType: 'LogonType', object: 'ProcessName' });
    expect(security(4625, [...SUBJECT, ...USER, 'Status', 'LogonType'])).toMatchObject({ kind: 'logon-failure', outcome: 'failure' });
    expect(security(4648, [...SUBJECT, 'TargetUserName', 'TargetDomainName', 'TargetServerName'])).toMatchObject({
      kind: 'explicit-logon',
      target: ' TargetDomainName TargetUserName',
      object: 'TargetServerName',
    });
    expect(security(4776, ['PackageName', 'TargetUserName', 'Workstation', 'Status'])).toMatchObject({
      kind: 'ntlm-validation',
      from: 'Workstation',
      outcome: 'Status',
    });
    expect(security(4779, ['AccountName', 'AccountDomain', 'LogonID', 'SessionName', 'ClientName', 'ClientAddress'])).toMatchObject({
      kind: 'session-disconnected',
      target: ' AccountDomain AccountName',
      from: 'ClientName ClientAddress',
    });
  });

  it('of Kerberos', () => {
    const names = ['TargetUserName', 'TargetDomainName', 'ServiceName', 'ServiceSid', 'TicketOptions', 'IpAddress', 'Status'];
    expect(security(4769, names)).toEqual({
      kind: 'service-ticket-request',
      actor: '',
      target: ' TargetDomainName TargetUserName',
      counterpart: 'ServiceSid  ServiceName',
      from: 'IpAddress',
      object: 'ServiceName',
      logonType: '',
      outcome: 'Status',
    });
    expect(security(4768, [...TARGET, 'ServiceName', 'Status', 'IpAddress'])).toMatchObject({
      kind: 'tgt-request',
      target: 'TargetSid TargetDomainName TargetUserName',
    });
    for (const [id, kind] of [
      [4770, 'ticket-renewal'],
      [4771, 'kerberos-failure'],
      [4772, 'kerberos-failure'],
      [4773, 'kerberos-failure'],
      [4820, 'kerberos-failure'],
    ] as const)
      expect(security(id, names).kind).toBe(kind);
  });

  it('of changes to accounts and groups', () => {
    expect(security(4728, ['MemberName', 'MemberSid', ...TARGET, ...SUBJECT])).toMatchObject({
      kind: 'member-added',
      actor: subject,
      target: 'MemberSid  MemberName',
      counterpart: 'TargetSid TargetDomainName TargetUserName',
    });
    expect(security(4740, ['TargetUserName', 'TargetDomainName', 'TargetSid', ...SUBJECT])).toMatchObject({
      kind: 'account-locked',
      from: 'TargetDomainName',
    });
    expect(security(4781, ['OldTargetUserName', 'NewTargetUserName', 'TargetDomainName', 'TargetSid', ...SUBJECT])).toMatchObject({
      target: 'TargetSid TargetDomainName NewTargetUserName',
      object: 'OldTargetUserName',
    });
    expect(security(4765, ['SourceUserName', 'SourceSid', ...TARGET, ...SUBJECT])).toMatchObject({
      counterpart: 'SourceSid  SourceUserName',
    });
    const assigned = [4721, 4736];
    for (let id = 4720; id <= 4767; id += 1)
      expect([id, security(id, [...TARGET, ...SUBJECT]).kind === 'other']).toEqual([id, assigned.includes(id)]);
  });

  it('of directory objects, services, tasks, shares, certificates', () => {
    expect(security(5136, [...SUBJECT, 'DSName', 'ObjectDN'])).toMatchObject({ kind: 'directory-object-changed', object: 'ObjectDN' });
    expect(security(4662, [...SUBJECT, 'ObjectName', 'Properties'])).toMatchObject({
      kind: 'directory-object-accessed',
      object: 'ObjectName',
    });
    expect(security(4697, [...SUBJECT, 'ServiceName'])).toMatchObject({ kind: 'service-installed', object: 'ServiceName' });
    expect(security(5145, [...SUBJECT, 'IpAddress', 'ShareName', 'RelativeTargetName'])).toMatchObject({
      kind: 'share-object-accessed',
      from: 'IpAddress',
      object: 'RelativeTargetName',
    });
    expect(security(4887, ['RequestId', 'Requester', 'Attributes', 'Subject'])).toMatchObject({
      kind: 'certificate-issued',
      actor: '  Requester',
      object: 'Subject',
    });
  });

  it('of other providers', () => {
    expect(rolesOf(['ServiceName', 'ImagePath'], 'System', 'Service Control Manager', 7045)).toMatchObject({
      kind: 'service-installed',
      actor: 'system',
    });
    expect(rolesOf(['User', 'Image'], 'Microsoft-Windows-Sysmon/Operational', 'Microsoft-Windows-Sysmon', 1)).toMatchObject({
      kind: 'process-created',
      actor: '  User',
    });
    expect(rolesOf(['User', 'SessionID', 'Address'], '', 'Microsoft-Windows-TerminalServices-LocalSessionManager', 21)).toMatchObject({
      kind: 'rdp-session',
      from: 'Address',
    });
    expect(rolesOf(['UserContext', 'TaskName'], '', 'Microsoft-Windows-TaskScheduler', 106)).toMatchObject({
      actor: 'UserContext  UserContext',
    });
    expect(rolesOf(SUBJECT, 'Security', 'Microsoft-Windows-Eventlog', 1102)).toMatchObject({ kind: 'log-cleared', actor: subject });
  });

  it('finds names in any case', () => {
    expect(security(4624, ['targetusername', 'logontype'])).toMatchObject({ target: '  targetusername', logonType: 'logontype' });
  });
});

describe('the same id elsewhere', () => {
  it('is another event', () => {
    for (const [channel, provider, id] of [
      ['Application', 'Microsoft-Windows-EventSystem', 4625],
      ['Microsoft-Windows-ShellCommon-StartLayoutPopulation/Operational', 'Microsoft-Windows-ShellCommon-StartLayoutPopulation', 1102],
      ['Microsoft-Windows-StateRepository/Operational', 'Microsoft-Windows-StateRepository', 104],
      ['Application', 'Microsoft-Windows-Eventlog', 1102],
      ['System', 'SomeDriver', 7045],
      ['Security', 'AD FS Auditing', 4624],
      ['', '', 4624],
    ] as const)
      expect([channel, ruleFor(channel, provider, id)]).toEqual([channel, null]);
  });

  it('is known by its channel alone where an export names no provider', () => {
    expect(ruleFor('Security', '', 4624)?.kind).toBe('logon');
    expect(ruleFor('Security', '', 1102)?.kind).toBe('log-cleared');
    expect(ruleFor('System', '', 104)?.kind).toBe('log-cleared');
    expect(ruleFor('System', '', 7045)?.kind).toBe('service-installed');
    expect(ruleFor('Application', '', 1102)).toBe(null);
  });
});

it('has a rule for every kind but other', () => {
  const kinds = new Set(NORMALIZE_TABLE.flatMap(({ rules }) => Object.values(rules).map(({ kind }) => kind)));
  expect(EVENT_KINDS.filter((kind) => kind !== 'other' && !kinds.has(kind))).toEqual([]);
});
