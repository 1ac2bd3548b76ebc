import { type Example, type ExampleRecord, security, sid, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);
const target = { TargetUserName: 'bob', TargetDomainName: 'CORP', TargetSid: sid(1180) };
const OTHER_DOMAIN = 'S-1-5-21-2000000001-2000000002-2000000003';

function history(SourceSid: string, eventId = 4765): ExampleRecord {
  return security(eventId, { SourceUserName: 'old.example\\bob', SourceSid, ...target, ...admin }, { computer: DC });
}

function changed(SidHistory: string): ExampleRecord {
  return security(4738, { ...target, ...admin, SidHistory, OldUacValue: '-', NewUacValue: '-' }, { computer: DC });
}

function directory(AttributeLDAPDisplayName: string, OperationType: string): ExampleRecord {
  const fields = { ...admin, ObjectDN: 'CN=bob,CN=Users,DC=corp,DC=example', ObjectClass: 'user', AttributeLDAPDisplayName };
  return security(5136, { ...fields, AttributeValue: `${OTHER_DOMAIN}-1200`, OperationType }, { computer: DC });
}

export const examples: readonly Example[] = [
  { name: 'the SID of Domain Admins', fires: true, severity: 'high', records: [history(sid(512))] },
  { name: 'a SID of the same domain', fires: true, severity: 'high', records: [changed(`\r\n\t\t%{${sid(1300)}}`)] },
  { name: 'a migration', fires: true, severity: 'low', records: [history(`${OTHER_DOMAIN}-1200`)] },
  { name: 'administrators of another domain', fires: true, severity: 'high', records: [history(`${OTHER_DOMAIN}-519`)] },
  { name: 'refused', fires: true, severity: 'low', records: [history(sid(512), 4766)] },
  { name: 'the attribute', fires: true, severity: 'low', records: [directory('sIDHistory', '%%14674')] },
  {
    name: 'a tool writes it',
    fires: true,
    severity: 'high',
    records: [sysmon(1, { CommandLine: 'a.exe "sid::patch" "sid::add /sam:bob"', User: 'CORP\\alice' })],
  },
  { name: 'another command', fires: false, records: [sysmon(1, { CommandLine: 'whoami /user', User: 'CORP\\alice' })] },
  { name: 'the history is cleared', fires: false, records: [directory('sIDHistory', '%%14675')] },
  { name: 'another attribute', fires: false, records: [directory('description', '%%14674')] },
  { name: 'another change of the account', fires: false, records: [changed('-')] },
  { name: 'a new value that is not set', fires: false, records: [changed('%%1793')] },
];
