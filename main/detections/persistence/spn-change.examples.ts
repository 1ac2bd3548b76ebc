import { type Example, type ExampleRecord, otherChannel, security, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);

type Change = { attribute?: string; operation?: string; by?: Record<string, string>; kind?: string; after?: number; name?: string };

function change(c: Change): ExampleRecord {
  const {
    attribute = 'servicePrincipalName',
    operation = '%%14674',
    by = admin,
    kind = 'user',
    after = 0,
    name = 'MSSQLSvc/db01.corp.example',
  } = c;
  const fields = { ...by, ObjectDN: 'CN=svc-sql,OU=Services,DC=corp,DC=example', ObjectClass: kind, AttributeLDAPDisplayName: attribute };
  return security(5136, { ...fields, AttributeValue: name, OperationType: operation }, { computer: DC, after });
}

function command(CommandLine: string, NewProcessName = 'C:\\Windows\\System32\\setspn.exe'): ExampleRecord {
  return security(4688, { ...admin, NewProcessName, CommandLine });
}

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });
}

export const examples: readonly Example[] = [
  { name: 'a service is set up', fires: true, severity: 'low', records: [change({})] },
  {
    name: 'for minutes only',
    fires: true,
    severity: 'high',
    records: [change({}), change({ operation: '%%14675', after: 45 })],
  },
  { name: 'by the command', fires: true, severity: 'low', records: [command('setspn -s HTTP/web01 corp\\svc-web')] },
  {
    name: 'by the command, seen by Sysmon',
    fires: true,
    severity: 'low',
    records: [
      sysmon(1, {
        Image: 'C:\\Tools\\s.exe',
        OriginalFileName: 'setspn.exe',
        CommandLine: 's.exe -A HTTP/web01 svc-web',
        User: 'CORP\\admin',
      }),
    ],
  },
  {
    name: 'a list of names is written anew',
    fires: true,
    severity: 'low',
    records: [change({ operation: '%%14675' }), change({}), change({ operation: '%%14675', name: 'MSSQLSvc/db02', after: 1 })],
  },
  {
    name: 'by a script',
    fires: true,
    severity: 'low',
    records: [script("Set-DomainObject -Identity bob -Set @{serviceprincipalname='x/y'}")],
  },
  { name: 'a script takes a name away', fires: false, records: [script("Set-ADUser bob -Remove @{serviceprincipalname='x/y'}")] },
  {
    name: 'an account takes its place of another tool',
    fires: false,
    records: [command('x.exe -s HTTP/web01 svc-web', 'C:\\Tools\\x.exe')],
  },
  {
    name: 'the service adds a name itself meanwhile',
    fires: true,
    severity: 'low',
    steps: ['name-added'],
    records: [change({}), change({ by: subject('svc-sql', 1190), name: 'MSSQLSvc/db02', after: 45 })],
  },
  {
    name: 'another attribute is emptied meanwhile',
    fires: true,
    severity: 'low',
    steps: ['name-added'],
    records: [change({}), change({ attribute: 'description', operation: '%%14675', after: 45 })],
  },
  { name: 'the command names a computer without its $', fires: false, records: [command('setspn -s HTTP/web01.corp.example:8080 WEB01')] },
  { name: 'the service writes its own name', fires: false, records: [change({ by: subject('svc-sql', 1190) })] },
  { name: 'a computer', fires: false, records: [change({ kind: 'computer' })] },
  { name: 'only taken away', fires: false, records: [change({ operation: '%%14675' })] },
  { name: 'another attribute', fires: false, records: [change({ attribute: 'description' })] },
  { name: 'the command only looks', fires: false, records: [command('setspn  -T corp -Q */*')] },
  { name: 'the command names a computer', fires: false, records: [command('setspn -s HTTP/web01 WEB01$')] },
];
