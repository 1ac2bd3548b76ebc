import { type Example, type ExampleRecord, otherChannel, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';

function created(
  eventId: number,
  name: string,
  by = subject('bob', 1180),
  PrivilegeList = '-',
  TargetDomainName = 'CORP',
  uac = '0x80',
): ExampleRecord {
  const fields = { TargetUserName: name, TargetDomainName, TargetSid: sid(1600), ...by, PrivilegeList, SamAccountName: name };
  return security(eventId, { ...fields, PrimaryGroupId: '515', OldUacValue: '0x0', NewUacValue: uac }, { computer: DC });
}

const system = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'DC01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });
}

export const examples: readonly Example[] = [
  { name: 'an administrator prepares a computer', fires: true, severity: 'informational', records: [created(4741, 'WS44$')] },
  {
    name: 'by the right of every user',
    fires: true,
    severity: 'low',
    records: [created(4741, 'WS44$', subject('bob', 1180), '\r\n\t\t\tSeMachineAccountPrivilege')],
  },
  { name: 'a user named like a computer', fires: true, severity: 'low', records: [created(4720, 'WS44$')] },
  {
    name: 'by that right, with the logon of a computer',
    fires: true,
    severity: 'low',
    records: [created(4741, 'WS45$', subject('WS03$', 1203), '\r\n\t\t\tSeMachineAccountPrivilege')],
  },
  { name: 'a user named like a computer, by a computer', fires: false, records: [created(4720, 'WS44$', subject('WS03$', 1203))] },
  { name: 'a trust makes its account', fires: false, records: [created(4720, 'PARTNER$', subject('bob', 1180), '-', 'CORP', '0x40')] },
  {
    name: 'a command',
    fires: true,
    severity: 'informational',
    records: [script('New-MachineAccount -MachineAccount WS44 -Password $secret')],
  },
  { name: 'a list of cmdlets', fires: false, records: [script("CmdletsToExport = 'New-ADComputer', 'New-ADUser'")] },
  { name: 'an ordinary user', fires: false, records: [created(4720, 'carol')] },
  { name: 'a local user named like a computer', fires: false, records: [created(4720, 'FILES$', subject('bob', 1180), '-', 'DC01')] },
  { name: 'a cluster makes its own account', fires: false, records: [created(4741, 'CLUSTERFS$', subject('CLUSTER1$', 1500))] },
  { name: 'the controller itself', fires: false, records: [created(4741, 'AZUREADSSO$', system)] },
];
