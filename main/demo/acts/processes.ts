import { createHash } from 'node:crypto';
import { formatMoment, type Micros } from '../../../shared/model/time.ts';
import { DOMAIN } from '../company.table.ts';
import type { Host } from '../company.ts';
import type { Scene } from '../scene.ts';
import { LOCAL_SYSTEM, type Session, type Subject, subjectOf, systemSubject } from './logons.ts';

/** Integrity levels as SIDs ([MS-DTYP] 2.4.2.4). */
const MEDIUM = 'S-1-16-8192';
const HIGH = 'S-1-16-12288';
const SYSTEM_LEVEL = 'S-1-16-16384';
const NULL_SID = 'S-1-0-0';

export type Process = {
  readonly host: Host;
  /** Null for Local System. */
  readonly session: Session | null;
  readonly id: number;
  readonly guid: string;
  readonly image: string;
  readonly command: string;
};

const SYSTEM32 = 'C:\\Windows\\System32';

/** A process that ran before the logs begin: nothing is recorded of it. */
export function olderProcess(scene: Scene, host: Host, session: Session | null, image: string): Process {
  return { host, session, id: scene.random.between(200, 3000) * 4, guid: scene.random.guid(), image, command: image };
}

/** `services.exe`, the parent of what runs as a service. */
export function serviceControl(scene: Scene, host: Host): Process {
  return olderProcess(scene, host, null, `${SYSTEM32}\\services.exe`);
}

/** 4688 and Sysmon 1. */
export function startProcess(scene: Scene, at: Micros, parent: Process, image: string, command = image, session = parent.session): Process {
  const { host } = parent;
  const started: Process = { host, session, id: scene.random.between(900, 6000) * 4, guid: scene.random.guid(), image, command };
  const isElevated = session?.account.isElevated ?? true;
  const subject: Subject = session === null ? systemSubject(host) : subjectOf(session);
  scene.record(host, 'processCreated', at, {
    ...subject,
    NewProcessId: started.id,
    NewProcessName: image,
    TokenElevationType: session === null ? '%%1936' : isElevated ? '%%1937' : '%%1938',
    ProcessId: parent.id,
    CommandLine: command,
    TargetUserSid: NULL_SID,
    TargetLogonId: 0,
    ParentProcessName: parent.image,
    MandatoryLabel: session === null ? SYSTEM_LEVEL : isElevated ? HIGH : MEDIUM,
  });
  const name = image.slice(image.lastIndexOf('\\') + 1);
  const sum = (method: string): string => createHash(method).update(image).digest('hex').toUpperCase();
  if (scene.isCollected(host, SYSMON))
    sysmon(scene, at + 1_500, started, 'sysmonProcess', {
      FileVersion: image.startsWith(SYSTEM32) ? '10.0.22621.1 (WinBuild.160101.0800)' : '-',
      OriginalFileName: name,
      CommandLine: command,
      CurrentDirectory: session === null ? `${SYSTEM32}\\` : `C:\\Users\\${session.account.name}\\`,
      LogonGuid: scene.random.guid(),
      LogonId: session?.logonId ?? 0x3e7,
      TerminalSessionId: session === null ? 0 : 1,
      IntegrityLevel: session === null ? 'System' : isElevated ? 'High' : 'Medium',
      Hashes: `MD5=${sum('md5')},SHA256=${sum('sha256')},IMPHASH=${sum('md5').split('').reverse().join('')}`,
      ParentProcessGuid: parent.guid,
      ParentProcessId: parent.id,
      ParentImage: parent.image,
      ParentCommandLine: parent.command,
      ParentUser: userOf(parent),
    });
  return started;
}

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';

function userOf(process: Process): string {
  return process.session === null ? 'NT AUTHORITY\\SYSTEM' : `${DOMAIN.netbios}\\${process.session.account.name}`;
}

type Fields = Readonly<Record<string, string | number>>;

function sysmon(
  scene: Scene,
  at: Micros,
  process: Process,
  name: 'sysmonProcess' | 'sysmonConnection' | 'sysmonFile',
  fields: Fields,
): void {
  const common = { UtcTime: utc(at), ProcessGuid: process.guid, ProcessId: process.id, Image: process.image, User: userOf(process) };
  scene.record(process.host, name, at, { ...common, ...fields }, { userSid: LOCAL_SYSTEM });
}

/** Sysmon shows milliseconds and a blank. */
function utc(at: Micros): string {
  return formatMoment(at).slice(0, 23).replace('T', ' ');
}

/** Sysmon 3. `name` is empty where the address has no name. */
export function connect(scene: Scene, at: Micros, process: Process, address: string, name: string, port: number): void {
  sysmon(scene, at, process, 'sysmonConnection', {
    Protocol: 'tcp',
    Initiated: 1,
    SourceIsIpv6: 0,
    SourceIp: process.host.address,
    SourceHostname: process.host.fqdn,
    SourcePort: Number(scene.port()),
    DestinationIsIpv6: 0,
    DestinationIp: address,
    DestinationHostname: name || '-',
    DestinationPort: port,
    DestinationPortName: port === 443 ? 'https' : port === 88 ? 'kerberos' : port === 445 ? 'microsoft-ds' : port === 389 ? 'ldap' : '-',
  });
}

/** Sysmon 11. */
export function createFile(scene: Scene, at: Micros, process: Process, path: string): void {
  sysmon(scene, at, process, 'sysmonFile', { TargetFilename: path, CreationUtcTime: utc(at) });
}
