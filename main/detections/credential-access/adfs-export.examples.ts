import { type Example, type ExampleRecord, security, subject, sysmon } from '../example.ts';

const admin = subject('admin', 1105);
const CONTACT = '%{5cb41ed0-0e4c-11d0-a286-00aa003049e2}';
const PHOTO = '%%7684\r\n\t\t{77b5b886-944a-11d1-aebd-0000f80367c1}\r\n\t\t\t{8d3bca50-1d7e-11d0-a081-00aa006c33ed}\r\n';

function read(by: Record<string, string> = admin, kind = CONTACT, properties = PHOTO): ExampleRecord {
  const fields = { ObjectServer: 'DS', ObjectType: kind, ObjectName: '%{9736f74f-fd37-4b02-80e8-8120a72ad6c2}', AccessMask: '0x10' };
  return security(4662, { ...by, ...fields, Properties: properties }, { computer: 'DC01.corp.example' });
}

function pipe(image: string, name = '\\MICROSOFT##WID\\tsql\\query'): ExampleRecord {
  return sysmon(18, { EventType: 'ConnectPipe', PipeName: name, Image: image }, { computer: 'ADFS01.corp.example' });
}

const shell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

export const examples: readonly Example[] = [
  { name: 'an account reads the key', fires: true, severity: 'high', records: [read()] },
  { name: 'a shell opens the database', fires: true, severity: 'medium', records: [pipe(shell)] },
  {
    name: 'over the network',
    fires: true,
    severity: 'medium',
    records: [
      security(5145, { ...admin, ShareName: '\\\\*\\IPC$', RelativeTargetName: 'MICROSOFT##WID\\tsql\\query', IpAddress: '192.0.2.7' }),
    ],
  },
  { name: 'the managed account of AD FS', fires: false, records: [read(subject('gmsa-adfs$', 1400))] },
  { name: 'the photo of a user', fires: false, records: [read(admin, '%{bf967aba-0de6-11d0-a285-00aa003049e2}')] },
  {
    name: 'another property of a contact',
    fires: false,
    records: [read(admin, CONTACT, '%%7684\r\n\t\t{bf967a41-0de6-11d0-a285-00aa003049e2}')],
  },
  { name: 'AD FS opens its database', fires: false, records: [pipe('C:\\Windows\\ADFS\\Microsoft.IdentityServer.ServiceHost.exe')] },
  { name: 'update services open theirs', fires: false, records: [pipe('C:\\Program Files\\Update Services\\Services\\WsusService.exe')] },
  { name: 'another pipe', fires: false, records: [pipe(shell, '\\srvsvc')] },
];
