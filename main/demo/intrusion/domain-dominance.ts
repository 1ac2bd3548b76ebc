import { HOUR, MINUTE, SECOND } from '../../../shared/model/time.ts';
import { addMember, createAccount, DOMAIN_ADMINS, GET_CHANGES, GET_CHANGES_ALL, replicate } from '../acts/directory.ts';
import { askTgt, askTicket, RC4 } from '../acts/kerberos.ts';
import {
  giveExplicitCredentials,
  logOff,
  logOnAtScreen,
  logOnOverNetwork,
  type Session,
  subjectOf,
  takeNetworkCredentials,
} from '../acts/logons.ts';
import { connect, type Process, serviceControl, startProcess } from '../acts/processes.ts';
import { beginDesktop, changeService, endDesktop, installService, registerTask, removeTask, runTask } from '../acts/remote-control.ts';
import { openShare, openShareObject } from '../acts/shares.ts';
import { DOMAIN } from '../company.table.ts';
import type { Host } from '../company.ts';
import type { Scene } from '../scene.ts';
import { INTRUSION } from './intrusion.table.ts';

const SYSTEM32 = 'C:\\Windows\\System32';

/** With the hash alone: NTLM without a session key, which no Windows client does, and administrative privileges on the server. */
function passHash(scene: Scene, at: number, shell: Process, host: Host): Session {
  const account = scene.company.account(INTRUSION.crackedAccount);
  connect(scene, at - SECOND, shell, host.address, host.fqdn, 445);
  return logOnOverNetwork(scene, at, account, shell.host, host, { ntlm: true, keyLength: 0, lasts: 31 * MINUTE });
}

/** The file server: a program copied to ADMIN$ and run as a service, in the manner of PsExec. */
export function executeOnFileServer(scene: Scene, shell: Process): void {
  const at = INTRUSION.fileServerAt;
  const session = passHash(scene, at, shell, scene.company.host('FILE01'));
  openShare(scene, at + 2 * SECOND, session, 'IPC$');
  openShare(scene, at + 3 * SECOND, session, 'ADMIN$');
  openShareObject(scene, at + 4 * SECOND, session, 'ADMIN$', 'PSEXESVC.exe', 0x12019f);
  openShareObject(scene, at + 6 * SECOND, session, 'IPC$', 'svcctl');
  installService(scene, at + 7 * SECOND, { name: 'PSEXESVC', command: '%SystemRoot%\\PSEXESVC.exe', isOnDemand: true, by: session });
  changeService(scene, at + 8 * SECOND, session.host, 'PSEXESVC', 'PSEXESVC', true);
  for (const end of ['stdin', 'stdout', 'stderr'])
    openShareObject(scene, at + 9 * SECOND, session, 'IPC$', `PSEXESVC-${shell.host.name}-4412-${end}`);
  const tool = startProcess(
    scene,
    at + 8 * SECOND,
    serviceControl(scene, session.host),
    'C:\\Windows\\PSEXESVC.exe',
    'C:\\Windows\\PSEXESVC.exe',
  );
  const remote = startProcess(scene, at + 10 * SECOND, tool, `${SYSTEM32}\\cmd.exe`, '"cmd.exe"');
  startProcess(scene, at + 52 * SECOND, remote, `${SYSTEM32}\\quser.exe`, 'quser');
  startProcess(scene, at + 96 * SECOND, remote, `${SYSTEM32}\\reg.exe`, 'reg  save HKLM\\SAM C:\\Windows\\Temp\\s.tmp');
  startProcess(scene, at + 121 * SECOND, remote, `${SYSTEM32}\\reg.exe`, 'reg  save HKLM\\SYSTEM C:\\Windows\\Temp\\y.tmp');
  changeService(scene, at + 4 * MINUTE, session.host, 'PSEXESVC', 'PSEXESVC', false);
}

/** The application server, where an administrator's desktop is open: a task over the network, run once and removed. */
export function scheduleOnApplicationServer(scene: Scene, shell: Process): void {
  const at = INTRUSION.taskServerAt;
  const session = passHash(scene, at, shell, scene.company.host('APP01'));
  openShare(scene, at + SECOND, session, 'IPC$');
  openShareObject(scene, at + 2 * SECOND, session, 'IPC$', 'atsvc');
  const task = {
    name: '\\Microsoft\\Windows\\Diagnosis\\HealthCheck',
    command: 'powershell.exe',
    arguments: '-nop -w hidden -c "rundll32 C:\\Windows\\System32\\comsvcs.dll, MiniDump 712 C:\\Windows\\Temp\\h.bin full"',
    by: session,
    isRemote: true,
  };
  registerTask(scene, at + 3 * SECOND, task);
  runTask(
    scene,
    at + 21 * SECOND,
    session.host,
    task.name,
    `${SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe`,
    'NT AUTHORITY\\SYSTEM',
    7 * SECOND,
  );
  openShare(scene, at + 40 * SECOND, session, 'ADMIN$');
  openShareObject(scene, at + 41 * SECOND, session, 'ADMIN$', 'Temp\\h.bin');
  removeTask(scene, at + 65 * SECOND, task);
}

