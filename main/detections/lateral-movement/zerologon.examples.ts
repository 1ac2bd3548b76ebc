import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const ANONYMOUS = {
  SubjectUserSid: 'S-1-5-7',
  SubjectUserName: 'ANONYMOUS LOGON',
  SubjectDomainName: 'NT AUTHORITY',
  SubjectLogonId: '0x3e6',
};

function changed(
  name: string,
  by: Record<string, string>,
  passwordLastSet = '3/2/2026 9:00:00 AM',
  [old, now] = ['-', '-'],
): ExampleRecord {
  const target = { TargetUserName: name, TargetDomainName: 'CORP', TargetSid: sid(1000) };
  return security(
    4742,
    { ...by, ...target, PasswordLastSet: passwordLastSet, PrimaryGroupId: '-', OldUacValue: old, NewUacValue: now },
    { computer: DC },
  );
}

function netlogon(eventId: number, fields: Record<string, string>): ExampleRecord {
  return { channel: 'System', provider: 'NETLOGON', eventId, computer: DC, after: 0, fields };
}

export const examples: readonly Example[] = [
  { name: 'a controller gets a password from nobody', fires: true, severity: 'high', records: [changed('DC01$', ANONYMOUS)] },
  {
    name: 'a channel in the name of the controller fails',
    fires: true,
    severity: 'medium',
    records: [netlogon(5805, { Data: 'DC01', Data2: '%%5' })],
  },
  {
    name: 'an unprotected channel is refused',
    fires: true,
    severity: 'low',
    records: [netlogon(5827, { Data: 'NAS01$', Data2: 'CORP' })],
  },
  { name: 'a member changes its password', fires: false, records: [changed('WS03$', ANONYMOUS)] },
  { name: 'an administrator changes the controller', fires: false, records: [changed('DC01$', subject('admin', 1105))] },
  { name: 'another attribute than the password', fires: false, records: [changed('DC01$', ANONYMOUS, '-')] },
  { name: 'a member with a broken trust', fires: false, records: [netlogon(5805, { Data: 'WS03', Data2: '%%5' })] },
  {
    name: 'a host is made a domain controller',
    fires: false,
    records: [changed('DC01$', ANONYMOUS, '-', ['0x105', '0x2100']), changed('DC01$', ANONYMOUS)],
  },
  {
    name: 'a controller gets a password from nobody, and its account another flag',
    fires: true,
    severity: 'high',
    records: [
      changed('DC01$', ANONYMOUS),
      changed('DC01$', ANONYMOUS, '-', ['0x105', '0x101']),
      changed('DC01$', ANONYMOUS, '-', ['0x100', '0x2100']),
    ],
  },
];
