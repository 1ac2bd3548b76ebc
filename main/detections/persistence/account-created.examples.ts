import { type Example, type ExampleRecord, otherChannel, security, sid, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);

function account(eventId: number, name: string, rid = 1180, after = 0, NewUacValue = '0x15'): ExampleRecord {
  const fields = { TargetUserName: name, TargetDomainName: 'CORP', TargetSid: sid(rid), ...admin, SamAccountName: name };
  return security(eventId, { ...fields, OldUacValue: '0x0', NewUacValue }, { computer: DC, after });
}

function command(CommandLine: string): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\net.exe', CommandLine, User: 'CORP\\admin' });
}

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });
}

function key(EventType: string, TargetObject: string): ExampleRecord {
  return sysmon(12, { EventType, Image: 'C:\\Windows\\system32\\lsass.exe', TargetObject });
}

const NAMES = 'HKLM\\SAM\\SAM\\Domains\\Account\\Users\\Names';

export const examples: readonly Example[] = [
  { name: 'a new user', fires: true, severity: 'informational', records: [account(4720, 'bob')] },
  { name: 'a user with the name of a computer', fires: true, severity: 'medium', records: [account(4720, 'FILES$')] },
  { name: 'created and deleted again', fires: true, severity: 'low', records: [account(4720, 'bob'), account(4726, 'bob', 1180, 60)] },
  {
    name: 'another account deleted',
    fires: true,
    severity: 'informational',
    records: [account(4720, 'bob'), account(4726, 'eve', 1181, 60)],
  },
  { name: 'the key of a local account', fires: true, severity: 'informational', records: [key('CreateKey', `${NAMES}\\support`)] },
  {
    name: 'the key of a local account named like a computer',
    fires: true,
    severity: 'medium',
    records: [key('CreateKey', `${NAMES}\\FILES$`)],
  },
  { name: 'the account of a trust', fires: true, severity: 'informational', records: [account(4720, 'PARTNER$', 1180, 0, '0x40')] },
  {
    name: 'a command',
    fires: true,
    severity: 'informational',
    steps: ['ordered'],
    records: [command('net  user bob "P w 1" /ADD /domain')],
  },
  {
    name: 'a command of Security logs',
    fires: true,
    records: [security(4688, { ...admin, CommandLine: 'cmd /c net1 user bob x /add & whoami' })],
  },
  { name: 'a cmdlet', fires: true, severity: 'informational', records: [script("New-LocalUser -Name 'bob' -NoPassword")] },
  { name: 'a list of cmdlets', fires: false, records: [script("CmdletsToExport = @('New-LocalUser', 'Add-LocalGroupMember')")] },
  { name: 'a command only looks', fires: false, records: [command('net user bob /domain')] },
  { name: 'a command adds to a group', fires: false, records: [command('net localgroup administrators bob /add')] },
  { name: 'the key of a local account is deleted', fires: false, records: [key('DeleteKey', `${NAMES}\\support`)] },
  { name: 'another key of SAM', fires: false, records: [key('CreateKey', 'HKLM\\SAM\\SAM\\Domains\\Account\\Users\\000003E9')] },
  { name: 'setup makes an account that Windows brings along', fires: false, records: [account(4720, 'WDAGUtilityAccount', 504)] },
  { name: 'only a deletion', fires: false, records: [account(4726, 'bob')] },
  { name: 'an account is enabled', fires: false, records: [account(4722, 'bob')] },
];
