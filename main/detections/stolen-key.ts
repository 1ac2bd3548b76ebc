import type { IdentityEvent } from '../../shared/model/event.ts';
import { type Condition, unless, when } from './detection.ts';
import { accountField, given, isImpersonal, numberField, shortHost } from './record.ts';
import { IS_WEAKLY_ENCRYPTED } from './tickets.ts';

const NEW_CREDENTIALS = 9;
const TICKET_GRANTED = 4768;
/** KDC option "canonicalize" (RFC 6806): every Windows client since Vista sends it with its first request, other software mostly not. */
const CANONICALIZE = 0x10000;
const NO_PREAUTHENTICATION = '0';

function lacksOptionsOfWindows(event: IdentityEvent): boolean {
  const options = numberField(event, 'TicketOptions');
  return Number.isFinite(options) && (options & CANONICALIZE) === 0;
}

/** 4768: software that speaks Kerberos itself and holds only the NT hash asks so, with RC4 and without the options of Windows. */
export const TICKET_BY_TOOL: readonly Condition[] = [
  IS_WEAKLY_ENCRYPTED,
  when('its options are not those of a Windows client', lacksOptionsOfWindows),
  // Without preauthentication no key was needed: that is AS-REP roasting.
  when('the request proved a key', (event) => given(event.field('PreAuthType')).trim() !== NO_PREAUTHENTICATION),
  unless('a machine account', (event) => isImpersonal(accountField(event, 'Target'))),
];

/** 4624: a session whose own credentials stay and whose network credentials are others: what replacing a hash in memory leaves behind. */
export const NEW_CREDENTIALS_LOGON: readonly Condition[] = [
  when('the session uses other credentials for the network', (event) => event.logonType === NEW_CREDENTIALS),
  when('the secondary logon service opened it', (event) => event.field('LogonProcessName').trim().toLowerCase() === 'seclogo'),
];

/** The host where stolen credentials are used: for a ticket where the request came from, else where it was recorded. */
export function hostOfUse(event: IdentityEvent): string {
  const host = event.computerEntity || shortHost(event.computer);
  // A request without an address from elsewhere came from the controller itself.
  return event.eventId === TICKET_GRANTED ? event.sourceEntity || event.sourceAddress || host : host;
}
