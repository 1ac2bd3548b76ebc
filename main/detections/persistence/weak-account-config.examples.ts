import { type Example, type ExampleRecord, otherChannel, security, sid, subject } from '../example.ts';

function change(before: string, after: string, by = subject('admin', 1105), id = 4738): ExampleRecord {
  const fields = { TargetUserName: 'svc-app', TargetDomainName: 'CORP', TargetSid: sid(1300), OldUacValue: before, NewUacValue: after };
  return security(id, { ...by, ...fields }, { computer: 'DC01.corp.example' });
}

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });
}

export const examples: readonly Example[] = [
  { name: 'no preauthentication', fires: true, severity: 'medium', records: [change('0x10', '0x10010')] },
  { name: 'reversible encryption', fires: true, severity: 'medium', records: [change('0x10', '0x810')] },
  { name: 'only DES', fires: true, severity: 'low', records: [change('0x210', '0x8210')] },
  { name: 'no password', fires: true, severity: 'low', records: [change('0x10', '0x14')] },
  { name: 'preauthentication is switched on again', fires: false, records: [change('0x10010', '0x10')] },
  { name: 'the password never expires', fires: false, records: [change('0x10', '0x210')] },
  { name: 'options that it had before', fires: false, records: [change('0x10010', '0x10210')] },
  { name: 'no change of options', fires: false, records: [change('-', '-')] },
  { name: 'setup makes an account for itself', fires: false, records: [change('0x10', '0x14', subject('SRV01$', 1500))] },
  {
    name: 'a command',
    fires: true,
    severity: 'medium',
    records: [script('Set-ADAccountControl -Identity svc-app -DoesNotRequirePreAuth:$true')],
  },
  { name: 'a command sets the option back', fires: false, records: [script('Set-ADAccountControl svc-app -DoesNotRequirePreAuth $false')] },
  { name: 'a new account is enabled', fires: false, records: [change('0x15', '0x10')] },
];
