import { type Example, type ExampleRecord, security, subject, sysmon } from '../example.ts';

type Pipe = { pipe: string; user?: string; by?: Record<string, string>; from?: string; computer?: string; share?: string };

function pipe({
  pipe: name,
  user = 'alice',
  by = subject(user, 1300),
  from = '10.0.0.21',
  computer = 'DC01.corp.example',
  share = 'IPC$',
}: Pipe): ExampleRecord {
  const fields = { ObjectType: 'File', IpAddress: from, IpPort: '50111', ShareName: `\\\\*\\${share}`, RelativeTargetName: name };
  return security(5145, { ...by, ...fields, AccessMask: '0x3' }, { computer });
}

function logon(account: string, method = 'NTLM', { type = '3', computer = 'CA01.corp.example', from = '10.0.0.21' } = {}): ExampleRecord {
  const fields = { TargetUserName: account, TargetDomainName: 'CORP', LogonType: type, AuthenticationPackageName: method };
  return security(4624, { ...fields, IpAddress: from }, { computer, after: 2 });
}

function connected(image: string): ExampleRecord {
  return sysmon(18, { EventType: 'ConnectPipe', PipeName: '\\efsrpc', Image: image }, { computer: 'DC01.corp.example' });
}

const NOBODY = {
  SubjectUserSid: 'S-1-5-7',
  SubjectUserName: 'ANONYMOUS LOGON',
  SubjectDomainName: 'NT AUTHORITY',
  SubjectLogonId: '0x3e6',
};

const CONTROLLER = { domainControllers: ['host:dc01.corp.example'] };

export const examples: readonly Example[] = [
  {
    name: 'file encryption, and the host logs on elsewhere',
    fires: true,
    severity: 'high',
    records: [pipe({ pipe: 'efsrpc' }), logon('DC01$')],
  },
  {
    name: 'the shared pipe, and the host logs on elsewhere',
    fires: true,
    severity: 'high',
    records: [pipe({ pipe: 'lsarpc' }), logon('DC01$')],
  },
  { name: 'shadow copies of a controller', fires: true, severity: 'medium', facts: CONTROLLER, records: [pipe({ pipe: 'FssagentRpc' })] },
  { name: 'the spooler of a controller', fires: true, severity: 'low', facts: CONTROLLER, records: [pipe({ pipe: 'spoolss' })] },
  {
    name: 'somebody prints',
    fires: true,
    severity: 'informational',
    records: [pipe({ pipe: 'spoolss', computer: 'PRINT01.corp.example' })],
  },
  { name: 'names are looked up', fires: false, records: [pipe({ pipe: 'lsarpc' })] },
  {
    name: 'names are looked up, and the host logs on with Kerberos',
    fires: false,
    records: [pipe({ pipe: 'lsarpc' }), logon('DC01$', 'Kerberos')],
  },
  { name: 'a computer of the domain asks', fires: false, records: [pipe({ pipe: 'spoolss', user: 'WS03$' })] },
  { name: 'the host itself asks', fires: false, records: [pipe({ pipe: 'efsrpc', from: '::1' })] },
  { name: 'a host logs on with NTLM', fires: false, records: [logon('DC01$')] },
  { name: 'nobody asks a controller', fires: true, severity: 'low', facts: CONTROLLER, records: [pipe({ pipe: 'lsarpc', by: NOBODY })] },
  { name: 'file encryption, as Sysmon sees the pipe', fires: true, severity: 'medium', facts: CONTROLLER, records: [connected('System')] },
  { name: 'a program of the host opens the pipe', fires: false, records: [connected('C:\\Windows\\explorer.exe')] },
  { name: 'nobody reads the accounts of a controller', fires: false, facts: CONTROLLER, records: [pipe({ pipe: 'samr', by: NOBODY })] },
  { name: 'a file of that name', fires: false, records: [pipe({ pipe: 'spoolss', share: 'Projects' })] },
  {
    name: 'names are looked up, and the host logs on to itself',
    fires: false,
    records: [pipe({ pipe: 'lsarpc' }), logon('DC01$', 'NTLM', { computer: 'DC01.corp.example' })],
  },
  {
    name: 'names are looked up, and a person with the name of the host logs on',
    fires: false,
    records: [pipe({ pipe: 'lsarpc' }), logon('DC01', 'NTLM')],
  },
  {
    name: 'names are looked up, and a task of the host starts elsewhere',
    fires: false,
    records: [pipe({ pipe: 'lsarpc' }), logon('DC01$', 'NTLM', { type: '4' })],
  },
  {
    name: 'names are looked up, and the host reaches an old file server by itself',
    fires: false,
    records: [pipe({ pipe: 'lsarpc' }), logon('DC01$', 'NTLM', { from: '10.0.0.10' })],
  },
];
