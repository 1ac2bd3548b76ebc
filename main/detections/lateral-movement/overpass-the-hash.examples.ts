import { type Example, type ExampleRecord, security, sid, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';

type Request = { name?: string; type?: string; options?: string; preauth?: string; status?: string; after?: number };

function request({
  name = 'alice',
  type = '0x17',
  options = '0x40800010',
  preauth = '2',
  status = '0x0',
  after = 0,
}: Request = {}): ExampleRecord {
  const who = { TargetUserName: name, TargetDomainName: 'corp.example', TargetSid: sid(1104) };
  const ticket = { TicketOptions: options, TicketEncryptionType: type, PreAuthType: preauth, Status: status };
  const service = { ServiceName: 'krbtgt', ServiceSid: sid(502) };
  return security(4768, { ...who, ...ticket, ...service, IpAddress: '::ffff:10.0.0.21', IpPort: '50111' }, { computer: DC, after });
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
];
