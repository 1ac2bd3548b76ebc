import type { AccountRef, IdentityEvent } from '../../shared/model/event.ts';
import { type Condition, when } from './detection.ts';
import { given, isMachineName, numberField, relativeId } from './record.ts';

/** RC4 and DES: a ticket in these can be guessed offline quickly (RFC 4757, RFC 3961; numbers of RFC 3961 section 8). */
const WEAK_ENCRYPTION = new Set([0x1, 0x2, 0x3, 0x17, 0x18]);
/** aes128-cts-hmac-sha1-96 and aes256 (RFC 3962), and their successors of RFC 8009. */
const STRONG_ENCRYPTION = new Set([0x11, 0x12, 0x13, 0x14]);
/** Encrypted timestamp and its armored form: the client proved a key that was made from the password (RFC 4120 5.2.7.2, RFC 6113). */
const PASSWORD_PREAUTHENTICATION = new Set(['2', '138']);
const KRBTGT_RID = 502;

export function isWeaklyEncrypted(event: IdentityEvent): boolean {
  return WEAK_ENCRYPTION.has(numberField(event, 'TicketEncryptionType'));
}

/** 4768, 4769. */
export const IS_WEAKLY_ENCRYPTED: Condition = when('it is encrypted with RC4 or DES', isWeaklyEncrypted);

export function isStrongEncryption(type: number): boolean {
  return STRONG_ENCRYPTION.has(type);
}

/** 4768: the request proved a key made from the password. */
export function isPasswordRequest(event: IdentityEvent): boolean {
  return PASSWORD_PREAUTHENTICATION.has(given(event.field('PreAuthType')).trim());
}

/** 4768: a ticket-granting ticket with AES for a password; what the account and the domain can do. */
export function isStrongPasswordTicket(event: IdentityEvent): boolean {
  return isStrongEncryption(numberField(event, 'TicketEncryptionType')) && numberField(event, 'Status') === 0 && isPasswordRequest(event);
}

/** 4769 names the client as `user@REALM`; where sources differ in the role they give it, either is taken. */
export function ticketAccount(event: IdentityEvent): AccountRef | null {
  return event.actor ?? event.target;
}

export function ticketAccountEntity(event: IdentityEvent): string {
  return event.actorEntity || event.targetEntity;
}

export function ticketClient(event: IdentityEvent): string {
  return ticketAccountEntity(event) || event.field('TargetUserName').toLowerCase();
}

/** True for the ticket-granting service itself, in any language and for read-only controllers (`krbtgt_12345`). */
export function isTicketGranting(event: IdentityEvent): boolean {
  return relativeId(event.field('ServiceSid')) === KRBTGT_RID || /^krbtgt([_/]|$)/i.test(event.field('ServiceName'));
}

/** 4769: a ticket was issued for a service that runs under a user account, encrypted with a weak key of that account. */
export function isWeakUserTicket(event: IdentityEvent): boolean {
  const service = event.field('ServiceName');
  if (service === '' || isMachineName(service)) return false;
  return numberField(event, 'Status') === 0 && isWeaklyEncrypted(event) && !isTicketGranting(event);
}
