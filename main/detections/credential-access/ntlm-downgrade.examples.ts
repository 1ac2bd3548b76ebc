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
    name: 'hardening',
    fires: false,
    records: [audited('LmCompatibilityLevel', '3', '5'), set('LmCompatibilityLevel', 'DWORD (0x00000005)')],
  },
  { name: 'the same value written again', fires: false, records: [audited('RestrictSendingNTLMTraffic', '0', '0')] },
  { name: 'what Windows sets up itself', fires: false, records: [set('MSV1_0\\NtlmMinClientSec', 'DWORD (0x20000000)')] },
  { name: 'another value of the same key', fires: false, records: [set('LimitBlankPasswordUse', 'DWORD (0x00000000)')] },
];
