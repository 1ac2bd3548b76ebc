import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const SYSTEM = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SRV01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };

function share(eventId: number, by: Record<string, string>, from: string, name = '\\\\*\\ADMIN$'): ExampleRecord {
  return security(eventId, { ...by, ObjectType: 'File', IpAddress: from, IpPort: '41747', ShareName: name, AccessMask: '0x1' });
}

export const examples: readonly Example[] = [
  {
    name: 'the session of Local System opens ADMIN$ from elsewhere',
    fires: true,
    severity: 'high',
    records: [share(5140, SYSTEM, '10.0.0.66')],
  },
  {
    name: 'it opens the service manager',
    fires: true,
    severity: 'high',
    records: [
      security(5145, { ...SYSTEM, IpAddress: '10.0.0.66', ShareName: '\\\\*\\IPC$', RelativeTargetName: 'svcctl', AccessMask: '0x3' }),
    ],
  },
  { name: 'Local System opens its own share', fires: false, records: [share(5140, SYSTEM, '::1')] },
  {
    name: 'a host reaches itself by its address, with a session of its own',
    fires: false,
    records: [share(5140, { ...SYSTEM, SubjectLogonId: '0x51a2f' }, '10.0.0.11')],
  },
  { name: 'an administrator from elsewhere', fires: false, records: [share(5140, subject('admin', 1105), '10.0.0.21')] },
  {
    name: 'the host opens its own pipes by its name',
    fires: false,
    records: [share(5140, SYSTEM, '10.0.0.11', '\\\\*\\IPC$')],
  },
  {
    name: 'a backup program of the host opens its shares by name',
    fires: false,
    records: [
      security(4624, { TargetUserSid: sid(1001), TargetUserName: 'SRV01$', LogonType: '3', IpAddress: '10.0.0.11' }),
      share(5140, SYSTEM, '10.0.0.11', '\\\\*\\C$'),
    ],
  },
];