/** The database server: a service that is only a command. Its Security log is emptied later, its System log is not. */
export function createServiceOnDatabaseServer(scene: Scene, shell: Process): void {
  const at = INTRUSION.databaseAt;
  const session = passHash(scene, at, shell, scene.company.host('SQL01'));
  openShareObject(scene, at + 2 * SECOND, session, 'IPC$', 'svcctl');
  const command = '%COMSPEC% /Q /c echo netstat -ano ^> \\\\127.0.0.1\\C$\\__out 2^>^&1 > %TEMP%\\ex.bat & %COMSPEC% /Q /c %TEMP%\\ex.bat';
  installService(scene, at + 4 * SECOND, { name: 'BTOBTO', command, isOnDemand: true, by: session });
}

/** What the task brought back holds the administrator's hash: first as other network credentials, then as a ticket. */
export function becomeAdministrator(scene: Scene, shell: Process): Session {
  const { company } = scene;
  const administrator = company.account(INTRUSION.stolenAccount);
  const controller = company.host('DC01');
  const session = takeNetworkCredentials(scene, INTRUSION.stolenAt, shell.session!, administrator);
  giveExplicitCredentials(scene, INTRUSION.stolenAt + 30 * SECOND, shell.session!, administrator, controller, shell.image);
  startProcess(scene, INTRUSION.stolenAt + 33 * SECOND, { ...shell, session }, `${SYSTEM32}\\cmd.exe`, 'cmd.exe');
  const at = INTRUSION.controllerAt;
  askTgt(scene, at - 12 * SECOND, administrator, shell.host, { encryption: RC4, controller });
  askTicket(scene, at - 2 * SECOND, administrator, controller.machine, shell.host, { controller });
  return logOnOverNetwork(scene, at, administrator, shell.host, controller, { lasts: HOUR });
}

/** The secrets of the whole directory, asked for as only controllers do. */
export function copyDirectory(scene: Scene, session: Session): void {
  for (let part = 0; part < 3; part += 1) {
    const at = INTRUSION.replicatedAt + part * 900_000;
    replicate(scene, at, subjectOf(session), session.host, GET_CHANGES);
    replicate(scene, at + 2_000, subjectOf(session), session.host, GET_CHANGES_ALL);
  }
}

/** A way back in: a member who should not be one, and an account nobody ordered. */
export function stay(scene: Scene, session: Session): void {
  const { company } = scene;
  addMember(scene, INTRUSION.promotedAt, session, DOMAIN_ADMINS, company.account(INTRUSION.sprayedAccount));
  createAccount(scene, INTRUSION.backdoorAt, session, {
    name: INTRUSION.backdoorAccount,
    sid: `${DOMAIN.sid}-1417`,
    display: 'Health monitoring',
    department: 'Services',
    isElevated: false,
  });
}

/** Thursday night: a desktop on the controller as the new member of Domain Admins. */
export function openDesktopOnController(scene: Scene, from: Host): void {
  const { company } = scene;
  const account = { ...company.account(INTRUSION.sprayedAccount), isElevated: true };
  const controller = company.host('DC01');
  const at = INTRUSION.desktopAt;
  askTgt(scene, at - 5 * SECOND, account, from, { controller });
  logOnOverNetwork(scene, at - 3 * SECOND, account, from, controller, { lasts: 2 * SECOND });
  const session = logOnAtScreen(scene, at, account, controller, 10, from);
  beginDesktop(scene, at + SECOND, session, 7);
  endDesktop(scene, at + 48 * MINUTE, session, 7);
  logOff(scene, at + 48 * MINUTE + 3 * SECOND, session, 10);
}

/** Friday, one in the morning: the Security log of the database server is emptied, and with it all that it knew. */
export function clearLog(scene: Scene, from: Host): void {
  const { company } = scene;
  const host = company.host('SQL01');
  const account = { ...company.account(INTRUSION.sprayedAccount), isElevated: true };
  const at = INTRUSION.clearedAt;
  const session = logOnOverNetwork(scene, at - 9 * SECOND, account, from, host, { lasts: 3 * MINUTE });
  scene.clear(host, 'Security', at);
  scene.record(host, 'securityLogCleared', at, {
    ...subjectOf(session),
    ClientProcessId: 0x1c2c,
    ClientProcessStartKey: 5_348_024_557_503_377,
  });
}
