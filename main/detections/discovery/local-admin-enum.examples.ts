import { type Example, type ExampleRecord, security, subject } from '../example.ts';

type Read = { program?: string; group?: string; who?: Record<string, string>; computer?: string; after?: number };

function read({ program = 'C:\\Windows\\System32\\net1.exe', group = 'S-1-5-32-544', who, computer, after = 0 }: Read = {}): ExampleRecord {
  const fields = { TargetUserName: 'Administrators', TargetDomainName: 'Builtin', TargetSid: group, ...(who ?? subject('alice', 1105)) };
  const place = computer === undefined ? { after } : { after, computer };
  return security(4799, { ...fields, CallerProcessId: '0x5c0', CallerProcessName: program }, place);
}

const LOCAL_SYSTEM = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SRV01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };

export const examples: readonly Example[] = [
  { name: 'at a prompt', fires: true, severity: 'informational', steps: ['by-program'], records: [read()] },
  {
    name: 'over the network, of several hosts',
    fires: true,
    steps: ['from-afar'],
    severity: 'informational',
    records: [read({ program: '-' }), read({ program: '-', computer: 'SRV02.corp.example', after: 3 })],
  },
  {
    name: 'by a program in a user folder',
    fires: true,
    severity: 'informational',
    records: [read({ program: 'C:\\Users\\alice\\a.exe' })],
  },
  { name: 'by a service of Windows', fires: false, records: [read({ program: 'C:\\Windows\\System32\\svchost.exe', who: LOCAL_SYSTEM })] },
  { name: 'by a console', fires: false, records: [read({ program: 'C:\\Windows\\System32\\mmc.exe' })] },
  { name: 'an export without the program', fires: false, records: [read({ program: '' })] },
  { name: 'another group', fires: false, records: [read({ group: 'S-1-5-32-551' })] },
  { name: 'by a computer', fires: false, records: [read({ program: '-', who: subject('MGMT01$', 1200) })] },
];
