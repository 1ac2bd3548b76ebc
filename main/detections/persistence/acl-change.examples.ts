import { type Example, type ExampleRecord, otherChannel, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);
const BEFORE = 'O:BAG:BAD:AI(A;;RPLCLORC;;;AU)(A;;GA;;;SY)(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;ED)';

type Change = { value: string; operation?: string; dn?: string; kind?: string; attribute?: string; by?: Record<string, string> };

function change(c: Change): ExampleRecord {
  const { value, operation = '%%14674', dn = 'DC=corp,DC=example', kind = 'domainDNS', attribute = 'nTSecurityDescriptor', by = admin } = c;
  const fields = { ObjectDN: dn, ObjectClass: kind, AttributeLDAPDisplayName: attribute, AttributeValue: value, OperationType: operation };
  return security(5136, { ...by, ...fields }, { computer: DC });
}

const REPLICATOR = `(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;${sid(1180)})`;
const mailServer = subject('MAIL01$', 1502);

const before = change({ value: BEFORE, operation: '%%14675' });
const user = { dn: 'CN=Alice,OU=Staff,DC=corp,DC=example', kind: 'user' };

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });
}

export const examples: readonly Example[] = [
  {
    name: 'rights to replicate the directory',
    fires: true,
    severity: 'high',
    records: [before, change({ value: `${BEFORE}(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;${sid(1180)})` })],
  },
  {
    name: 'full control over the domain',
    fires: true,
    severity: 'medium',
    records: [before, change({ value: `${BEFORE}(A;CI;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;${sid(1180)})` })],
  },
  {
    name: 'power over one account',
    fires: true,
    severity: 'low',
    records: [change({ ...user, value: BEFORE, operation: '%%14675' }), change({ ...user, value: `${BEFORE}(A;;WD;;;${sid(1180)})` })],
  },
  {
    name: 'reading is delegated',
    fires: true,
    severity: 'informational',
    records: [before, change({ value: `${BEFORE}(A;;RP;;;${sid(1180)})` })],
  },
  {
    name: 'the right to reset the password of one account',
    fires: true,
    severity: 'low',
    records: [
      change({ ...user, value: BEFORE, operation: '%%14675' }),
      change({ ...user, value: `${BEFORE}(OA;;CR;00299570-246d-11d0-a768-00aa006e0529;;${sid(1180)})` }),
    ],
  },
  {
    name: 'the right to write a telephone number',
    fires: true,
    severity: 'informational',
    records: [
      change({ ...user, value: BEFORE, operation: '%%14675' }),
      change({ ...user, value: `${BEFORE}(OA;;WP;bf967a49-0de6-11d0-a285-00aa003049e2;;${sid(1180)})` }),
    ],
  },
  {
    name: 'rights to replicate the directory, by the relayed logon of a mail server',
    fires: true,
    severity: 'high',
    records: [
      change({ value: BEFORE, operation: '%%14675', by: mailServer }),
      change({ value: `${BEFORE}(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;${sid(1180)})`, by: mailServer }),
    ],
  },
  {
    name: 'rights to replicate the directory that were there before',
    fires: true,
    severity: 'informational',
    steps: ['before', 'after'],
    records: [
      change({ value: `${BEFORE}${REPLICATOR}`, operation: '%%14675' }),
      change({ value: `${BEFORE}${REPLICATOR}(A;;RP;;;${sid(1181)})` }),
    ],
  },
  {
    name: 'somebody may replicate, the old permissions were not logged',
    fires: true,
    severity: 'medium',
    records: [change({ value: `${BEFORE}${REPLICATOR}` })],
  },
  {
    name: 'the account itself may replicate, the old permissions were not logged',
    fires: true,
    severity: 'high',
    records: [change({ value: `${BEFORE}(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;${sid(1105)})` })],
  },
  {
    name: 'a mail server keeps permissions in order',
    fires: false,
    records: [
      change({ ...user, value: BEFORE, operation: '%%14675', by: mailServer }),
      change({ ...user, value: `${BEFORE}(A;;WP;;;${sid(1180)})`, by: mailServer }),
    ],
  },
  {
    name: 'the template is told of elsewhere',
    fires: false,
    records: [change({ value: BEFORE, dn: 'CN=AdminSDHolder,CN=System,DC=corp,DC=example', kind: 'container' })],
  },
  { name: 'the system keeps its own permissions', fires: false, records: [change({ value: BEFORE, by: subject('DC01$', 1000) })] },
  {
    name: 'a command grants rights',
    fires: true,
    severity: 'informational',
    steps: ['ordered'],
    records: [script('Add-DomainObjectAcl -TargetIdentity "DC=corp,DC=example" -PrincipalIdentity bob -Rights DCSync')],
  },
  { name: 'a command shows permissions', fires: false, records: [script('dsacls.exe "CN=Bob,CN=Users,DC=corp,DC=example"')] },
  { name: 'another attribute', fires: false, records: [change({ value: '5', attribute: 'description' })] },
  { name: 'a policy is told of elsewhere', fires: false, records: [change({ value: BEFORE, kind: 'groupPolicyContainer' })] },
  { name: 'only the old value', fires: false, records: [before] },
];
