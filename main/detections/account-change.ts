import type { AccountRef, IdentityEvent } from '../../shared/model/event.ts';
import type { Facts } from './facts.ts';
import { accountField, isWellKnownSid, LOCAL_SYSTEM, shortHost } from './record.ts';

const VALUE_ADDED = '%%14674';
const VALUE_DELETED = '%%14675';

/** 5136 records one value of one attribute; a replaced value is one record for the old and one for the new. */
export type DirectoryChange = { readonly attribute: string; readonly change: 'added' | 'deleted' | 'other' };

export function directoryChange(event: IdentityEvent): DirectoryChange {
  const operation = event.field('OperationType').trim();
  const change = operation === VALUE_ADDED ? 'added' : operation === VALUE_DELETED ? 'deleted' : 'other';
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

/** Bits of UserAccountControl that a 4738 or 4742 record sets anew, in the notation of SAM (not that of the directory attribute). */
export function newlySetFlags(event: IdentityEvent): number {
  const before = Number(event.field('OldUacValue'));
  const after = Number(event.field('NewUacValue'));
  return Number.isFinite(before) && Number.isFinite(after) ? after & ~before : 0;
}
