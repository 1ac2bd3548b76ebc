import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);
const HOLDER = 'CN=AdminSDHolder,CN=System,DC=corp,DC=example';
const BEFORE = 'O:DAG:DAD:PAI(A;;CCDCLCSWRPWPLOCRSDRCWDWO;;;BA)';

function change(value: string, operation = '%%14674', dn = HOLDER, attribute = 'nTSecurityDescriptor'): ExampleRecord {
  const fields = { ObjectDN: dn, ObjectClass: 'container', AttributeLDAPDisplayName: attribute, AttributeValue: value };
  return security(5136, { ...admin, ...fields, OperationType: operation }, { computer: DC });
}

function access(mask: string): ExampleRecord {
  return security(4662, { ...admin, ObjectServer: 'DS', ObjectName: HOLDER, AccessMask: mask }, { computer: DC });
}

const applied = security(4780, { ...subject('DC01$', 1000), TargetUserName: 'admin', TargetSid: sid(1105) }, { computer: DC, after: 900 });

export const examples: readonly Example[] = [
  {
    name: 'full control for somebody',
    fires: true,
    severity: 'high',
    records: [change(BEFORE, '%%14675'), change(`${BEFORE}(A;;GA;;;${sid(1180)})`), applied],
  },
  { name: 'permissions written, seen as access', fires: true, severity: 'high', records: [access('0x40000')] },
  { name: 'nothing granted', fires: true, severity: 'medium', records: [change(BEFORE, '%%14675'), change('O:DAG:DAD:PAI')] },
  { name: 'the hourly work of the controller', fires: false, records: [applied] },
  { name: 'reading it', fires: false, records: [access('0x20000')] },
  { name: 'another attribute', fires: false, records: [change('x', '%%14674', HOLDER, 'description')] },
  { name: 'permissions of another container', fires: false, records: [change(BEFORE, '%%14674', 'CN=Users,DC=corp,DC=example')] },
];
