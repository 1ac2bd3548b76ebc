import { formatMoment, type Micros, SECOND } from '../../../shared/model/time.ts';
import { DOMAIN } from '../company.table.ts';
import type { Host } from '../company.ts';
import type { Scene } from '../scene.ts';
import { LOCAL_SYSTEM, type Session, subjectOf } from './logons.ts';

export type NewService = {
  readonly name: string;
  readonly command: string;
  readonly isOnDemand: boolean;
  /** Session that installs it. */
  readonly by: Session;
};

/** 7045 in the System log, 4697 in the Security log. */
export function installService(scene: Scene, at: Micros, { name, command, isOnDemand, by }: NewService): void {
  const { host } = by;
  const service = { ImagePath: command, ServiceType: 'user mode service', StartType: isOnDemand ? 'demand start' : 'auto start' };
  scene.record(host, 'serviceInstalled', at, { ServiceName: name, ...service, AccountName: 'LocalSystem' }, { userSid: by.account.sid });
  scene.record(host, 'serviceInstalledAudit', at + 800, {
    ...subjectOf(by),
    ServiceName: name,
    ServiceFileName: command,
    ServiceType: 0x10,
    ServiceStartType: isOnDemand ? 3 : 2,
    ServiceAccount: 'LocalSystem',
    ClientProcessStartKey: 5_348_024_557_502_990,
    ClientProcessId: 0,
    ParentProcessId: 0,
  });
}

/** 7036: a service runs, or has stopped. */
export function changeService(scene: Scene, at: Micros, host: Host, service: string, display: string, isRunning: boolean): void {
  const binary = Buffer.from(`${service}/${isRunning ? 4 : 1}\0`, 'utf16le').toString('hex');
  scene.record(host, 'serviceState', at, { param1: display, param2: isRunning ? 'running' : 'stopped', Binary: binary });
}

export type NewTask = {
  readonly name: string;
  readonly command: string;
  readonly arguments: string;
  readonly by: Session;
  readonly isRemote: boolean;
};

/** 4698, and 106 in the log of the scheduler. */
export function registerTask(scene: Scene, at: Micros, task: NewTask): void {
  const { by, name } = task;
  scene.record(by.host, 'taskCreated', at, {
    ...subjectOf(by),
    TaskName: name,
    TaskContent: taskXml(at, task),
    ClientProcessStartKey: 5_348_024_557_502_991,
    ClientProcessId: task.isRemote ? 0 : 0x1b40,
    ParentProcessId: 0,
    RpcCallClientLocality: task.isRemote ? 2 : 0,
    FQDN: by.host.fqdn,
  });
  const user = `${DOMAIN.netbios}\\${by.account.name}`;
  scene.record(by.host, 'taskRegistered', at + 1_000, { TaskName: name, UserContext: user }, { userSid: LOCAL_SYSTEM });
}

/** 4699 and 141. */
export function removeTask(scene: Scene, at: Micros, task: NewTask): void {
  const { by, name } = task;
  scene.record(by.host, 'taskDeleted', at, {
    ...subjectOf(by),
    TaskName: name,
    TaskContent: '',
    ClientProcessStartKey: 5_348_024_557_502_992,
    ClientProcessId: 0,
    ParentProcessId: 0,
    RpcCallClientLocality: task.isRemote ? 2 : 0,
    FQDN: by.host.fqdn,
  });
  scene.record(
    by.host,
    'taskRemoved',
    at + 1_000,
    { TaskName: name, UserName: `${DOMAIN.netbios}\\${by.account.name}` },
    { userSid: LOCAL_SYSTEM },
  );
}

/** 100, 129, 200, 201 and 102: one run of a task. */
export function runTask(
  scene: Scene,
  at: Micros,
  host: Host,
  name: string,
  program: string,
  user: string,
  lasts: Micros = 4 * SECOND,
): void {
  const instance = scene.random.guid();
  const engine = scene.random.between(900, 2500) * 4;
  const extras = { userSid: LOCAL_SYSTEM, activity: instance };
  scene.record(host, 'taskProcess', at, { TaskName: name, Path: program, ProcessID: engine, Priority: 16_384 }, { userSid: LOCAL_SYSTEM });
  scene.record(host, 'taskStarted', at + 500, { TaskName: name, UserContext: user, InstanceId: instance }, extras);
  scene.record(host, 'taskAction', at + 900, { TaskName: name, ActionName: program, TaskInstanceId: instance, EnginePID: engine }, extras);
  const done = { TaskName: name, TaskInstanceId: instance, ActionName: program, ResultCode: 0, EnginePID: engine };
  scene.record(host, 'taskActionDone', at + lasts, done, extras);
  scene.record(host, 'taskFinished', at + lasts + 400, { TaskName: name, UserContext: user, InstanceId: instance }, extras);
}

function taskXml(at: Micros, task: NewTask): string {
  const date = formatMoment(at).slice(0, 19);
  const lines = [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    `    <Date>${date}</Date>`,
    `    <Author>${DOMAIN.netbios}\\${task.by.account.name}</Author>`,
    `    <URI>${task.name}</URI>`,
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <TimeTrigger>',
    `      <StartBoundary>${date}</StartBoundary>`,
    '      <Enabled>true</Enabled>',
    '    </TimeTrigger>',
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author">',
    `      <UserId>${LOCAL_SYSTEM}</UserId>`,
    '      <RunLevel>HighestAvailable</RunLevel>',
    '    </Principal>',
    '  </Principals>',
    '  <Actions Context="Author">',
    '    <Exec>',
    `      <Command>${escapeXml(task.command)}</Command>`,
    `      <Arguments>${escapeXml(task.arguments)}</Arguments>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
  ];
  return lines.join('\r\n');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Local session records of RDP: 21 and 22 when it begins, 24 and 23 when it ends. `remote` is the client's address, or LOCAL. */
export function beginDesktop(scene: Scene, at: Micros, session: Session, sessionId: number): void {
  const fields = { User: `${DOMAIN.netbios}\\${session.account.name}`, SessionID: sessionId, Address: session.from?.address ?? 'LOCAL' };
  scene.record(session.host, 'sessionLogon', at, fields, { userSid: LOCAL_SYSTEM });
  scene.record(session.host, 'sessionShell', at + SECOND, fields, { userSid: LOCAL_SYSTEM });
}

export function endDesktop(scene: Scene, at: Micros, session: Session, sessionId: number): void {
  const fields = { User: `${DOMAIN.netbios}\\${session.account.name}`, SessionID: sessionId, Address: session.from?.address ?? 'LOCAL' };
  scene.record(session.host, 'sessionDisconnected', at, fields, { userSid: LOCAL_SYSTEM });
  scene.record(session.host, 'sessionLogoff', at + 2 * SECOND, { User: fields.User, SessionID: sessionId }, { userSid: LOCAL_SYSTEM });
}
