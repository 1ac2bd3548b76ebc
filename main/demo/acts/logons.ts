import { type Micros, SECOND } from '../../../shared/model/time.ts';
import { DOMAIN } from '../company.table.ts';
import type { Account, Host } from '../company.ts';
import { COLLECTED_AT, type Scene } from '../scene.ts';

export const LOCAL_SYSTEM = 'S-1-5-18';
const NULL_SID = 'S-1-0-0';
const NO_GUID = '{00000000-0000-0000-0000-000000000000}';
const YES = '%%1842';
const NO = '%%1843';
const IMPERSONATION = '%%1833';
const DELEGATION = '%%1840';
const SYSTEM_LOGON_ID = 0x3e7;

const ADMINISTRATOR_PRIVILEGES = [
  'SeSecurityPrivilege',
  'SeTakeOwnershipPrivilege',
  'SeLoadDriverPrivilege',
  'SeBackupPrivilege',
  'SeRestorePrivilege',
  'SeDebugPrivilege',
  'SeSystemEnvironmentPrivilege',
  'SeImpersonatePrivilege',
  'SeDelegateSessionUserImpersonatePrivilege',
].join('\r\n\t\t\t');

export type Session = {
  readonly host: Host;
  readonly account: Account;
  readonly logonId: number;
  readonly at: Micros;
  readonly from: Host | null;
};

export type Subject = Readonly<Record<'SubjectUserSid' | 'SubjectUserName' | 'SubjectDomainName', string>> & {
  readonly SubjectLogonId: number;
};

/** The account of a session as `Subject...` fields. */
export function subjectOf(session: Session): Subject {
  const { account, logonId } = session;
  return { SubjectUserSid: account.sid, SubjectUserName: account.name, SubjectDomainName: DOMAIN.netbios, SubjectLogonId: logonId };
}

/** Local System, which other hosts and logs know by the name of the machine. */
export function systemSubject(host: Host): Subject {
  return {
    SubjectUserSid: LOCAL_SYSTEM,
    SubjectUserName: host.machine.name,
    SubjectDomainName: DOMAIN.netbios,
    SubjectLogonId: SYSTEM_LOGON_ID,
  };
}

const NO_SUBJECT: Subject = { SubjectUserSid: NULL_SID, SubjectUserName: '-', SubjectDomainName: '-', SubjectLogonId: 0 };

export type NetworkChoice = {
  readonly ntlm?: boolean;
  /** Bits of the session key of NTLM; Windows clients negotiate 128. */
  readonly keyLength?: number;
  readonly isElevated?: boolean;
  /** How long until 4634; null for a session that is never seen to end. */
  readonly lasts?: Micros | null;
};

/** 4624 of type 3, with 4672 for administrators, 4776 on the controller for NTLM, and 4634 at the end. */
export function logOnOverNetwork(scene: Scene, at: Micros, account: Account, from: Host, host: Host, choice: NetworkChoice = {}): Session {
  const { ntlm = false, keyLength = 128, isElevated = account.isElevated, lasts = 15 * SECOND } = choice;
  const session: Session = { host, account, logonId: scene.logonId(host, at), at, from };
  if (ntlm) validateOverNtlm(scene, at - 4_000, account.name, from, 0);
  scene.record(host, 'logon', at, {
    ...NO_SUBJECT,
    TargetUserSid: account.sid,
    TargetUserName: account.name,
    TargetDomainName: ntlm ? DOMAIN.netbios : DOMAIN.realm,
    TargetLogonId: session.logonId,
    LogonType: 3,
    LogonProcessName: ntlm ? 'NtLmSsp ' : 'Kerberos',
    AuthenticationPackageName: ntlm ? 'NTLM' : 'Kerberos',
    WorkstationName: ntlm ? from.name : '-',
    LogonGuid: ntlm ? NO_GUID : scene.random.guid(),
    LmPackageName: ntlm ? 'NTLM V2' : '-',
    KeyLength: ntlm ? keyLength : 0,
    ProcessId: 0,
    IpAddress: from.address,
    IpPort: scene.port(),
    ImpersonationLevel: account.name.endsWith('$') && !ntlm ? DELEGATION : IMPERSONATION,
    VirtualAccount: NO,
    TargetLinkedLogonId: 0,
    ElevatedToken: isElevated ? YES : NO,
  });
  if (isElevated) grantPrivileges(scene, at + 300, session);
  if (lasts !== null && at + lasts < COLLECTED_AT) logOff(scene, at + lasts, session, 3);
  return session;
}

