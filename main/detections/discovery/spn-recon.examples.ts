import { type Example, type ExampleRecord, otherChannel, sid, sysmon } from '../example.ts';

function run(commandLine: string, after = 0): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\setspn.exe', CommandLine: commandLine, User: 'CORP\\alice' }, { after });
}

function script(text: string, after = 0): ExampleRecord {
  const fields = { MessageNumber: '1', MessageTotal: '1', ScriptBlockText: text, ScriptBlockId: '', Path: '' };
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, fields, { after, userSid: sid(1105) });
}

export const examples: readonly Example[] = [
  {
    name: 'all service names by command',
    fires: true,
    severity: 'low',
    steps: ['all-names-by-command'],
    records: [run('setspn  -T corp -Q */*')],
  },
  {
    name: 'all service names by a filter in a script',
    fires: true,
    severity: 'low',
    records: [script('$s.Filter = "(&(objectCategory=person)(servicePrincipalName=*))"; $s.FindAll()')],
  },
  {
    name: 'a script takes tickets',
    fires: true,
    severity: 'medium',
    records: [script('New-Object System.IdentityModel.Tokens.KerberosRequestorSecurityToken -ArgumentList $name')],
  },
  {
    name: 'a search seen at the client',
    fires: true,
    severity: 'low',
    steps: ['all-names-by-filter'],
    records: [
      otherChannel(
        'Microsoft-Windows-LDAP-Client/Debug',
        30,
        { SearchFilter: '(&(objectClass=user)(servicePrincipalName=*))' },
        { userSid: sid(1105) },
      ),
    ],
  },
  { name: 'a function takes tickets', fires: true, severity: 'medium', records: [script('Invoke-Kerberoast -OutputFormat Hashcat')] },
  { name: 'names of one account', fires: false, records: [run('setspn -L svc-sql')] },
  { name: 'who holds one name', fires: false, records: [run('setspn -Q MSSQLSvc/db01.corp.example')] },
  { name: 'search for duplicates', fires: false, records: [run('setspn -X')] },
  { name: 'a filter for one service', fires: false, records: [script('$s.Filter = "(servicePrincipalName=MSSQLSvc/db01*)"')] },
];
