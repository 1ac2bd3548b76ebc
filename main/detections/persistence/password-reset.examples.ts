import { type Example, type ExampleRecord, repeated, security, sid, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);
const system = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'WS03$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };

function reset(name: string, rid: number, by: Record<string, string> = admin, after = 0, eventId = 4724): ExampleRecord {
  return security(eventId, { TargetUserName: name, TargetDomainName: 'CORP', TargetSid: sid(rid), ...by }, { computer: DC, after });
}

function command(CommandLine: string): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\net.exe', CommandLine, User: 'CORP\\admin' });
}

export const examples: readonly Example[] = [
  { name: 'a forgotten password', fires: true, severity: 'informational', records: [reset('bob', 1180)] },
  {
    name: 'many accounts at once',
    fires: true,
    severity: 'low',
    records: repeated(6, 5, (i, after) => reset(`u${i}`, 1180 + i, admin, after)),
  },
  { name: 'the built-in administrator', fires: true, severity: 'low', records: [reset('Administrator', 500)] },
  { name: 'a command', fires: true, severity: 'informational', records: [command('net user bob Winter2026! /domain')] },
  { name: 'a command enables an account', fires: false, records: [command('net user bob /active:yes')] },
  { name: 'a reset that was refused', fires: false, records: [reset('bob', 1180, { ...admin, Status: '0xc000006c' })] },
  { name: 'the host rotates its local administrator', fires: false, records: [reset('Administrator', 500, system)] },
  { name: 'its own password', fires: false, records: [reset('admin', 1105)] },
  { name: 'the owner changes the password', fires: false, records: [reset('bob', 1180, subject('bob', 1180), 0, 4723)] },
  { name: 'a computer resets it', fires: false, records: [reset('svc-web', 1181, subject('SRV01$', 1500))] },
];
