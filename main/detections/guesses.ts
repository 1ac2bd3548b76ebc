import type { IdentityEvent } from '../../shared/model/event.ts';
import { isMachineName, numberField, sourceKey } from './record.ts';

/** What a failed logon says of the guess; empty where it says nothing of a password. */
export type Guess = 'wrong-password' | 'unknown-account' | 'locked-out' | '';

/** NTSTATUS of [MS-ERREF] 2.3.1. */
const WRONG_PASSWORD = 0xc000006a;
const NO_SUCH_USER = 0xc0000064;
const LOCKED_OUT = 0xc0000234;
const LOGON_FAILURE = 0xc000006d;
/** Kerberos error codes of RFC 4120 7.5.9. */
const KDC_ERR_PREAUTH_FAILED = 0x18;
const KDC_ERR_CLIENT_UNKNOWN = 0x6;

/** Failures of 4625, 4771, 4776 and 4768 that come from trying a password or a name. */
export function guessOf(event: IdentityEvent): Guess {
  switch (event.eventId) {
    case 4771:
      return numberField(event, 'Status') === KDC_ERR_PREAUTH_FAILED ? 'wrong-password' : '';
    case 4768:
      return numberField(event, 'Status') === KDC_ERR_CLIENT_UNKNOWN ? 'unknown-account' : '';
    case 4776:
      return guessOfStatus(numberField(event, 'Status'));
    case 4625: {
      const sub = numberField(event, 'SubStatus');
      return guessOfStatus(sub > 0 ? sub : numberField(event, 'Status'));
    }
    default:
      return '';
  }
}

function guessOfStatus(status: number): Guess {
  if (status === WRONG_PASSWORD || status === LOGON_FAILURE) return 'wrong-password';
  if (status === NO_SUCH_USER) return 'unknown-account';
  return status === LOCKED_OUT ? 'locked-out' : '';
}

/**
 * Account that was tried, as a key: by its plain name, because a failed logon carries no SID and often a made-up domain; `user`,
 * `user@corp.example` and `CORP\\user` are one.
 */
export function triedAccount(event: IdentityEvent): string {
  const name = (event.target?.name || event.field('TargetUserName')).toLowerCase();
  const at = name.indexOf('@');
  return name.slice(name.lastIndexOf('\\') + 1, at > 0 ? at : undefined);
}

/** Where guesses came from; a host that guesses at itself is its own source. */
export function guessSource(event: IdentityEvent): string {
  return sourceKey(event) || event.computerEntity || event.computer.toLowerCase();
}

/** Logons typed at the host's own screen: people mistype there. */
const AT_THE_SCREEN = new Set([2, 7, 11, 13]);

/** Of the same kinds, what a program tries by itself names the interface for programs, not that of the screen ("User32", "CredPro"). */
export function isAtTheScreen(event: IdentityEvent): boolean {
  return AT_THE_SCREEN.has(event.logonType) && !/^advapi\b/i.test(event.field('LogonProcessName').trim());
}

/** A failed logon carries the null SID, so the name alone decides. */
export function isTriedByPerson(event: IdentityEvent): boolean {
  const name = triedAccount(event);
  return name !== '' && name !== '-' && !isMachineName(name) && name !== 'anonymous logon';
}
