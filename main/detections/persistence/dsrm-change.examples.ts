import { type Example, type ExampleRecord, security, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';
const LSA = 'HKLM\\System\\CurrentControlSet\\Control\\Lsa';

function set(Status: string, eventId = 4794): ExampleRecord {
  return security(eventId, { ...subject('admin', 1105), Workstation: 'DC01', Status }, { computer: DC });
}

function registry(name: string, value: number): ExampleRecord {
  const fields = { EventType: 'SetValue', Image: 'C:\\Windows\\system32\\reg.exe', TargetObject: `${LSA}\\${name}` };
  return sysmon(13, { ...fields, Details: `DWORD (0x0000000${value})` }, { computer: DC });
}

function command(CommandLine: string): ExampleRecord {
  return security(4688, { ...subject('admin', 1105), NewProcessName: 'C:\\Windows\\System32\\reg.exe', CommandLine }, { computer: DC });
}

function audited(ObjectValueName: string, NewValue: string): ExampleRecord {
  const fields = { ObjectName: '\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Control\\Lsa', ObjectValueName, NewValue };
  return security(4657, { ...subject('admin', 1105), ...fields, ProcessName: 'C:\\Windows\\System32\\reg.exe' }, { computer: DC });
}

export const examples: readonly Example[] = [
  { name: 'the password is set', fires: true, severity: 'medium', records: [set('0x0')] },
  { name: 'the attempt fails', fires: true, severity: 'low', records: [set('0xc0000022')] },
  { name: 'the account is let in', fires: true, severity: 'high', records: [registry('DsrmAdminLogonBehavior', 2)] },
  {
    name: 'the account is let in, as Security logs record it',
    fires: true,
    severity: 'high',
    records: [audited('DsrmAdminLogonBehavior', '2')],
  },
  {
    name: 'the account is let in by a command',
    fires: true,
    severity: 'high',
    records: [command('reg add HKLM\\System\\CurrentControlSet\\Control\\Lsa /v DsrmAdminLogonBehavior /t REG_DWORD /d 2 /f')],
  },
  {
    name: 'a command asks for the setting',
    fires: false,
    records: [command('reg query HKLM\\System\\CurrentControlSet\\Control\\Lsa /v DsrmAdminLogonBehavior')],
  },
  { name: 'the account is shut out', fires: false, records: [registry('DsrmAdminLogonBehavior', 0)] },
  { name: 'another setting of Lsa', fires: false, records: [registry('LmCompatibilityLevel', 2)] },
  { name: 'another password', fires: false, records: [set('0x0', 4724)] },
];
