import { type Example, type ExampleRecord, otherChannel, repeated, security, sid, subject, sysmon } from '../example.ts';

function run(commandLine: string, after = 0): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\net.exe', CommandLine: commandLine, User: 'CORP\\alice' }, { after });
}

function script(text: string, after = 0): ExampleRecord {
  const fields = { MessageNumber: '1', MessageTotal: '1', ScriptBlockText: text, ScriptBlockId: '', Path: '' };
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, fields, { after, userSid: sid(1105) });
}

function read(index: number, after: number, mask = '0x100', who = subject('alice', 1105)): ExampleRecord {
  const fields = {
    ...who,
    ObjectServer: 'DS',
    ObjectType: '%{bf967a9c-0de6-11d0-a285-00aa003049e2}',
    ObjectName: `%{7a2aa51b-a49d-4a86-8d4d-0000000000${10 + index}}`,
    OperationType: 'Object Access',
    AccessMask: mask,
  };
  return security(4662, fields, { computer: 'DC01.corp.example', after });
}

export const examples: readonly Example[] = [
  {
    name: 'the domain administrators are listed',
    fires: true,
    severity: 'informational',
    records: [run('net group "domain admins" /domain')],
  },
  {
    name: 'several questions in one go',
    fires: true,
    severity: 'medium',
    records: [
      run('net group "domain admins" /domain'),
      run('nltest /dclist:corp', 20),
      run('nltest /domain_trusts', 40),
      run('tool.exe -f "(&(objectCategory=person)(adminCount=1))"', 60),
    ],
  },
  {
    name: 'accounts without pre-authentication are searched',
    fires: true,
    severity: 'low',
    records: [script('$s.Filter = "(userAccountControl:1.2.840.113556.1.4.803:=4194304)"')],
  },
  { name: 'one account reads very many groups', fires: true, severity: 'low', records: repeated(40, 0.1, (i, after) => read(i, after)) },
  { name: 'a domain account is created', fires: false, records: [run('net user bob Secret.1 /add /domain')] },
  { name: 'a local look-up', fires: false, records: [run('net localgroup administrators')] },
  { name: 'the domain controller in use', fires: false, records: [run('nltest /dsgetdc:corp.example')] },
  { name: 'one account is looked up', fires: false, records: [script('Get-ADUser -Identity bob -Properties mail')] },
  {
    name: 'a computer reads many groups',
    fires: false,
    records: repeated(40, 0.1, (i, after) => read(i, after, '0x100', subject('EXCH01$', 1200))),
  },
  { name: 'many groups are changed', fires: false, records: repeated(40, 0.1, (i, after) => read(i, after, '0x20')) },
];
