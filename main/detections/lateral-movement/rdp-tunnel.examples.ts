import { type Example, type ExampleRecord, logonFrom, otherChannel, sysmon } from '../example.ts';

const SESSIONS = 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational';
const CONNECTIONS = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational';

function connected(image: string, to: string, port = '3389'): ExampleRecord {
  const fields = { Image: image, Initiated: 'true', SourceIp: to === '127.0.0.1' ? '127.0.0.1' : '10.0.0.21' };
  return sysmon(3, { ...fields, SourcePort: '50111', DestinationIp: to, DestinationPort: port });
}

function proxy(details: string, key = 'PortProxy\\v4tov4\\tcp'): ExampleRecord {
  return sysmon(13, { TargetObject: `HKLM\\System\\CurrentControlSet\\Services\\${key}\\0.0.0.0/8080`, Details: details });
}

function run(command: string): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\cmd.exe', CommandLine: command, User: 'CORP\\alice', ParentImage: 'C:\\x.exe' });
}

export const examples: readonly Example[] = [
  { name: 'a desktop logon from the host itself', fires: true, severity: 'high', records: [logonFrom('10', '127.0.0.1')] },
  {
    name: 'a tunnel without the address of its caller',
    fires: true,
    severity: 'high',
    records: [otherChannel(SESSIONS, 21, { User: 'CORP\\alice', SessionID: '3', Address: '::%16777216' })],
  },
  {
    name: 'authenticated from the host itself',
    fires: true,
    severity: 'high',
    records: [otherChannel(CONNECTIONS, 1149, { Param1: 'alice', Param2: 'CORP', Param3: '127.0.0.1' })],
  },
  {
    name: 'a web server that connects to its own desktop',
    fires: true,
    severity: 'medium',
    records: [connected('C:\\Windows\\System32\\inetsrv\\w3wp.exe', '127.0.0.1')],
  },
  {
    name: 'a port proxy',
    fires: true,
    severity: 'medium',
    records: [run('netsh interface portproxy add v4tov4 listenport=8080 connectport=3389 connectaddress=10.0.0.9')],
  },
  {
    name: 'a remote forward of SSH',
    fires: true,
    severity: 'medium',
    records: [run('plink.exe -N -R 10001:127.0.0.1:3389 root@203.0.113.9')],
  },
  { name: 'a desktop logon from elsewhere', fires: false, records: [logonFrom('10', '10.0.0.21')] },
  { name: 'a logon at the keyboard', fires: false, records: [logonFrom('2', '127.0.0.1')] },
  { name: 'an unlocked screen', fires: false, records: [logonFrom('7', '127.0.0.1')] },
  {
    name: 'a local session',
    fires: false,
    records: [otherChannel(SESSIONS, 21, { User: 'CORP\\alice', SessionID: '1', Address: 'LOCAL' })],
  },
  {
    name: 'the ordinary client',
    fires: false,
    records: [connected('C:\\Windows\\System32\\mstsc.exe', '10.0.0.9')],
  },
  { name: 'a look at the port proxy', fires: false, records: [run('netsh interface portproxy show all')] },
  { name: 'a port proxy in the registry', fires: true, severity: 'medium', records: [proxy('10.0.0.9/3389')] },
  { name: 'a port proxy of a web server', fires: false, records: [proxy('10.0.0.9/8443')] },
  { name: 'another setting that ends so', fires: false, records: [proxy('10.0.0.9/3389', 'ExampleMonitor\\Targets')] },
  {
    name: 'an administrator behind a jump host',
    fires: true,
    severity: 'low',
    records: [run('ssh -L 13389:srv02.corp.example:3389 jump.corp.example')],
  },
  { name: 'a web server that connects to its database', fires: false, records: [connected('C:\\inetsrv\\w3wp.exe', '127.0.0.1', '5432')] },
  { name: 'a gateway that connects to other desktops', fires: false, records: [connected('C:\\Gateway\\gateway.exe', '10.0.0.9')] },
  { name: 'the desktop server on its own host', fires: false, records: [connected('C:\\Windows\\System32\\svchost.exe', '127.0.0.1')] },
];
