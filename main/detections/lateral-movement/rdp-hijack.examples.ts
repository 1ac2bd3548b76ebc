import { type Example, type ExampleRecord, security, serviceControl, subject, sysmon } from '../example.ts';

const TSCON = 'C:\\Windows\\System32\\tscon.exe';
const system = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SRV01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };

function run(by: Record<string, string>, command: string, image = TSCON): ExampleRecord {
  return security(4688, { ...by, NewProcessName: image, CommandLine: command, TargetUserName: '-', TargetDomainName: '-' });
}

export const examples: readonly Example[] = [
  { name: 'taken by Local System', fires: true, severity: 'high', records: [run(system, 'tscon 2 /dest:rdp-tcp#5')] },
  {
    name: 'through a service',
    fires: true,
    severity: 'high',
    records: [serviceControl(7045, { ServiceName: 'move', ImagePath: 'cmd.exe /k tscon 3 /dest:rdp-tcp#1', StartType: 'demand start' })],
  },
  {
    name: 'the service is being made',
    fires: true,
    severity: 'high',
    records: [run(subject('alice', 1104), 'sc create move binpath= "cmd.exe /k tscon 2 /dest rdp-tcp#5"', 'C:\\Windows\\System32\\sc.exe')],
  },
  { name: 'an unattended host', fires: true, severity: 'low', records: [run(system, 'tscon 1 /dest:console')] },
  { name: 'a user moves an own session', fires: false, records: [run(subject('alice', 1104), 'tscon 2 /dest:console')] },
  {
    name: 'a user with a password',
    fires: false,
    records: [sysmon(1, { Image: TSCON, CommandLine: 'tscon 2 /dest:rdp-tcp#5 /password:*', User: 'CORP\\alice', LogonId: '0x51a2f' })],
  },
  { name: 'a list of sessions', fires: false, records: [run(system, 'query session', 'C:\\Windows\\System32\\query.exe')] },
  {
    name: 'an ordinary service',
    fires: false,
    records: [serviceControl(7045, { ServiceName: 'backup', ImagePath: 'C:\\Program Files\\Backup\\agent.exe', StartType: 'auto start' })],
  },
];
