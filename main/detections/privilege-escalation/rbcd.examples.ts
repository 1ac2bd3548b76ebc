import { type Example, type ExampleRecord, otherChannel, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const RBCD = 'msDS-AllowedToActOnBehalfOfOtherIdentity';

function change(attribute: string, OperationType = '%%14674', by = subject('admin', 1105), after = 0): ExampleRecord {
  const fields = { ...by, ObjectDN: 'CN=FS01,CN=Computers,DC=corp,DC=example', ObjectClass: 'computer' };
  const value = 'O:BAD:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;S-1-5-21-1004336348-1177238915-682003330-1600)';
  return security(5136, { ...fields, AttributeLDAPDisplayName: attribute, AttributeValue: value, OperationType }, { computer: DC, after });
}

function run(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText }, { userSid: sid(1105) });
}

export const examples: readonly Example[] = [
  { name: 'by a user', fires: true, severity: 'medium', records: [change(RBCD)] },
  { name: 'by a computer, of itself', fires: true, severity: 'high', records: [change(RBCD, '%%14674', subject('FS01$', 1500))] },
  {
    name: 'set and taken away again',
    fires: true,
    severity: 'medium',
    steps: ['by-user', 'removed-again'],
    records: [change(RBCD), change(RBCD, '%%14675', subject('admin', 1105), 120)],
  },
  {
    name: 'set, and told of elsewhere',
    fires: true,
    steps: ['by-user'],
    records: [change(RBCD), change(RBCD, '-', subject('admin', 1105), 5), change('description', '%%14675', subject('admin', 1105), 9)],
  },
  { name: 'by command', fires: true, severity: 'low', records: [run('Set-ADComputer FS01 -PrincipalsAllowedToDelegateToAccount PC77$')] },
  { name: 'it is read', fires: false, records: [run('Get-ADComputer FS01 -Properties PrincipalsAllowedToDelegateToAccount')] },
  { name: 'only taken away', fires: false, records: [change(RBCD, '%%14675')] },
  { name: 'another attribute', fires: false, records: [change('description')] },
  { name: 'the permissions of the object', fires: false, records: [change('nTSecurityDescriptor')] },
];
