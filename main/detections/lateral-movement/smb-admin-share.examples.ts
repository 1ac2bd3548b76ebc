import { type Example, type ExampleRecord, security, subject, sysmon } from '../example.ts';

type Access = { share?: string; file?: string; mask?: string; from?: string };

function access({ share = 'ADMIN$', file = 'Temp\\agent.exe', mask = '0x2', from = '10.0.0.21' }: Access = {}): ExampleRecord {
  const fields = { ObjectType: 'File', IpAddress: from, IpPort: '50111', ShareName: `\\\\*\\${share}`, RelativeTargetName: file };
  return security(5145, { ...subject('admin', 1105), ...fields, AccessMask: mask });
}

function opened(share: string, by: Record<string, string> = subject('admin', 1105)): ExampleRecord {
  return security(5140, { ...by, ObjectType: 'File', IpAddress: '10.0.0.21', ShareName: `\\\\*\\${share}`, AccessMask: '0x1' });
}

function named(command: string): ExampleRecord {
  return security(4688, { ...subject('admin', 1105), CommandLine: command });
}

const STARTUP = 'ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp\\a.bat';

export const examples: readonly Example[] = [
  { name: 'a program is written', fires: true, severity: 'low', records: [access()] },
  {
    name: 'a file that runs at start',
    fires: true,
    severity: 'medium',
    records: [access({ share: 'C$', file: STARTUP, mask: '0x12019f' })],
  },
  { name: 'an administrator opens the share', fires: true, severity: 'informational', records: [opened('C$')] },
  {
    name: 'a program arrives over the network',
    fires: true,
    severity: 'low',
    records: [sysmon(11, { Image: 'System', TargetFilename: 'C:\\Windows\\agent.exe' })],
  },
  {
    name: 'a share is connected',
    fires: true,
    severity: 'informational',
    records: [security(4688, { ...subject('admin', 1105), CommandLine: 'net  use m: \\\\srv02\\c$ /USER:corp\\bob' })],
  },
  { name: 'a program is read', fires: false, records: [access({ mask: '0x120089' })] },
  { name: 'an ordinary share', fires: false, records: [access({ share: 'Public' }), opened('Public')] },
  { name: 'the host itself', fires: false, records: [access({ from: '::1' })] },
  { name: 'a text is written', fires: false, records: [access({ file: 'Temp\\inventory.txt' })] },
  {
    name: 'a computer opens the share',
    fires: false,
    records: [opened('ADMIN$', { SubjectUserSid: 'S-1-5-21-1-2-3-1500', SubjectUserName: 'MGMT01$', SubjectDomainName: 'CORP' })],
  },
  { name: 'a file is copied there', fires: true, severity: 'informational', records: [named('xcopy a.exe \\\\srv02\\admin$\\temp')] },
  { name: 'an ordinary share is connected', fires: false, records: [named('net use m: \\\\srv02\\projects')] },
  {
    name: 'the start menu of a profile that is kept on a server',
    fires: false,
    records: [sysmon(11, { Image: 'System', TargetFilename: 'D:\\Profiles\\alice\\Start Menu\\Programs\\Startup\\desktop.ini' })],
  },
  {
    name: 'an installer at the host',
    fires: false,
    records: [sysmon(11, { Image: 'C:\\Windows\\System32\\msiexec.exe', TargetFilename: 'C:\\Program Files\\Example\\agent.exe' })],
  },
];
