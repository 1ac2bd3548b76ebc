import { type Example, type ExampleRecord, otherChannel, security, subject, sysmon } from '../example.ts';

const DC = { computer: 'DC01.corp.example' };
const HOME = 'C:\\Windows\\NTDS\\ntds.dit';

function started(commandLine: string, program = 'C:\\Windows\\System32\\cmd.exe'): ExampleRecord {
  return security(4688, { ...subject('alice', 1300), NewProcessName: program, CommandLine: commandLine }, DC);
}

/** ESENT fills unnamed fields. */
function engine(eventId: number, process: string, path: string): ExampleRecord {
  const record = otherChannel('Application', eventId, { Data: process, Data2: '7148', Data3: '', Data4: '2', Data5: path }, DC);
  return { ...record, provider: 'ESENT' };
}

const NTDSUTIL = 'C:\\Windows\\System32\\ntdsutil.exe';

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
  { name: 'another database', fires: false, records: [engine(325, 'svchost', 'C:\\Windows\\System32\\dhcp\\dhcp.mdb')] },
  {
    name: 'the directory writes its file',
    fires: false,
    records: [sysmon(11, { Image: 'C:\\Windows\\system32\\lsass.exe', TargetFilename: HOME }, DC)],
  },
  { name: 'a list of the folder', fires: false, records: [started('cmd /c dir C:\\Windows\\NTDS')] },
];
