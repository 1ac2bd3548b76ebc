import type { AccountRef } from '../../shared/model/event.ts';
import { relativeId } from './record.ts';

/**
 * Groups that give control over a domain or a host, by the relative id that Windows fixes for them ([MS-DTYP] 2.4.2.4 and
 * Microsoft's list of default security groups, read 2026-11). The id decides: names are translated, ids are not.
 */
const DOMAIN_GROUP_RIDS: ReadonlyMap<number, string> = new Map([
  [498, 'Enterprise Read-only Domain Controllers'],
  [512, 'Domain Admins'],
  [516, 'Domain Controllers'],
  [518, 'Schema Admins'],
  [519, 'Enterprise Admins'],
  [520, 'Group Policy Creator Owners'],
  [521, 'Read-only Domain Controllers'],
  [526, 'Key Admins'],
  [527, 'Enterprise Key Admins'],
]);

const BUILTIN_GROUP_RIDS: ReadonlyMap<number, string> = new Map([
  [544, 'Administrators'],
  [547, 'Power Users'],
  [548, 'Account Operators'],
  [549, 'Server Operators'],
  [550, 'Print Operators'],
  [551, 'Backup Operators'],
  [552, 'Replicator'],
  [556, 'Network Configuration Operators'],
  [557, 'Incoming Forest Trust Builders'],
]);

/** Groups that let their members in from elsewhere; weaker than the above. */
const ACCESS_GROUP_RIDS: ReadonlyMap<number, string> = new Map([
  [555, 'Remote Desktop Users'],
  [562, 'Distributed COM Users'],
  [578, 'Hyper-V Administrators'],
  [580, 'Remote Management Users'],
]);

/** Groups without a fixed id that equal the above in effect; Exchange and DNS setup name them in English in every language. */
const NAMED_GROUPS = new Set([
  'dnsadmins',
  'microsoft exchange servers',
  'exchange servers',
  'exchange trusted subsystem',
  'exchange windows permissions',
  'organization management',
]);

/** Only where a record carries no SID: English and the most common translations. */
const NAMES_WITHOUT_SID = new Set([
  ...[...DOMAIN_GROUP_RIDS.values(), ...BUILTIN_GROUP_RIDS.values()].map((name) => name.toLowerCase()),
  'domänen-admins',
  'organisations-admins',
  'schema-admins',
  'administratoren',
  'sicherungs-operatoren',
  'admins du domaine',
  "administrateurs de l'entreprise",
  'administrateurs',
  'admins. del dominio',
  'administradores de empresas',
  'administradores',
  'admins. do domínio',
  'amministratori',
  'domeinadministrators',
  'администраторы домена',
  'администраторы',
]);

export function isSensitiveGroupRef(group: AccountRef): boolean {
  const rid = relativeId(group.sid);
  const name = group.name.toLowerCase();
  if (group.sid === '') return NAMES_WITHOUT_SID.has(name) || NAMED_GROUPS.has(name);
  if (group.sid.startsWith('S-1-5-32-')) return BUILTIN_GROUP_RIDS.has(rid);
  return DOMAIN_GROUP_RIDS.has(rid) || NAMED_GROUPS.has(name);
}

/** True for the built-in groups that open a host to logons over the network. */
export function isAccessGroupRef(group: AccountRef): boolean {
  return group.sid.startsWith('S-1-5-32-') && ACCESS_GROUP_RIDS.has(relativeId(group.sid));
}

/** A group of a whole domain or forest, not of one host; the built-in ones are so only on a domain controller. */
export function isDomainGroupRef(group: AccountRef): boolean {
  return !group.sid.startsWith('S-1-5-32-');
}
