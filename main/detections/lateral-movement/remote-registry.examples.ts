import { type Example, type ExampleRecord, security, subject, sysmon } from '../example.ts';

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

function ran(command: string, image = 'C:\\Windows\\System32\\reg.exe'): ExampleRecord {
  return sysmon(1, { Image: image, CommandLine: command, User: 'CORP\\admin', ParentImage: 'C:\\Windows\\System32\\cmd.exe' });
}

export const examples: readonly Example[] = [
  { name: 'the registry of another host', fires: true, severity: 'low', records: [access({})] },
  { name: 'several times in a row', fires: true, severity: 'low', records: [access({}), access({ after: 5 }), access({ after: 9 })] },
  { name: 'a computer', fires: false, records: [access({ by: subject('WS03$', 1201) })] },
  { name: 'the host itself', fires: false, records: [access({ address: '127.0.0.1' })] },
  { name: 'another pipe', fires: false, records: [access({ name: 'srvsvc' })] },
  { name: 'a file of that name', fires: false, records: [access({ share: '\\\\*\\Projects' })] },
  { name: 'the command of the registry', fires: true, severity: 'low', records: [ran('reg query \\\\SRV02\\HKLM\\SAM')] },
  { name: 'the registry of the own host', fires: false, records: [ran('reg query HKLM\\SOFTWARE')] },
  { name: 'a copy from a folder', fires: false, records: [ran('xcopy \\\\SRV02\\hk-export c:\\x', 'C:\\Windows\\System32\\xcopy.exe')] },
];
