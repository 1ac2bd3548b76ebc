import { type Example, type ExampleRecord, otherChannel, security, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);
const POLICY = '{6AC1786C-016F-11D2-945F-00C04FB984F9}';
const DN = `CN=${POLICY},CN=Policies,CN=System,DC=corp,DC=example`;
const ADDED = '%%14674';
const TASKS =
  '[{00000000-0000-0000-0000-000000000000}{CAB54552-DEEA-4691-817E-ED4A4D1AFC72}][{AADCED64-746C-4633-A97C-D61349046527}{CAB54552-DEEA-4691-817E-ED4A4D1AFC72}]';

function change(attribute: string, value: string, operation = ADDED, more: Record<string, string> = {}): ExampleRecord {
  const fields = { ObjectDN: DN, ObjectClass: 'groupPolicyContainer', AttributeLDAPDisplayName: attribute, AttributeValue: value };
  return security(5136, { ...admin, ...fields, OperationType: operation, ...more }, { computer: DC });
}

function file(path: string, mask = '0x2', by: Record<string, string> = admin, ShareName = '\\\\*\\SYSVOL'): ExampleRecord {
  const fields = { ShareName, RelativeTargetName: path, AccessMask: mask, IpAddress: '192.0.2.7' };
  return security(5145, { ...by, ...fields }, { computer: DC });
}

const taskFile = `corp.example\\Policies\\${POLICY}\\Machine\\Preferences\\ScheduledTasks\\ScheduledTasks.xml`;

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });
}

export const examples: readonly Example[] = [
  { name: 'an ordinary edit', fires: true, severity: 'informational', records: [change('versionNumber', '3')] },
  { name: 'the policy starts to run tasks', fires: true, severity: 'medium', records: [change('gPCMachineExtensionNames', TASKS)] },
  {
    name: 'tasks that were there before',
    fires: true,
    severity: 'informational',
    records: [change('gPCMachineExtensionNames', TASKS, '%%14675'), change('gPCMachineExtensionNames', TASKS)],
  },
  { name: 'a task file is written', fires: true, severity: 'medium', records: [file(taskFile)] },
  {
    name: 'user rights are written',
    fires: true,
    severity: 'low',
    records: [file(`corp.example\\Policies\\${POLICY}\\Machine\\Microsoft\\Windows NT\\SecEdit\\GptTmpl.inf`)],
  },
  {
    name: 'somebody else may edit it',
    fires: true,
    severity: 'low',
    records: [
      change('nTSecurityDescriptor', 'O:DAG:DAD:PAI(A;CI;CCDCLCSWRPWPDTLOSDRCWDWO;;;DA)', '%%14675'),
      change('nTSecurityDescriptor', 'O:DAG:DAD:PAI(A;CI;CCDCLCSWRPWPDTLOSDRCWDWO;;;DA)(A;CI;CCDCLCRPWPSDRCWDWO;;;S-1-5-21-1-2-3-1234)'),
    ],
  },
  {
    name: 'local groups are written',
    fires: true,
    severity: 'low',
    records: [file(`corp.example\\Policies\\${POLICY}\\Machine\\Preferences\\Groups\\Groups.xml`)],
  },
  {
    name: 'settings are written',
    fires: true,
    severity: 'informational',
    steps: ['file-written'],
    records: [file(`corp.example\\Policies\\${POLICY}\\Machine\\Registry.pol`)],
  },
  {
    name: 'a task file is written over the share of the disk',
    fires: true,
    severity: 'medium',
    records: [file(`Windows\\SYSVOL\\sysvol\\${taskFile}`, '0x2', admin, '\\\\*\\C$')],
  },
  { name: 'a task file in a backup of policies', fires: false, records: [file(taskFile, '0x2', admin, '\\\\*\\PolicyBackup')] },
  { name: 'the controller itself', fires: false, records: [change('versionNumber', '3', ADDED, subject('DC01$', 1000))] },
  {
    name: 'permissions of an organizational unit',
    fires: false,
    records: [
      change('nTSecurityDescriptor', 'O:DAG:DAD:AI', ADDED, { ObjectDN: 'OU=Staff,DC=corp,DC=example', ObjectClass: 'organizationalUnit' }),
    ],
  },
  {
    name: 'the command of a tool',
    fires: true,
    severity: 'medium',
    records: [script('x.exe --AddComputerTask --TaskName "Update" --Author CORP\\admin --GPOName "Servers"')],
  },
  { name: 'a policy is made by a command', fires: true, severity: 'informational', records: [script('New-GPO -Name "Servers"')] },
  { name: 'policies are listed by a command', fires: false, records: [script('Get-GPO -All | Select-Object DisplayName')] },
  { name: 'a host reads a task file', fires: false, records: [file(taskFile, '0x1', subject('WS03$', 1203))] },
  { name: 'a person reads a task file', fires: false, records: [file(taskFile, '0x1')] },
  { name: 'a logon script outside of policies', fires: false, records: [file('corp.example\\scripts\\logon.cmd')] },
  {
    name: 'a link of an organizational unit',
    fires: false,
    records: [change('gPLink', '[LDAP://x;0]', ADDED, { ObjectClass: 'organizationalUnit' })],
  },
  { name: 'only the display name', fires: false, records: [change('displayName', 'Servers')] },
];