/** 4776 on the controller that was asked; `status` 0 is success. */
export function validateOverNtlm(
  scene: Scene,
  at: Micros,
  name: string,
  from: Host,
  status: number,
  controller = scene.company.controllerOf(from),
): void {
  scene.record(controller, status === 0 ? 'credentialsValidated' : 'credentialsRefused', at, {
    PackageName: 'MICROSOFT_AUTHENTICATION_PACKAGE_V1_0',
    TargetUserName: name,
    Workstation: from.name,
    Status: status,
  });
}

function grantPrivileges(scene: Scene, at: Micros, session: Session): void {
  scene.record(session.host, 'specialPrivileges', at, { ...subjectOf(session), PrivilegeList: ADMINISTRATOR_PRIVILEGES });
}

export function logOff(scene: Scene, at: Micros, session: Session, logonType: number): void {
  const { host, account, logonId } = session;
  scene.record(host, 'logoff', at, {
    TargetUserSid: account.sid,
    TargetUserName: account.name,
    TargetDomainName: DOMAIN.netbios,
    TargetLogonId: logonId,
    LogonType: logonType,
  });
}

/** 4648 and 4624 as winlogon or the terminal service leave them: type 2 at the screen, 7 to unlock, 10 over RDP, 11 with cached credentials. */
export function logOnAtScreen(
  scene: Scene,
  at: Micros,
  account: Account,
  host: Host,
  logonType: 2 | 7 | 10 | 11,
  from: Host | null = null,
): Session {
  const session: Session = { host, account, logonId: scene.logonId(host, at), at, from };
  const source = { IpAddress: from === null ? '127.0.0.1' : from.address, IpPort: '0' };
  const program = { ProcessId: 0x5f8, ProcessName: 'C:\\Windows\\System32\\svchost.exe' };
  const logonGuid = logonType === 11 ? NO_GUID : scene.random.guid();
  scene.record(host, 'explicitCredentials', at - 2_000, {
    ...systemSubject(host),
    LogonGuid: NO_GUID,
    TargetUserName: account.name,
    TargetDomainName: DOMAIN.netbios,
    TargetLogonGuid: logonGuid,
    TargetServerName: 'localhost',
    TargetInfo: 'localhost',
    ...program,
    ...source,
  });
  scene.record(host, 'logon', at, {
    ...systemSubject(host),
    TargetUserSid: account.sid,
    TargetUserName: account.name,
    TargetDomainName: DOMAIN.netbios,
    TargetLogonId: session.logonId,
    LogonType: logonType,
    LogonProcessName: 'User32 ',
    AuthenticationPackageName: 'Negotiate',
    WorkstationName: host.name,
    LogonGuid: logonGuid,
    KeyLength: 0,
    ...program,
    ...source,
    ImpersonationLevel: IMPERSONATION,
    VirtualAccount: NO,
    TargetLinkedLogonId: 0,
    ElevatedToken: account.isElevated ? YES : NO,
  });
  if (account.isElevated) grantPrivileges(scene, at + 300, session);
  return session;
}

/** 4624 of type 4 (task) or 5 (service), started on the host itself. */
export function logOnInBackground(scene: Scene, at: Micros, account: Account, host: Host, logonType: 4 | 5): Session {
  const session: Session = { host, account, logonId: scene.logonId(host, at), at, from: null };
  scene.record(host, 'logon', at, {
    ...systemSubject(host),
    TargetUserSid: account.sid,
    TargetUserName: account.name,
    TargetDomainName: DOMAIN.netbios,
    TargetLogonId: session.logonId,
    LogonType: logonType,
    LogonProcessName: 'Advapi  ',
    AuthenticationPackageName: 'Negotiate',
    WorkstationName: host.name,
    LogonGuid: scene.random.guid(),
    KeyLength: 0,
    ProcessId: logonType === 5 ? 0x2d4 : 0x5f8,
    ProcessName: logonType === 5 ? 'C:\\Windows\\System32\\services.exe' : 'C:\\Windows\\System32\\svchost.exe',
    ImpersonationLevel: IMPERSONATION,
    VirtualAccount: NO,
    TargetLinkedLogonId: 0,
    ElevatedToken: account.isElevated ? YES : NO,
  });
  if (account.isElevated) grantPrivileges(scene, at + 300, session);
  return session;
}

