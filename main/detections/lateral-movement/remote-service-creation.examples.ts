import { type Example, type ExampleRecord, security, serviceControl, sid, subject, sysmon } from '../example.ts';

const AGENT = '"C:\\Program Files\\Example Agent\\agent.exe" -service';

function installed(image: string, more: { start?: string; userSid?: string; after?: number; name?: string } = {}): ExampleRecord {
  const { start = 'demand start', userSid = sid(1105), after = 0, name = 'helper' } = more;
  return serviceControl(
    7045,
    { ServiceName: name, ImagePath: image, ServiceType: 'user mode service', StartType: start, AccountName: 'LocalSystem' },
    { userSid, after },
  );
}

const pipe = (name: string, by: Record<string, string>, address = '10.0.0.66'): ExampleRecord =>
  security(5145, { ...by, ShareName: '\\\\*\\IPC$', RelativeTargetName: name, AccessMask: '0x12019f', IpAddress: address });
const networkLogon = security(4624, {
  TargetUserSid: sid(1105),
  TargetUserName: 'admin',
  TargetDomainName: 'CORP',
  TargetLogonId: '0x51a2f',
  LogonType: '3',
  IpAddress: '10.0.0.66',
});
function ran(command: string, image = 'C:\\Windows\\System32\\sc.exe'): ExampleRecord {
  return sysmon(1, { Image: image, CommandLine: command, ParentImage: 'C:\\Windows\\System32\\cmd.exe', User: 'CORP\\admin' });
}

const admin = subject('admin', 1105);

export const examples: readonly Example[] = [
  {
    name: 'a service that hands itself to a pipe',
    fires: true,
    severity: 'medium',
    records: [installed('cmd.exe /c echo qwe > \\\\.\\pipe\\qwe', { userSid: 'S-1-5-18' })],
  },
  {
    name: 'a shell as service, installed over the network',
    fires: true,
    severity: 'high',
    records: [pipe('svcctl', admin), installed('%COMSPEC% /Q /c whoami > C:\\out.txt', { after: 2 })],
  },
  { name: 'a program in the root of ADMIN$', fires: true, severity: 'medium', records: [installed('%SystemRoot%\\aBcDeFgH.exe')] },
  {
    name: 'an ordinary agent, installed over the network',
    fires: true,
    severity: 'low',
    records: [networkLogon, installed(AGENT, { start: 'auto start', after: 5 })],
  },
  {
    name: 'the same as the Security log has it',
    fires: true,
    severity: 'low',
    records: [
      networkLogon,
      security(
        4697,
        {
          ...admin,
          ServiceName: 'agent',
          ServiceFileName: AGENT,
          ServiceType: '0x10',
          ServiceStartType: '2',
          ServiceAccount: 'LocalSystem',
        },
        { after: 5 },
      ),
    ],
  },
  { name: 'only the pipe', fires: true, severity: 'low', records: [pipe('svcctl', admin)] },
  {
    name: 'Local System over the network',
    fires: true,
    severity: 'high',
    records: [pipe('svcctl', { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SRV01$', SubjectLogonId: '0x3e7' })],
  },
  {
    name: 'a shell whose parent is the service manager',
    fires: true,
    severity: 'medium',
    records: [
      sysmon(1, {
        Image: 'C:\\Windows\\System32\\cmd.exe',
        CommandLine: 'cmd.exe /c start calc',
        ParentImage: 'C:\\Windows\\System32\\services.exe',
      }),
    ],
  },
  {
    name: 'the registry value of such a service',
    fires: true,
    severity: 'medium',
    records: [
      sysmon(13, {
        TargetObject: 'HKLM\\System\\CurrentControlSet\\Services\\x\\ImagePath',
        Details: '%%COMSPEC%% /b /c powershell.exe -nop',
        Image: 'C:\\Windows\\system32\\services.exe',
      }),
    ],
  },
  { name: 'an installer at the host itself', fires: false, records: [installed(AGENT, { start: 'auto start' })] },
  {
    name: 'a driver that Windows installs',
    fires: false,
    records: [installed('\\SystemRoot\\System32\\drivers\\netx.sys', { userSid: 'S-1-5-18' })],
  },
  {
    name: 'a driver update of the virus scanner',
    fires: false,
    records: [installed('C:\\ProgramData\\Microsoft\\Windows Defender\\Definition Updates\\{1}\\MpKslDrv.sys', { userSid: 'S-1-5-18' })],
  },
  {
    name: 'a product that lies in the Windows directory and starts with the host',
    fires: false,
    records: [installed('C:\\Windows\\monitor64.exe', { start: 'auto start' })],
  },
  { name: 'the management server with its computer account', fires: false, records: [pipe('svcctl', subject('SCCM01$', 1220))] },
  { name: 'another pipe', fires: false, records: [pipe('srvsvc', admin)] },
  {
    name: 'a network logon of somebody else long before',
    fires: false,
    records: [
      networkLogon,
      installed(AGENT, { start: 'auto start', userSid: sid(1107), after: 5 }),
      installed(AGENT, { start: 'auto start', after: 900 }),
    ],
  },
  {
    name: 'a shell that a person started',
    fires: false,
    records: [
      security(4688, {
        ...admin,
        NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
        ParentProcessName: 'C:\\Windows\\explorer.exe',
        CommandLine: 'cmd.exe',
      }),
    ],
  },
  {
    name: 'a command in another registry value',
    fires: false,
    records: [
      sysmon(13, { TargetObject: 'HKLM\\SOFTWARE\\Example\\OnStart', Details: 'cmd.exe /c start calc', Image: 'C:\\Windows\\regedit.exe' }),
    ],
  },
  { name: 'the service manager at the host itself', fires: false, records: [pipe('svcctl', admin, '::1')] },
  {
    name: 'the host manages its services by its own name',
    fires: false,
    records: [
      security(4624, { TargetUserSid: sid(1001), TargetUserName: 'SRV01$', LogonType: '3', IpAddress: '10.0.0.11' }),
      pipe('svcctl', { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SRV01$', SubjectLogonId: '0x51a30' }, '10.0.0.11'),
    ],
  },
  {
    name: 'an ordinary service starts',
    fires: false,
    records: [
      sysmon(1, {
        Image: 'C:\\Windows\\System32\\svchost.exe',
        CommandLine: 'svchost.exe -k netsvcs',
        ParentImage: 'C:\\Windows\\System32\\services.exe',
      }),
    ],
  },
  {
    name: 'the sending side',
    fires: true,
    severity: 'low',
    records: [ran('sc.exe \\\\SRV02 create upd binPath= "C:\\Temp\\a.exe"')],
  },
  { name: 'a service of another host is asked for', fires: false, records: [ran('sc.exe \\\\SRV02 query upd')] },
  {
    name: 'a text about such a command',
    fires: false,
    records: [ran('echo \\\\SRV02 create upd binPath= a', 'C:\\Tools\\echo.exe')],
  },
];
