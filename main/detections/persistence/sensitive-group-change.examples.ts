import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const WS = 'WS03.corp.example';
const admin = subject('admin', 1105);

type Change = {
  id?: number;
  by?: Record<string, string>;
  group?: string;
  groupSid?: string;
  member?: string;
  dn?: string;
  computer?: string;
  after?: number;
};

function change(c: Change): ExampleRecord {
  const {
    id = 4728,
    by = admin,
    group = 'Domain Admins',
    groupSid = sid(512),
    member = sid(1180),
    dn = 'CN=Mallory Doe,CN=Users,DC=corp,DC=example',
    computer = DC,
    after = 0,
  } = c;
  return security(
    id,
    { ...by, TargetUserName: group, TargetDomainName: 'CORP', TargetSid: groupSid, MemberSid: member, MemberName: dn },
    { computer, after },
  );
}

const local = { group: 'Administratoren', groupSid: 'S-1-5-32-544', dn: '-', computer: WS, member: 'S-1-5-21-1-2-3-1001', id: 4732 };
const system = (name: string): Record<string, string> => ({
  SubjectUserSid: 'S-1-5-18',
  SubjectUserName: name,
  SubjectDomainName: 'CORP',
  SubjectLogonId: '0x3e7',
});

function directory(operation: string, attribute: string, group = 'Domain Admins'): ExampleRecord {
  const fields = { ObjectDN: `CN=${group},CN=Users,DC=corp,DC=example`, ObjectClass: 'group', AttributeLDAPDisplayName: attribute };
  return security(
    5136,
    { ...admin, ...fields, AttributeValue: 'CN=Mallory Doe,CN=Users,DC=corp,DC=example', OperationType: operation },
    { computer: DC },
  );
}

export const examples: readonly Example[] = [
  { name: 'a new domain administrator', fires: true, severity: 'medium', records: [change({})] },
  { name: 'the same group in another language', fires: true, severity: 'medium', records: [change({ group: 'Admins du domaine' })] },
  { name: 'a local administrator', fires: true, severity: 'low', records: [change(local)] },
  { name: 'added and taken back', fires: true, severity: 'medium', records: [change(local), change({ ...local, id: 4733, after: 60 })] },
  { name: 'the guest account', fires: true, severity: 'high', records: [change({ ...local, member: 'S-1-5-21-1-2-3-501' })] },
  {
    name: 'an account adds itself to any group',
    fires: true,
    severity: 'low',
    records: [change({ group: 'Projects', groupSid: sid(2300), member: sid(1105) })],
  },
  {
    name: 'a group that was tagged',
    fires: true,
    severity: 'medium',
    records: [change({ group: 'Vault Readers', groupSid: sid(2301) })],
    facts: { sensitive: [`sid:${sid(2301)}`] },
  },
  {
    name: 'Exchange groups rule the directory too',
    fires: true,
    severity: 'medium',
    records: [change({ id: 4756, group: 'Exchange Windows Permissions', groupSid: sid(2310) })],
  },
  { name: 'policy of the host itself', fires: true, severity: 'informational', records: [change({ ...local, by: system('WS03$') })] },
  {
    name: 'an account adds itself to Domain Admins',
    fires: true,
    severity: 'high',
    steps: ['added-itself-to-rule'],
    records: [change({ member: sid(1105) })],
  },
  {
    name: 'an account adds itself to the local Administrators',
    fires: true,
    severity: 'medium',
    steps: ['added-itself-to-host'],
    records: [change({ ...local, member: sid(1105) })],
  },
  {
    name: 'a member of another group is removed soon after',
    fires: true,
    severity: 'low',
    steps: ['local-group'],
    records: [change(local), change({ ...local, id: 4733, group: 'Users', groupSid: 'S-1-5-32-545', after: 60 })],
  },
  {
    name: 'the local Administrators of a domain controller are those of the domain',
    fires: true,
    severity: 'medium',
    records: [change({ ...local, computer: DC })],
    facts: { domainControllers: ['host:dc01.corp.example'] },
  },
  {
    name: 'the guest account in an ordinary group',
    fires: false,
    records: [change({ ...local, groupSid: 'S-1-5-32-546', group: 'Guests', member: 'S-1-5-21-1-2-3-501' })],
  },
  {
    name: 'policy opens a host to logons',
    fires: false,
    records: [change({ ...local, by: system('WS03$'), group: 'Remote Desktop Users', groupSid: 'S-1-5-32-555' })],
  },
  { name: 'a member of an ordinary group, in directory auditing', fires: false, records: [directory('%%14674', 'member', 'Projects')] },
  { name: 'an ordinary group', fires: false, records: [change({ group: 'Projects', groupSid: sid(2300) })] },
  { name: 'joining the domain', fires: false, records: [change({ ...local, member: sid(512) })] },
  { name: 'setup of a new host', fires: false, records: [change({ ...local, by: system('WIN-7Q2K1X$') })] },
  {
    name: 'promotion of the first controller',
    fires: false,
    records: [
      change({
        by: { SubjectUserSid: 'S-1-5-7', SubjectUserName: 'ANONYMOUS LOGON', SubjectDomainName: 'NT AUTHORITY', SubjectLogonId: '0x3e6' },
        member: sid(500),
      }),
    ],
  },
  { name: 'a group of users of one host', fires: false, records: [change({ ...local, group: 'Users', groupSid: 'S-1-5-32-545' })] },
  { name: 'only a removal', fires: false, records: [change({ id: 4729 })] },
  {
    name: 'a group that lets in over the network',
    fires: true,
    severity: 'low',
    records: [change({ ...local, group: 'Remote Desktop Users', groupSid: 'S-1-5-32-555' })],
  },
  {
    name: 'the same act as directory auditing records it',
    fires: true,
    severity: 'medium',
    records: [directory('%%14674', 'member')],
  },
  { name: 'a member removed, in directory auditing', fires: false, records: [directory('%%14675', 'member')] },
  { name: 'another attribute of the group', fires: false, records: [directory('%%14674', 'description')] },
];
