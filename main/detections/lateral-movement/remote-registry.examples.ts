import { type Example, type ExampleRecord, security, subject } from '../example.ts';

type Access = { by?: Record<string, string>; name?: string; share?: string; address?: string; after?: number };

function access({
  by = subject('alice', 1104),
  name = 'winreg',
  share = '\\\\*\\IPC$',
  address = '10.0.0.21',
  after = 0,
}: Access): ExampleRecord {
  return security(
    5145,
    { ...by, ObjectType: 'File', IpAddress: address, IpPort: '50111', ShareName: share, RelativeTargetName: name },
    { after },
  );
}

export const examples: readonly Example[] = [
  { name: 'the registry of another host', fires: true, severity: 'low', records: [access({})] },
  { name: 'several times in a row', fires: true, severity: 'low', records: [access({}), access({ after: 5 }), access({ after: 9 })] },
  { name: 'a computer', fires: false, records: [access({ by: subject('WS03$', 1201) })] },
  { name: 'the host itself', fires: false, records: [access({ address: '127.0.0.1' })] },
  { name: 'another pipe', fires: false, records: [access({ name: 'srvsvc' })] },
  { name: 'a file of that name', fires: false, records: [access({ share: '\\\\*\\Projects' })] },
];
