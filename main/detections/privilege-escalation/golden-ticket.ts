import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import { accountField, given, isImpersonal, isWellKnownSid, plural, SECURITY } from '../record.ts';
import { sourceWords } from '../words.ts';

const SERVICE_TICKET = 4769;
const LOGON = 4624;
const NETWORK = 3;

function clientName(event: IdentityEvent): string {
  return given(event.field('TargetUserName')).split('@')[0] ?? '';
}

function realm(event: IdentityEvent): string {
  return given(event.field('TargetDomainName')).trim();
}

/**
 * The client's realm stands in the ticket. A domain controller writes its own in capitals or, in logons, as NetBIOS name (so in every ticket
 * and network logon of the labelled evidence); small letters with a dot come from whoever typed the domain to make a ticket.
 */
function isTypedRealm(name: string): boolean {
  return name.includes('.') && name === name.toLowerCase() && /[a-z]/.test(name);
}

/** Early tools for forging put advertisements of themselves into the domain: no domain holds a blank or ":)". */
function isImpossibleRealm(name: string): boolean {
  return /[\s:<>]/.test(name);
}

export const goldenTicket: Detection = {
  id: 'golden-ticket',
  externalId: 2032,
  catalogueName: 'Suspected Golden Ticket usage (ticket anomaly)',
  title: 'Suspected Golden Ticket usage (ticket anomaly)',
  whatItSees: 'A Kerberos ticket was used whose domain is written as no domain controller writes it.',
  whyItMatters: 'Whoever holds the key of krbtgt makes tickets for any account, with any group, until the key was changed twice.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Persistence', 'Privilege Escalation', 'Lateral Movement'],
  techniques: ['T1558', 'T1558.001'],
  reads: [
    {
      ...SECURITY,
      eventIds: [SERVICE_TICKET],
      needs: 'the Security log of a domain controller with "Audit Kerberos Service Ticket Operations" on',
    },
    { ...SECURITY, eventIds: [LOGON], needs: 'Security logs with "Audit Logon" (success) on' },
  ],
  matches(event) {
    const isKerberosLogon =
      event.eventId === LOGON &&
      event.logonType === NETWORK &&
      event.field('AuthenticationPackageName').trim().toLowerCase() === 'kerberos' &&
      !isWellKnownSid(accountField(event, 'Target').sid);
    if (!isKerberosLogon && (event.eventId !== SERVICE_TICKET || event.outcome === 'failure')) return null;
    if (isImpersonal({ sid: '', name: clientName(event), domain: '' })) return null;
    if (isImpossibleRealm(realm(event))) return counts('impossible-domain');
    return isTypedRealm(realm(event)) ? counts('typed-domain') : null;
  },
  over: {
    by: (event) => `${clientName(event).toLowerCase()}|${realm(event).toLowerCase()}`,
    byWords: 'same account and domain',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: {
      of: (event) => (event.eventId === SERVICE_TICKET ? event.field('ServiceName') : event.computer).toLowerCase(),
      words: 'distinct services and hosts',
    },
  },
  explain: (event) => [
    ['TargetUserName', event.field('TargetUserName'), 'account in the ticket'],
    [
      'TargetDomainName',
      event.field('TargetDomainName'),
      isImpossibleRealm(realm(event))
        ? 'no domain can have this name'
        : 'in small letters: domain controllers write capitals or a short name',
    ],
    event.eventId === SERVICE_TICKET
      ? ['ServiceName', event.field('ServiceName'), 'service that the ticket was used for']
      : ['TargetUserSid', event.field('TargetUserSid'), 'SID that the ticket claims'],
    ['IpAddress', event.field('IpAddress'), 'where it came from'],
  ],
  grade(group) {
    if (group.steps.has('impossible-domain')) return { confidence: 'high', because: 'no domain can have this name' };
    return { because: 'the domain is written as a person types it, not as a domain controller does' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const where = plural(group.distinct, 'service or host', 'services and hosts');
    return `A ticket of ${clientName(anchor)} with the domain written "${realm(anchor)}" was used for ${where} from ${sourceWords(anchor, facts)}.`;
  },
  benignCauses: [
    'A Kerberos realm of another product (MIT, Heimdal) with a name in small letters that the domain trusts.',
    'A penetration test with permission.',
  ],
  firstResponse: [
    'Compare with the account in the directory: does it exist, does the SID belong to it, was a ticket-granting ticket issued for it (4768).',
    'Look at domain controllers for how the key of krbtgt was taken (replication, copy of the directory database).',
    'Change the password of krbtgt twice, with the time between that replication needs.',
  ],
};
