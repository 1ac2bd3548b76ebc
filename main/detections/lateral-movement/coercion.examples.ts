import { type Example, type ExampleRecord, security, subject } from '../example.ts';

type Pipe = { pipe: string; user?: string; from?: string; computer?: string };

function pipe({ pipe: name, user = 'alice', from = '10.0.0.21', computer = 'DC01.corp.example' }: Pipe): ExampleRecord {
  const fields = { ObjectType: 'File', IpAddress: from, IpPort: '50111', ShareName: '\\\\*\\IPC$', RelativeTargetName: name };
  return security(5145, { ...subject(user, 1300), ...fields, AccessMask: '0x3' }, { computer });
}

function logon(account: string, method = 'NTLM'): ExampleRecord {
  const fields = { TargetUserName: account, TargetDomainName: 'CORP', LogonType: '3', AuthenticationPackageName: method };
  return security(4624, { ...fields, IpAddress: '10.0.0.21' }, { computer: 'CA01.corp.example', after: 2 });
}

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
];
