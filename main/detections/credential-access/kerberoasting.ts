import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, type Step, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { isImpersonal, isMachineName, numberField, plural, SECURITY } from '../record.ts';
import { IS_WEAKLY_ENCRYPTED, isTicketGranting, ticketAccount, ticketAccountEntity, ticketClient } from '../tickets.ts';
import { sourceWords } from '../words.ts';

/** KDC options of RFC 4120 5.4.1: "renewable-ok" belongs in a request for a ticket-granting ticket; Windows never sets it for a service's. */
const RENEWABLE_OK = 0x10;
/** Windows clients ask for canonical names and renewable tickets for services; options without these come from other software. */
const CANONICALIZE = 0x10000;
/** From this many clients on, weak tickets are how this service is set up, not what one client does. */
const COMMON_SERVICE_CLIENTS = 3;
const MANY_SERVICES = 3;

function hasToolOptions(event: IdentityEvent): boolean {
  const options = numberField(event, 'TicketOptions');
  return Number.isFinite(options) && ((options & RENEWABLE_OK) !== 0 || (options & CANONICALIZE) === 0);
}

function isOrdinaryService(event: IdentityEvent, facts: Facts): boolean {
  return facts.weakTicketClients(event.field('ServiceName')) >= COMMON_SERVICE_CLIENTS;
}

/** Name of the client without the realm that some records add. */
function clientName(event: IdentityEvent): string {
  return (ticketAccount(event)?.name ?? '').split('@')[0] ?? '';
}

const TICKET: Omit<Step, 'name'> = {
  eventIds: [4769],
  conditions: [
    when('the ticket was issued', (event) => numberField(event, 'Status') === 0),
    IS_WEAKLY_ENCRYPTED,
    unless('the service runs under a machine account', (event) => isMachineName(event.field('ServiceName'))),
    unless('the ticket-granting service itself', isTicketGranting),
    unless('a machine account asks', (event) => isImpersonal(ticketAccount(event)) || clientName(event).endsWith('$')),
    unless(
      'an account asks for a ticket of itself',
      (event) => clientName(event).toLowerCase() === event.field('ServiceName').toLowerCase(),
    ),
  ],
};

export const kerberoasting: Detection = {
  id: 'kerberoasting',
  externalId: 2410,
  catalogueName: 'Suspected Kerberos SPN exposure',
  title: 'Suspected Kerberoasting (Kerberos SPN exposure)',
  whatItSees: 'An account asked for service tickets of services that run under user accounts, encrypted with RC4 or DES.',
  whyItMatters: 'Such a ticket is encrypted with the password of the service account and can be guessed offline, without a failed logon.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Credential Access'],
  techniques: ['T1558', 'T1558.003'],
  reads: [
    { ...SECURITY, eventIds: [4769], needs: 'the Security log of a domain controller with "Audit Kerberos Service Ticket Operations" on' },
  ],
  steps: [
    {
      ...TICKET,
      name: 'tool-options',
      conditions: [...TICKET.conditions, when('its options are not those of a Windows client', hasToolOptions)],
    },
    {
      ...TICKET,
      name: 'common-service',
      conditions: [...TICKET.conditions, when('many accounts get weak tickets of this service', isOrdinaryService)],
    },
    { ...TICKET, name: 'weak-ticket' },
  ],
  over: {
    by: ticketClient,
    byWords: 'same account',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => event.field('ServiceName').toLowerCase(), words: 'distinct services' },
  },
  explain: (event) => [
    ['TargetUserName', event.field('TargetUserName'), 'account that asked'],
    ['ServiceName', event.field('ServiceName'), 'service account whose password protects the ticket'],
    ['TicketEncryptionType', event.field('TicketEncryptionType'), 'weak encryption (RC4 or DES)'],
    [
      'TicketOptions',
      event.field('TicketOptions'),
      hasToolOptions(event) ? 'options that Windows does not send for a service ticket' : 'options as Windows sends them',
    ],
    ['IpAddress', event.field('IpAddress'), 'where the request came from'],
  ],
  grade(group) {
    if (group.distinct >= MANY_SERVICES) return { confidence: 'high', because: `${group.distinct} service accounts in one go` };
    if (group.steps.has('tool-options')) return { because: 'options that Windows does not send' };
    if (!group.steps.has('weak-ticket')) {
      return { severity: 'informational', confidence: 'low', because: 'many accounts get weak tickets of this service: it is set up so' };
    }
    return { severity: 'low', confidence: 'low', because: 'few tickets, with the options of an ordinary client' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const who = facts.name(ticketAccountEntity(anchor), ticketAccount(anchor));
    return `${who} took ${plural(group.count, 'weakly encrypted ticket')} for ${plural(group.distinct, 'service account')} from ${sourceWords(anchor, facts)}.`;
  },
  benignCauses: [
    'A service account that supports no AES keys: every client then gets RC4 tickets of it.',
    'An old client or appliance that offers no AES.',
    'A password audit with permission.',
  ],
  firstResponse: [
    'Ask what the account was doing at its workstation; look there for directory queries for service principal names just before.',
    'Give the service accounts named here long random passwords (better: managed service accounts) and AES keys.',
    'Watch the service accounts for logons from new places.',
  ],
};
