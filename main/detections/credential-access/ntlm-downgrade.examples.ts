import { type Example, type ExampleRecord, security, subject, sysmon } from '../example.ts';

const LSA = '\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Control\\Lsa';

function audited(name: string, before: string, now: string, after = 0, who = subject('alice', 1104)): ExampleRecord {
  const process = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
  const key = name.startsWith('Lm') ? LSA : `${LSA}\\MSV1_0`;
  const value = { ObjectName: key, ObjectValueName: name, OldValue: before, NewValue: now };
  return security(4657, { ...who, ...value, OldValueType: '%%1876', NewValueType: '%%1876', ProcessName: process }, { after });
}

function set(name: string, details: string, image = 'C:\\Windows\\regedit.exe', after = 0): ExampleRecord {
  const target = `HKLM\\System\\CurrentControlSet\\Control\\Lsa\\${name}`;
  return sysmon(13, { EventType: 'SetValue', TargetObject: target, Details: details, Image: image, User: 'CORP\\alice' }, { after });
}

const started = (CommandLine: string): ExampleRecord =>
  sysmon(1, { Image: 'C:\\Windows\\System32\\reg.exe', CommandLine, User: 'CORP\\alice' });
const SYSTEM = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SRV01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };

export const examples: readonly Example[] = [
  {
    name: 'two settings lowered and set back',
    fires: true,
    severity: 'high',
    records: [
      audited('NtlmMinClientSec', '537395200', '536870912'),
      audited('RestrictSendingNTLMTraffic', '2', '0', 1),
      audited('NtlmMinClientSec', '536870912', '537395200', 2),
    ],
  },
  { name: 'the level lowered to LM', fires: true, severity: 'medium', records: [set('LmCompatibilityLevel', 'DWORD (0x00000000)')] },
  {
    name: 'one setting by a program',
    fires: true,
    severity: 'low',
    records: [set('MSV1_0\\RestrictSendingNTLMTraffic', 'DWORD (0x00000000)')],
  },
  {
    name: 'policy makes room for an old device',
    fires: true,
    severity: 'informational',
    records: [audited('LmCompatibilityLevel', '5', '2', 0, SYSTEM)],
  },
  {
    name: 'the level lowered by a command',
    fires: true,
    severity: 'medium',
    steps: ['by-a-command'],
    records: [started('reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v LmCompatibilityLevel /t REG_DWORD /d 2 /f')],
  },
  {
    name: 'the level raised by a command',
    fires: false,
    records: [started('reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v LmCompatibilityLevel /t REG_DWORD /d 5 /f')],
  },
  {
    name: 'hardening',
    fires: false,
    records: [audited('LmCompatibilityLevel', '3', '5'), set('LmCompatibilityLevel', 'DWORD (0x00000005)')],
  },
  { name: 'the same value written again', fires: false, records: [audited('RestrictSendingNTLMTraffic', '0', '0')] },
  { name: 'what Windows sets up itself', fires: false, records: [set('MSV1_0\\NtlmMinClientSec', 'DWORD (0x20000000)')] },
  {
    name: 'a product keeps a value of the same name',
    fires: false,
    records: [
      sysmon(13, {
        ...set('LmCompatibilityLevel', 'DWORD (0x00000000)').fields,
        TargetObject: 'HKLM\\SOFTWARE\\Product\\LmCompatibilityLevel',
      }),
    ],
  },
  { name: 'a value that is no number', fires: false, records: [set('MSV1_0\\NtlmMinClientSec', 'Binary Data')] },
  { name: 'another value of the same key', fires: false, records: [set('LimitBlankPasswordUse', 'DWORD (0x00000000)')] },
];
