import type { AccountRef, IdentityEvent } from '../../shared/model/event.ts';
import { HOUR } from '../../shared/model/time.ts';
import type { Over } from './detection.ts';
import type { Facts } from './facts.ts';
import { accountField, isWellKnownSid, LOCAL_SYSTEM, shortHost } from './record.ts';

/** As message codes, and as some exports write them out. */
const VALUE_ADDED = /^(?:%%14674|value added)$/i;
const VALUE_DELETED = /^(?:%%14675|value deleted)$/i;

/** 5136 records one value of one attribute; a replaced value is one record for the old and one for the new. */
export type DirectoryChange = { readonly attribute: string; readonly change: 'added' | 'deleted' | 'other' };

export function directoryChange(event: IdentityEvent): DirectoryChange {
  const operation = event.field('OperationType').trim();
  const change = VALUE_ADDED.test(operation) ? 'added' : VALUE_DELETED.test(operation) ? 'deleted' : 'other';
  return { attribute: event.field('AttributeLDAPDisplayName').toLowerCase(), change };
}

/** Name of the object that a directory change is about: the first part of its distinguished name. */
export function objectName(event: IdentityEvent): string {
  return /^CN=((?:[^,\\]|\\.)+)/i.exec(event.field('ObjectDN'))?.[1] ?? event.field('ObjectDN');
}

/** Who made the change, for a sentence. */
export function changedBy(event: IdentityEvent, facts: Facts): string {
  const who = accountField(event, 'Subject');
  if (who.sid === LOCAL_SYSTEM) return 'Local System';
  if (isWellKnownSid(who.sid) || (who.sid === '' && who.name === '')) return 'Somebody';
  return facts.name(event.actorEntity, who);
}

/** The changed account, for a sentence. */
export function changedAccount(event: IdentityEvent, facts: Facts): string {
  const account: AccountRef = accountField(event, 'Target');
  return account.sid === '' && account.name === '' ? 'an account' : account.name || facts.name(event.targetEntity, account);
}

export function computerName(event: IdentityEvent, facts: Facts): string {
  return facts.name(event.computerEntity, event.computer || 'a host');
}

/** Group key: who, and where. */
export function actorAndHost(event: IdentityEvent): string {
  return `${event.actorEntity || event.field('SubjectUserSid')}|${event.computerEntity || shortHost(event.computer)}`;
}

/** The changed object, alike in 5136 and 4662: its id, where the record has one. */
function objectKey(event: IdentityEvent): string {
  const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(event.field('ObjectGUID') || event.field('ObjectName'));
  return (id?.[0] ?? event.field('ObjectDN')).toLowerCase();
}

/** Counting of changes of directory objects (5136, 4662): what one account wrote through one controller, by object. */
export const overDirectoryChanges: Over = {
  by: actorAndHost,
  byWords: 'same account and controller',
  thresholds: [{ within: HOUR, atLeast: 1 }],
  distinct: { of: objectKey, words: 'distinct accounts' },
};

/** Bits of UserAccountControl that a 4738 or 4742 record sets anew, in the notation of SAM (not that of the directory attribute). */
export function newlySetFlags(event: IdentityEvent): number {
  const before = Number(event.field('OldUacValue'));
  const after = Number(event.field('NewUacValue'));
  return Number.isFinite(before) && Number.isFinite(after) ? after & ~before : 0;
}