/** Services of Windows itself start sessions of Local System all day. */
export function startSystemService(scene: Scene, at: Micros, host: Host): void {
  scene.record(host, 'logon', at, {
    ...systemSubject(host),
    TargetUserSid: LOCAL_SYSTEM,
    TargetUserName: 'SYSTEM',
    TargetDomainName: 'NT AUTHORITY',
    TargetLogonId: SYSTEM_LOGON_ID,
    LogonType: 5,
    LogonProcessName: 'Advapi  ',
    AuthenticationPackageName: 'Negotiate',
    LogonGuid: NO_GUID,
    KeyLength: 0,
    ProcessId: 0x2d4,
    ProcessName: 'C:\\Windows\\System32\\services.exe',
    ImpersonationLevel: IMPERSONATION,
    VirtualAccount: NO,
    TargetLinkedLogonId: 0,
    ElevatedToken: YES,
  });
  scene.record(host, 'specialPrivileges', at + 200, {
    SubjectUserSid: LOCAL_SYSTEM,
    SubjectUserName: 'SYSTEM',
    SubjectDomainName: 'NT AUTHORITY',
    SubjectLogonId: SYSTEM_LOGON_ID,
    PrivilegeList: ['SeAssignPrimaryTokenPrivilege', 'SeTcbPrivilege', ADMINISTRATOR_PRIVILEGES].join('\r\n\t\t\t'),
  });
}

/** 4624 of type 9: the session stays its own, toward the network it is somebody else. */
export function takeNetworkCredentials(scene: Scene, at: Micros, session: Session, outbound: Account): Session {
  const { host, account } = session;
  const taken: Session = { ...session, logonId: scene.logonId(host, at), at };
  scene.record(host, 'logon', at, {
    ...subjectOf(session),
    TargetUserSid: account.sid,
    TargetUserName: account.name,
    TargetDomainName: DOMAIN.netbios,
    TargetLogonId: taken.logonId,
    LogonType: 9,
    LogonProcessName: 'seclogo',
    AuthenticationPackageName: 'Negotiate',
    LogonGuid: NO_GUID,
    KeyLength: 0,
    ProcessId: 0xa3c,
    ProcessName: 'C:\\Windows\\System32\\svchost.exe',
    IpAddress: '::1',
    IpPort: '0',
    ImpersonationLevel: IMPERSONATION,
    TargetOutboundUserName: outbound.name,
    TargetOutboundDomainName: DOMAIN.netbios,
    VirtualAccount: NO,
    TargetLinkedLogonId: 0,
    ElevatedToken: NO,
  });
  return taken;
}

/** 4648: the session gives the credentials of another account to a server. */
export function giveExplicitCredentials(scene: Scene, at: Micros, session: Session, as: Account, server: Host, program: string): void {
  scene.record(session.host, 'explicitCredentials', at, {
    ...subjectOf(session),
    LogonGuid: NO_GUID,
    TargetUserName: as.name,
    TargetDomainName: DOMAIN.netbios,
    TargetLogonGuid: scene.random.guid(),
    TargetServerName: server.fqdn,
    TargetInfo: server.fqdn,
    ProcessId: 0x1a84,
    ProcessName: program,
  });
}

export type Refusal = { readonly domain: string; readonly name: string; readonly subStatus: number };

/** 4625 of type 3 over NTLM. */
export function refuseOverNetwork(scene: Scene, at: Micros, refusal: Refusal, from: Host, host: Host): void {
  scene.record(host, 'logonFailure', at, {
    ...NO_SUBJECT,
    TargetUserSid: NULL_SID,
    TargetUserName: refusal.name,
    TargetDomainName: refusal.domain,
    Status: 0xc000006d,
    FailureReason: '%%2313',
    SubStatus: refusal.subStatus,
    LogonType: 3,
    LogonProcessName: 'NtLmSsp ',
    AuthenticationPackageName: 'NTLM',
    WorkstationName: from.name,
    KeyLength: 0,
    ProcessId: 0,
    IpAddress: from.address,
    IpPort: scene.port(),
  });
}

/** 4625 at the screen: somebody mistyped. */
export function refuseAtScreen(scene: Scene, at: Micros, account: Account, host: Host, logonType: 2 | 7): void {
  scene.record(host, 'logonFailure', at, {
    ...systemSubject(host),
    TargetUserSid: NULL_SID,
    TargetUserName: account.name,
    TargetDomainName: DOMAIN.netbios,
    Status: 0xc000006d,
    FailureReason: '%%2313',
    SubStatus: 0xc000006a,
    LogonType: logonType,
    LogonProcessName: 'User32 ',
    AuthenticationPackageName: 'Negotiate',
    WorkstationName: host.name,
    KeyLength: 0,
    ProcessId: 0x5f8,
    ProcessName: 'C:\\Windows\\System32\\svchost.exe',
    IpAddress: '127.0.0.1',
    IpPort: '0',
  });
}
