import { type Example, type ExampleRecord, otherChannel, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);
const HOLDER = 'CN=AdminSDHolder,CN=System,DC=corp,DC=example';
const BEFORE = 'O:DAG:DAD:PAI(A;;CCDCLCSWRPWPLOCRSDRCWDWO;;;BA)';

function change(value: string, operation = '%%14674', dn = HOLDER, attribute = 'nTSecurityDescriptor'): ExampleRecord {
  const fields = { ObjectDN: dn, ObjectClass: 'container', AttributeLDAPDisplayName: attribute, AttributeValue: value };
  return security(5136, { ...admin, ...fields, OperationType: operation }, { computer: DC });
}

function access(mask: string, ObjectName = HOLDER, by = admin): ExampleRecord {
  return security(4662, { ...by, ObjectServer: 'DS', ObjectName, AccessMask: mask }, { computer: DC });
}

const applied = security(4780, { ...subject('DC01$', 1000), TargetUserName: 'admin', TargetSid: sid(1105) }, { computer: DC, after: 900 });

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });
}

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
  { name: 'only the old permissions', fires: false, records: [change(BEFORE, '%%14675')] },
  { name: 'the controller writes it', fires: false, records: [access('0x40000', HOLDER, subject('DC01$', 1000))] },
  { name: 'the logon of another computer', fires: true, severity: 'high', records: [access('0x40000', HOLDER, subject('MAIL01$', 1502))] },
  {
    name: 'permissions of another object, seen as access',
    fires: false,
    records: [access('0x40000', 'CN=Bob,CN=Users,DC=corp,DC=example')],
  },
  {
    name: 'a command grants rights on it',
    fires: true,
    severity: 'medium',
    records: [
      script("Add-DomainObjectAcl -TargetIdentity 'CN=AdminSDHolder,CN=System,DC=corp,DC=example' -PrincipalIdentity bob -Rights All"),
    ],
  },
  {
    name: 'a command shows its permissions',
    fires: false,
    records: [script("(Get-Acl 'AD:CN=AdminSDHolder,CN=System,DC=corp,DC=example').Access")],
  },
  { name: 'reading it', fires: false, records: [access('0x20000')] },
  { name: 'another attribute', fires: false, records: [change('x', '%%14674', HOLDER, 'description')] },
  { name: 'permissions of another container', fires: false, records: [change(BEFORE, '%%14674', 'CN=Users,DC=corp,DC=example')] },
];
