import { type Example, type ExampleRecord, repeated, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const ALL = '%%7688 {1131f6ad-9c07-11d1-f79f-00c04fc2dcd2} {19195a5b-6da0-11d0-afd3-00c04fd930c9}';
const CHANGES = '%%7688 {1131f6aa-9c07-11d1-f79f-00c04fc2dcd2} {19195a5b-6da0-11d0-afd3-00c04fd930c9}';
const FILTERED = '%%7688 {89e95b76-444d-4c62-991a-0facbeda640c} {19195a5b-6da0-11d0-afd3-00c04fd930c9}';

function access(by: Record<string, string>, properties: string, after = 0, mask = '0x100'): ExampleRecord {
  return security(
    4662,
    { ...by, ObjectServer: 'DS', ObjectType: '%{19195a5b-6da0-11d0-afd3-00c04fd930c9}', Properties: properties, AccessMask: mask },
    { computer: DC, after },
  );
}

const alice = subject('alice', 1104);
const computer = (name: string, group: string): ExampleRecord =>
  security(
    4741,
    { ...subject('admin', 500), TargetUserName: name, TargetDomainName: 'CORP', TargetSid: sid(1150), PrimaryGroupId: group },
    { computer: DC },
  );

export const examples: readonly Example[] = [
  { name: 'a person takes all secrets', fires: true, severity: 'high', records: [access(alice, CHANGES), access(alice, ALL, 1)] },
  {
    name: 'a person asks for changes, and for protected attributes',
    fires: true,
    severity: 'medium',
    steps: ['changes', 'filtered'],
    records: [access(alice, CHANGES), access(alice, FILTERED, 1)],
  },
  {
    name: 'an export that names the right',
    fires: true,
    severity: 'high',
    records: [access(alice, '%%7688 {DS-Replication-Get-Changes-All}')],
  },
  {
    name: 'a workstation account, known to be no controller',
    fires: true,
    severity: 'high',
    records: [computer('WS07$', '515'), access(subject('WS07$', 1150), ALL, 60)],
  },
  {
    name: 'the account of a synchronization product',
    fires: true,
    severity: 'low',
    records: repeated(40, 120, (_i, after) => access(subject('sync', 1201), ALL, after)),
    facts: { synchronization: [`sid:${sid(1201)}`] },
  },
  {
    name: 'an account that replicates steadily for most of a day',
    fires: true,
    severity: 'medium',
    records: repeated(30, 1_800, (_i, after) => access(subject('mirror', 1202), ALL, after)),
  },
  {
    name: 'another domain controller replicates',
    fires: false,
    records: [access(subject('DC02$', 1001), ALL), access(subject('DC02$', 1001), CHANGES, 1)],
  },
  {
    name: 'a computer whose account says that it is a controller',
    fires: false,
    records: [computer('DC09$', '516'), access(subject('DC09$', 1150), ALL, 60)],
  },
  {
    name: 'the controller itself',
    fires: false,
    records: [access({ SubjectUserSid: 'S-1-5-18', SubjectUserName: 'DC01$', SubjectLogonId: '0x3e7' }, ALL)],
  },
  {
    name: 'reading a property is no replication',
    fires: false,
    records: [access(alice, '%%7684 {bf967a9f-0de6-11d0-a285-00aa003049e2}', 0, '0x10')],
  },
  {
    name: 'a service of the controller itself',
    fires: false,
    records: [access({ SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SYSTEM', SubjectLogonId: '0x3e7' }, ALL)],
  },
  { name: 'the right is named, but not used', fires: false, records: [access(alice, ALL, 0, '0x40000')] },
  {
    name: 'the right to manage replication topology',
    fires: false,
    records: [access(alice, '%%7688 {1131f6ac-9c07-11d1-f79f-00c04fc2dcd2}')],
  },
];
