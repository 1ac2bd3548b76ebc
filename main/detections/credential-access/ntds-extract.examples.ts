import { type Example, type ExampleRecord, otherChannel, security, subject, sysmon } from '../example.ts';

const DC = { computer: 'DC01.corp.example' };
const HOME = 'C:\\Windows\\NTDS\\ntds.dit';

function started(commandLine: string, program = 'C:\\Windows\\System32\\cmd.exe'): ExampleRecord {
  return security(4688, { ...subject('alice', 1300), NewProcessName: program, CommandLine: commandLine }, DC);
}

/** ESENT fills unnamed fields. */
function engine(eventId: number, process: string, path: string, after = 0): ExampleRecord {
  const fields = { Data: process, Data2: '7148', Data3: '', Data4: '2', Data5: path };
  const record = otherChannel('Application', eventId, fields, { ...DC, after });
  return { ...record, provider: 'ESENT' };
}

const NTDSUTIL = 'C:\\Windows\\System32\\ntdsutil.exe';

function fetched(who: Record<string, string>, RelativeTargetName = 'Temp\\Active Directory\\ntds.dit'): ExampleRecord {
  return security(5145, { ...who, ObjectType: 'File', ShareName: '\\\\*\\C$', RelativeTargetName, IpAddress: '10.0.0.21' }, DC);
}

export const examples: readonly Example[] = [
  {
    name: 'installation media',
    fires: true,
    severity: 'high',
    records: [started('ntdsutil "activate instance ntds" ifm "create full c:\\t" quit quit', NTDSUTIL)],
  },
  {
    name: 'copied out of a shadow copy',
    fires: true,
    severity: 'high',
    records: [started('cmd /c copy \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy2\\Windows\\NTDS\\ntds.dit C:\\t\\n')],
  },
  {
    name: 'the engine creates it elsewhere',
    fires: true,
    severity: 'high',
    records: [engine(325, 'NTDS', 'c:\\t\\Active Directory\\ntds.dit')],
  },
  {
    name: 'a program writes the file',
    fires: true,
    severity: 'high',
    records: [sysmon(11, { Image: NTDSUTIL, TargetFilename: 'C:\\t\\Active Directory\\ntds.dit' }, DC)],
  },
  { name: 'the tool without commands', fires: true, severity: 'informational', records: [started('ntdsutil  ', NTDSUTIL)] },
  {
    name: 'a snapshot is opened',
    fires: true,
    severity: 'low',
    records: [engine(327, 'NTDS', 'C:\\$SNAP_1_VOLUMEC$\\Windows\\NTDS\\ntds.dit')],
  },
  {
    name: 'a backup of the running directory',
    fires: false,
    records: [
      { ...engine(216, 'lsass', '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy5\\Windows\\NTDS\\ntds.dit') },
      engine(327, 'lsass', HOME),
    ],
  },
  { name: 'the directory starts', fires: false, records: [engine(326, 'lsass', 'D:\\NTDS\\ntds.dit')] },
  {
    name: 'a copy is fetched through a share',
    fires: true,
    severity: 'high',
    steps: ['fetched'],
    records: [fetched(subject('alice', 1300))],
  },
  { name: 'a backup server fetches it', fires: false, records: [fetched(subject('BACKUP01$', 1310))] },
  { name: 'another file is fetched', fires: false, records: [fetched(subject('alice', 1300), 'Windows\\NTDS\\edb.log')] },
  {
    name: 'a copy is taken apart',
    fires: true,
    severity: 'high',
    steps: ['copy-command'],
    records: [started('python secretsdump.py -system c:\\t\\s.hive -ntds c:\\t\\n.dit LOCAL', 'C:\\Python39\\python.exe')],
  },
  {
    name: 'installation media, seen by the engine after the snapshot was mounted',
    fires: true,
    severity: 'high',
    steps: ['database-written'],
    records: [engine(325, 'NTDS', 'c:\\t\\ntds.dit'), engine(216, 'lsass', 'C:\\Windows\\System32\\dhcp\\dhcp.mdb', 1)],
  },
  {
    name: 'a log of the directory is written',
    fires: false,
    records: [sysmon(11, { Image: NTDSUTIL, TargetFilename: 'C:\\t\\Active Directory\\edb.chk' }, DC)],
  },
  { name: 'another database', fires: false, records: [engine(325, 'svchost', 'C:\\Windows\\System32\\dhcp\\dhcp.mdb')] },
  {
    name: 'the directory writes its file',
    fires: false,
    records: [sysmon(11, { Image: 'C:\\Windows\\system32\\lsass.exe', TargetFilename: HOME }, DC)],
  },
  { name: 'a list of the folder', fires: false, records: [started('cmd /c dir C:\\Windows\\NTDS')] },
];
