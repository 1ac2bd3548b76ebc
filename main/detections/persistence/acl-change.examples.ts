import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);
const BEFORE = 'O:BAG:BAD:AI(A;;RPLCLORC;;;AU)(A;;GA;;;SY)(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;ED)';

type Change = { value: string; operation?: string; dn?: string; kind?: string; attribute?: string; by?: Record<string, string> };

function change(c: Change): ExampleRecord {
  const { value, operation = '%%14674', dn = 'DC=corp,DC=example', kind = 'domainDNS', attribute = 'nTSecurityDescriptor', by = admin } = c;
  const fields = { ObjectDN: dn, ObjectClass: kind, AttributeLDAPDisplayName: attribute, AttributeValue: value, OperationType: operation };
  return security(5136, { ...by, ...fields }, { computer: DC });
}

const before = change({ value: BEFORE, operation: '%%14675' });
const user = { dn: 'CN=Alice,OU=Staff,DC=corp,DC=example', kind: 'user' };

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
  { name: 'the system keeps its own permissions', fires: false, records: [change({ value: BEFORE, by: subject('DC01$', 1000) })] },
  { name: 'another attribute', fires: false, records: [change({ value: '5', attribute: 'description' })] },
  { name: 'a policy is told of elsewhere', fires: false, records: [change({ value: BEFORE, kind: 'groupPolicyContainer' })] },
  { name: 'only the old value', fires: false, records: [before] },
];
