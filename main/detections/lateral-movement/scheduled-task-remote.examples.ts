import { type Example, type ExampleRecord, security, sid, subject, sysmon } from '../example.ts';

const SHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

function loaded(image: string, library = 'taskschd.dll'): ExampleRecord {
  return sysmon(7, { ProcessGuid: '{1}', Image: image, ImageLoaded: `C:\\Windows\\System32\\${library}` });
}

function reached(image: string, port: string, more: Record<string, string> = {}): ExampleRecord {
  const way = { SourceIp: '10.0.0.21', DestinationIp: '10.0.0.30', DestinationHostname: 'SRV09', DestinationPort: port };
  return sysmon(3, { ProcessGuid: '{1}', Image: image, Initiated: 'true', User: 'CORP\\bob', ...way, ...more }, { after: 8 });
}

const admin = subject('admin', 1105);
const task = (command: string, argument = ''): string =>
  `<Task><Actions><Exec><Command>${command}</Command><Arguments>${argument}</Arguments></Exec></Actions></Task>`;

function logon(type: string): ExampleRecord {
  return security(4624, {
    TargetUserSid: sid(1105),
    TargetUserName: 'admin',
    TargetDomainName: 'CORP',
    TargetLogonId: '0x51a2f',
    LogonType: type,
    IpAddress: type === '3' ? '10.0.0.66' : '127.0.0.1',
  });
}

function created(content: string, by: Record<string, string> = admin, more: Record<string, string> = {}): ExampleRecord {
  return security(4698, { ...by, TaskName: '\\Update', TaskContent: content, ...more }, { after: 5 });
}

const pipe = (by: Record<string, string>, name = 'atsvc', from = '10.0.0.66'): ExampleRecord =>
  security(5145, { ...by, ShareName: '\\\\*\\IPC$', RelativeTargetName: name, AccessMask: '0x12019f', IpAddress: from });

function ran(command: string, image = 'C:\\Windows\\System32\\schtasks.exe'): ExampleRecord {
  return sysmon(1, { Image: image, CommandLine: command, User: 'CORP\\admin', ParentImage: 'C:\\Windows\\System32\\cmd.exe' });
}

export const examples: readonly Example[] = [
  {
    name: 'a shell as task, from a network session',
    fires: true,
    severity: 'high',
    records: [logon('3'), created(task('cmd.exe', '/c whoami > out.txt'))],
  },
  {
    name: 'an ordinary program, from a network session',
    fires: true,
    severity: 'medium',
    records: [logon('3'), created(task('C:\\Program Files\\Example\\backup.exe'))],
  },
  {
    name: 'the record itself says that the client was remote',
    fires: true,
    severity: 'medium',
    records: [created(task('C:\\Program Files\\Example\\backup.exe'), admin, { RpcCallClientLocality: '2' })],
  },
  { name: 'only the pipe', fires: true, severity: 'low', records: [pipe(admin)] },
  { name: 'somebody at the host', fires: false, records: [logon('2'), created(task('cmd.exe', '/c backup.cmd'))] },
  {
    name: 'an installer as Local System',
    fires: false,
    records: [
      created(task('C:\\Program Files\\Example\\update.exe'), {
        SubjectUserSid: 'S-1-5-18',
        SubjectUserName: 'SRV01$',
        SubjectLogonId: '0x3e7',
      }),
    ],
  },
  { name: 'the management server with its computer account', fires: false, records: [pipe(subject('SCCM01$', 1220))] },
  { name: 'a session that was never seen', fires: false, records: [created(task('cmd.exe'), subject('admin', 1105, '0x9999'))] },
  {
    name: 'one command as task, gone at once',
    fires: true,
    severity: 'medium',
    records: [
      created(task('cmd.exe', '/C whoami &gt; %windir%\\Temp\\x.tmp 2&gt;&amp;1')),
      security(4699, { ...admin, TaskName: '\\Update' }, { after: 9 }),
    ],
  },
  { name: 'an old task is removed', fires: false, records: [security(4699, { ...admin, TaskName: '\\Old' })] },
  {
    name: 'a script asks for the scheduler of another host',
    fires: true,
    severity: 'medium',
    records: [loaded(SHELL), reached(SHELL, '135')],
  },
  { name: 'a script reads the tasks of its own host', fires: false, records: [loaded(SHELL), reached(SHELL, '443')] },
  {
    name: 'a management console',
    fires: false,
    records: [loaded('C:\\Windows\\System32\\mmc.exe'), reached('C:\\Windows\\System32\\mmc.exe', '135')],
  },
  {
    name: 'the sending side',
    fires: true,
    severity: 'low',
    records: [ran('schtasks /create /s SRV02 /tn upd /tr a.exe /sc once /st 00:00')],
  },
  { name: 'the tasks of another host are listed', fires: false, records: [ran('schtasks /query /s SRV02')] },
  { name: 'a task of the own host', fires: false, records: [ran('schtasks.exe /create /s SRV01 /tn upd /tr a.exe')] },
  { name: 'another program with such switches', fires: false, records: [ran('backup /create /s SRV02', 'C:\\Backup\\backup.exe')] },
  { name: 'another pipe', fires: false, records: [pipe(admin, 'srvsvc')] },
  { name: 'the host itself opens the pipe', fires: false, records: [pipe(admin, 'atsvc', '::1')] },
  {
    name: 'a script that reads a performance counter of another host',
    fires: false,
    records: [loaded(SHELL, 'pdh.dll'), reached(SHELL, '135')],
  },
  { name: 'a script that is reached', fires: false, records: [loaded(SHELL), reached(SHELL, '135', { Initiated: 'false' })] },
  {
    name: 'a script that asks its own host',
    fires: false,
    records: [loaded(SHELL), reached(SHELL, '135', { DestinationIp: '10.0.0.21' })],
  },
];
