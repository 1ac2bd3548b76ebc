import { type Example, type ExampleRecord, security, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);

type Change = { attribute?: string; operation?: string; by?: Record<string, string>; kind?: string; after?: number };

function change(c: Change): ExampleRecord {
  const { attribute = 'servicePrincipalName', operation = '%%14674', by = admin, kind = 'user', after = 0 } = c;
  const fields = { ...by, ObjectDN: 'CN=svc-sql,OU=Services,DC=corp,DC=example', ObjectClass: kind, AttributeLDAPDisplayName: attribute };
  return security(5136, { ...fields, AttributeValue: 'MSSQLSvc/db01.corp.example', OperationType: operation }, { computer: DC, after });
}

function command(CommandLine: string): ExampleRecord {
  return security(4688, { ...admin, NewProcessName: 'C:\\Windows\\System32\\setspn.exe', CommandLine });
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
  { name: 'the service writes its own name', fires: false, records: [change({ by: subject('svc-sql', 1190) })] },
  { name: 'a computer', fires: false, records: [change({ kind: 'computer' })] },
  { name: 'only taken away', fires: false, records: [change({ operation: '%%14675' })] },
  { name: 'another attribute', fires: false, records: [change({ attribute: 'description' })] },
  { name: 'the command only looks', fires: false, records: [command('setspn  -T corp -Q */*')] },
  { name: 'the command names a computer', fires: false, records: [command('setspn -s HTTP/web01 WEB01$')] },
];
