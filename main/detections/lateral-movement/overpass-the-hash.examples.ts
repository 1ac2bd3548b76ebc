import { type Example, type ExampleRecord, otherChannel, security, sid, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';

type Request = { name?: string; type?: string; options?: string; preauth?: string; status?: string; after?: number; address?: string };

function request({
  name = 'alice',
  type = '0x17',
  options = '0x40800010',
  preauth = '2',
  status = '0x0',
  after = 0,
  address = '::ffff:10.0.0.21',
}: Request = {}): ExampleRecord {
  const who = { TargetUserName: name, TargetDomainName: 'corp.example', TargetSid: sid(1104) };
  const ticket = { TicketOptions: options, TicketEncryptionType: type, PreAuthType: preauth, Status: status };
  const service = { ServiceName: 'krbtgt', ServiceSid: sid(502) };
  return security(4768, { ...who, ...ticket, ...service, IpAddress: address, IpPort: '50111' }, { computer: DC, after });
}

function logon(type: string, process: string): ExampleRecord {
  const who = { TargetUserSid: sid(1105), TargetUserName: 'bob', TargetDomainName: 'CORP', TargetLogonId: '0x77aa1' };
  return security(4624, { ...who, LogonType: type, LogonProcessName: process, IpAddress: '::1' }, { computer: DC, after: 5 });
}

function started(commandLine: string): ExampleRecord {
  return security(4688, { ...subject('bob', 1105), NewProcessName: 'C:\\Users\\bob\\tool.exe', CommandLine: commandLine });
}

export const examples: readonly Example[] = [
  { name: 'RC4 with options of other software', fires: true, severity: 'medium', records: [request()] },
  {
    name: 'a hash on a command line',
    fires: true,
    severity: 'high',
    records: [started('tool.exe asktgt /user:alice /rc4:0123456789abcdef0123456789abcdef /ptt')],
  },
  {
    name: 'the same as Sysmon saw it',
    fires: true,
    severity: 'high',
    records: [
      sysmon(1, {
        Image: 'C:\\Temp\\m.exe',
        CommandLine: 'm.exe "sekurlsa::pth /user:alice /domain:corp /ntlm:00"',
        User: 'CORP\\bob',
      }),
    ],
  },
  { name: 'RC4 by an old Windows client', fires: false, records: [request({ options: '0x40810010' })] },
  { name: 'AES by other software', fires: false, records: [request({ type: '0x12' })] },
  { name: 'no preauthentication', fires: false, records: [request({ preauth: '0' })] },
  { name: 'a computer', fires: false, records: [request({ name: 'NAS01$' })] },
  { name: 'a refused request', fires: false, records: [request({ status: '0x18', type: '0xffffffff' })] },
  { name: 'an ordinary command', fires: false, records: [started('klist.exe tgt'), started('runas /netonly /user:corp\\admin mmc.exe')] },
  {
    name: 'a session with other credentials on the host that asks',
    fires: true,
    severity: 'medium',
    steps: ['ticket-with-hash', 'new-credentials'],
    records: [request({ address: '::1' }), logon('9', 'seclogo')],
  },
  {
    name: 'a program started as another account',
    fires: true,
    steps: ['ticket-with-hash'],
    records: [request({ address: '::1' }), logon('2', 'seclogo')],
  },
  {
    name: 'other credentials of a service host',
    fires: true,
    steps: ['ticket-with-hash'],
    records: [request({ address: '::1' }), logon('9', 'Advapi')],
  },
  {
    name: 'by a script',
    fires: true,
    severity: 'high',
    records: [
      otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, {
        ScriptBlockText: 'Invoke-Rubeus -Command "asktgt /user:alice /aes256:00 /ptt"',
      }),
    ],
  },
];
