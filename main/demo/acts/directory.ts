import type { Micros } from '../../../shared/model/time.ts';
import { DOMAIN } from '../company.table.ts';
import type { Account, Host } from '../company.ts';
import type { Scene } from '../scene.ts';
import { type Session, type Subject, subjectOf } from './logons.ts';

/** Control access rights of [MS-ADTS] 5.1.3.2.1. */
export const GET_CHANGES = '1131f6aa-9c07-11d1-f79f-00c04fc2dcd2';
export const GET_CHANGES_ALL = '1131f6ad-9c07-11d1-f79f-00c04fc2dcd2';
const DOMAIN_CLASS = '19195a5b-6da0-11d0-afd3-00c04fd930c9';
const DOMAIN_OBJECT = '5e0f7a3c-21b9-4d64-9c07-8a4d1b6e2f90';

/** 4662: a right of replication is used on the domain. */
export function replicate(scene: Scene, at: Micros, subject: Subject, controller: Host, right: string): void {
  scene.record(controller, 'directoryAccess', at, {
    ...subject,
    ObjectServer: 'DS',
    ObjectType: `%{${DOMAIN_CLASS}}`,
    ObjectName: `%{${DOMAIN_OBJECT}}`,
    OperationType: 'Object Access',
    HandleId: 0,
    AccessList: '%%7688\r\n\t\t\t\t',
    AccessMask: 0x100,
    Properties: `%%7688\r\n\t\t{${right}}\r\n\t{${DOMAIN_CLASS}}\r\n`,
    AdditionalInfo2: '',
  });
}

export type Group = { readonly name: string; readonly sid: string };
export const DOMAIN_ADMINS: Group = { name: 'Domain Admins', sid: `${DOMAIN.sid}-512` };
export const DRAWINGS_EDITORS: Group = { name: 'Drawings Editors', sid: `${DOMAIN.sid}-1401` };

export function distinguishedName(account: Account): string {
  return `CN=${account.display.replaceAll(',', '\\,')},OU=${account.department || 'Accounts'},OU=Tarnwick,${DOMAIN.distinguishedName}`;
}

/** 4728. */
export function addMember(scene: Scene, at: Micros, by: Session, group: Group, member: Account): void {
  scene.record(by.host, 'memberAddedGlobal', at, {
    MemberName: distinguishedName(member),
    MemberSid: member.sid,
    TargetUserName: group.name,
    TargetDomainName: DOMAIN.netbios,
    TargetSid: group.sid,
    ...subjectOf(by),
  });
}

function targetOf(account: Account): Record<string, string> {
  return { TargetUserName: account.name, TargetDomainName: DOMAIN.netbios, TargetSid: account.sid };
}

/** 4724 by the help desk, and the 4738 that follows. */
export function resetPassword(scene: Scene, at: Micros, by: Session, account: Account): void {
  scene.record(by.host, 'passwordReset', at, { ...targetOf(account), ...subjectOf(by) });
  changeAccount(scene, at + 900, by, account, shortDate(at));
}

/** 4723: people change their own when it expires; then the session is theirs. */
export function changeOwnPassword(scene: Scene, at: Micros, session: Session): void {
  scene.record(session.host, 'passwordChanged', at, { ...targetOf(session.account), ...subjectOf(session) });
  changeAccount(scene, at + 700, session, session.account, shortDate(at));
}

function changeAccount(scene: Scene, at: Micros, by: Session, account: Account, passwordLastSet: string): void {
  scene.record(by.host, 'accountChanged', at, { ...targetOf(account), ...subjectOf(by), PasswordLastSet: passwordLastSet });
}

/** 4740: recorded by the controller in its own name; the "domain" is the computer that tried. */
export function lockOut(scene: Scene, at: Micros, account: Account, from: Host, subject: Subject, controller: Host): void {
  scene.record(controller, 'accountLocked', at, {
    TargetUserName: account.name,
    TargetDomainName: from.name,
    TargetSid: account.sid,
    ...subject,
  });
}

/** 4767. */
export function unlock(scene: Scene, at: Micros, by: Session, account: Account): void {
  scene.record(by.host, 'accountUnlocked', at, { ...targetOf(account), ...subjectOf(by) });
}

/** 4720, 4722, 4724 and 4738 in the order in which the directory writes them. */
export function createAccount(scene: Scene, at: Micros, by: Session, account: Account): void {
  scene.record(by.host, 'accountCreated', at, {
    ...targetOf(account),
    ...subjectOf(by),
    SamAccountName: account.name,
    DisplayName: account.display,
    UserPrincipalName: `${account.name}@${DOMAIN.fqdn}`,
    HomeDirectory: '%%1793',
    HomePath: '%%1793',
    ScriptPath: '%%1793',
    ProfilePath: '%%1793',
    UserWorkstations: '%%1793',
    PasswordLastSet: '%%1794',
    AccountExpires: '%%1794',
    PrimaryGroupId: '513',
    OldUacValue: '0x0',
    NewUacValue: '0x15',
    UserAccountControl: '\r\n\t\t%%2080\r\n\t\t%%2082\r\n\t\t%%2084',
    UserParameters: '%%1793',
    LogonHours: '%%1797',
  });
  scene.record(by.host, 'accountEnabled', at + 2_400, { ...targetOf(account), ...subjectOf(by) });
  resetPassword(scene, at + 3_100, by, account);
}

function shortDate(at: Micros): string {
  const date = new Date(at / 1000);
  const hour = date.getUTCHours();
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()} ${time}`;
}
