import { type Example, type ExampleRecord, security, sid, sysmon } from '../example.ts';

type Ticket = { client?: string; realm?: string; status?: string };

function ticket({ client = 'svc-app', realm = 'CORP.EXAMPLE', status = '0x0' }: Ticket): ExampleRecord {
  const who = { TargetUserName: `${client}@${realm}`, TargetDomainName: realm };
  const what = { ServiceName: 'DC01$', ServiceSid: sid(1000), TicketOptions: '0x40810000', TicketEncryptionType: '0x12' };
  return security(4769, { ...who, ...what, Status: status, IpAddress: '::ffff:10.0.0.21' }, { computer: 'DC01.corp.example' });
}

function logon(domain: string, by = 'Kerberos', type = '3', name = 'Administrator', process = by): ExampleRecord {
  const who = { TargetUserSid: sid(500), TargetUserName: name, TargetDomainName: domain, TargetLogonId: '0x9a1b2' };
  return security(4624, { ...who, LogonType: type, LogonProcessName: process, AuthenticationPackageName: by, IpAddress: '10.0.0.21' });
}

const run = (CommandLine: string): ExampleRecord => sysmon(1, { Image: 'C:\\t\\a.exe', CommandLine, User: 'CORP\\alice' });

export const examples: readonly Example[] = [
  {
    name: 'a ticket with the domain in small letters',
    fires: true,
    severity: 'high',
    steps: ['typed-domain'],
    records: [ticket({ realm: 'corp.example' })],
  },
  { name: 'a logon with such a ticket', fires: true, severity: 'high', steps: ['typed-domain'], records: [logon('corp.example')] },
  { name: 'a domain that cannot be', fires: true, severity: 'high', steps: ['impossible-domain'], records: [logon('made by me :)')] },
  { name: 'a ticket of such a domain', fires: true, steps: ['impossible-domain'], records: [ticket({ realm: '<3 you' })] },
  {
    name: 'a ticket is made by command',
    fires: true,
    severity: 'high',
    records: [run('a.exe "kerberos::golden /domain:corp.example /sid:S-1-5-21-1"')],
  },
  { name: 'a golden master is copied', fires: false, records: [run('robocopy D:\\golden E:\\golden /mir')] },
  { name: 'a web server logs somebody on as told', fires: false, records: [logon('corp.example', 'Kerberos', '3', 'alice', 'C')] },
  {
    name: 'an NTLM logon in an export without the logon process',
    fires: false,
    records: [logon('corp.example', 'NTLM', '3', 'alice', '')],
  },
  { name: 'a scheduled task as typed', fires: false, records: [logon('corp.example', 'Kerberos', '4')] },
  { name: 'a domain as controllers write it', fires: false, records: [ticket({}), logon('CORP.EXAMPLE'), logon('CORP')] },
  {
    name: 'an interactive or NTLM logon as typed',
    fires: false,
    records: [logon('corp.example', 'Negotiate', '2'), logon('corp.example', 'NTLM')],
  },
  { name: 'a short name in small letters', fires: false, records: [logon('corp')] },
  { name: 'a computer', fires: false, records: [ticket({ client: 'WS01$', realm: 'corp.example' })] },
  { name: 'a refused request', fires: false, records: [ticket({ realm: 'corp.example', status: '0x1f' })] },
];
