import { type Example, type ExampleRecord, otherChannel, repeated, security, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const COMPUTER = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'DC01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };

function secret(name: string, who = subject('alice', 1300)): ExampleRecord {
  const fields = { ObjectServer: 'LSA', ObjectType: 'SecretObject', ObjectName: name, AccessMask: '0x2' };
  return security(4662, { ...who, ...fields }, { computer: DC });
}

function pipe(name: string, who = subject('alice', 1300), share = '\\\\*\\IPC$'): ExampleRecord {
  const fields = { ObjectType: 'File', ShareName: share, RelativeTargetName: name, AccessMask: '0x12019f', IpAddress: '10.0.0.21' };
  return security(5145, { ...who, ...fields }, { computer: DC });
}

function roamed(index: number, after: number, mask = '0x100', key = '{b3f93023-9239-4f7c-b99c-6745d87adbc2}'): ExampleRecord {
  const fields = {
    ObjectServer: 'DS',
    ObjectType: '%{bf967aba-0de6-11d0-a285-00aa003049e2}',
    ObjectName: `%{00000000-0000-4000-8000-00000000000${index}}`,
    AccessMask: mask,
    Properties: `%%7688\r\n\t\t{91e647de-d96f-4b70-9557-d63ff4f3ccd8}\r\n\t\t\t${key}`,
  };
  return security(4662, { ...subject('alice', 1300), ...fields }, { computer: DC, after });
}

const KEY = 'Policy\\Secrets\\G$BCKUPKEY_PREFERRED';

export const examples: readonly Example[] = [
  { name: 'the secret is read', fires: true, severity: 'high', records: [secret(KEY)] },
  {
    name: 'a command for it',
    fires: true,
    severity: 'high',
    records: [
      security(4688, { ...subject('alice', 1300), NewProcessName: 'C:\\t\\m.exe', CommandLine: 'm.exe "lsadump::backupkeys /export"' }),
    ],
  },
  { name: 'roamed keys of many users', fires: true, severity: 'medium', records: repeated(4, 1, (i, after) => roamed(i, after)) },
  { name: 'a user reaches the service', fires: true, severity: 'informational', records: [pipe('protected_storage')] },
  { name: 'the domain controller reads its own key', fires: false, records: [secret(KEY, COMPUTER)] },
  { name: 'another secret', fires: false, records: [secret('Policy\\Secrets\\$MACHINE.ACC')] },
  { name: 'another pipe', fires: false, records: [pipe('lsarpc')] },
  { name: 'a computer reaches the service', fires: false, records: [pipe('protected_storage', subject('WS03$', 1400))] },
  {
    name: 'a script for it',
    fires: true,
    severity: 'high',
    steps: ['key-command'],
    records: [
      otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, {
        ScriptBlockText: 'Get-LsaBackupKey -ComputerName DC01 | Save-DPAPIBlob',
      }),
    ],
  },
  { name: 'keys of two users', fires: false, records: [roamed(1, 0), roamed(2, 1)] },
  { name: 'roamed keys are listed, not read', fires: false, records: repeated(4, 1, (i, after) => roamed(i, after, '0x10')) },
  {
    name: 'passwords of users are reset',
    fires: false,
    records: repeated(4, 1, (i, after) => roamed(i, after, '0x100', '{00299570-246d-11d0-a768-00aa006e0529}')),
  },
  { name: 'a file of the same name', fires: false, records: [pipe('protected_storage', undefined, '\\\\*\\data')] },
  {
    name: 'a certification authority is backed up',
    fires: false,
    records: [
      security(4688, {
        ...subject('alice', 1300),
        NewProcessName: 'C:\\Windows\\System32\\certutil.exe',
        CommandLine: 'certutil -backupKey D:\\b',
      }),
    ],
  },
];
