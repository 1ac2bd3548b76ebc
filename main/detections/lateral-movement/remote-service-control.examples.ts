import { type Example, type ExampleRecord, repeated, security, subject } from '../example.ts';

type Pipe = { pipe?: string; user?: string; from?: string; computer?: string; after?: number; share?: string };

function pipe({
  pipe: name = 'svcctl',
  user = 'admin',
  from = '10.0.0.21',
  computer = 'SRV01.corp.example',
  after = 0,
  share = 'IPC$',
}: Pipe): ExampleRecord {
  const fields = { ObjectType: 'File', IpAddress: from, ShareName: `\\\\*\\${share}`, RelativeTargetName: name, AccessMask: '0x12019f' };
  return security(5145, { ...subject(user, 1105), ...fields }, { computer, after });
}

export const examples: readonly Example[] = [
  { name: 'an administrator', fires: true, severity: 'informational', records: [pipe({})] },
  {
    name: 'one host after the other',
    fires: true,
    severity: 'low',
    records: repeated(8, 20, (i, after) => pipe({ computer: `SRV0${i}.corp.example`, after })),
  },
  { name: 'another pipe', fires: false, records: [pipe({ pipe: 'srvsvc' })] },
  { name: 'a management server', fires: false, records: [pipe({ user: 'MGMT01$' })] },
  { name: 'the host itself', fires: false, records: [pipe({ from: '::1' })] },
  { name: 'a file of that name', fires: false, records: [pipe({ share: 'Projects' })] },
];
