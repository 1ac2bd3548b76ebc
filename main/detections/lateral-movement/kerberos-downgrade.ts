import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection, type Group } from '../detection.ts';
import { accountField, given, isImpersonal, numberField, plural, SECURITY } from '../record.ts';
import { isWeakEncryption } from '../tickets.ts';
import { sourceWords } from '../words.ts';

const TICKET_GRANTED = 4768;
/** Encrypted timestamp and its armored form: the client proved a key that was made from the password (RFC 4120 5.2.7.2, RFC 6113). */
const PASSWORD_PREAUTHENTICATION = new Set(['2', '138']);
/** aes128-cts-hmac-sha1-96 and aes256 (RFC 3962), and their successors of RFC 8009. */
const STRONG_ENCRYPTION = new Set([0x11, 0x12, 0x13, 0x14]);

function addresses(group: Group, step: string): Set<string> {
  return new Set(group.sample.filter((held) => held.step === step).map(({ event }) => event.sourceAddress || event.field('IpAddress')));
}

/** One host that used AES for the account asks with less: its software or its settings have changed. */
function isSameHost(group: Group): boolean {
  const strong = addresses(group, 'strong');
  return [...addresses(group, 'weak')].some((address) => strong.has(address));
}

function firstWeak(group: Group): IdentityEvent {
  return group.sample.find(({ step }) => step === 'weak')?.event ?? group.anchor;
}

export const kerberosDowngrade: Detection = {
  id: 'kerberos-downgrade',
  externalId: 2008,
  catalogueName: 'Suspected over-pass-the-hash attack (forced encryption type)',
  title: 'Suspected over-pass-the-hash attack (forced encryption type)',
  whatItSees: 'An account that gets tickets with AES got a ticket-granting ticket with RC4 or DES within the same hours.',
  whyItMatters: 'RC4 is asked for by whoever holds only the NT hash of the account, or wants answers that can be guessed.',
  severity: 'medium',
  confidence: 'low',
  tactics: ['Lateral Movement', 'Defense Evasion'],
  techniques: ['T1550', 'T1550.002', 'T1550.003'],
  reads: [
    {
      ...SECURITY,
      eventIds: [TICKET_GRANTED],
      needs: 'the Security log of a domain controller with "Audit Kerberos Authentication Service" on',
    },
  ],
  matches(event) {
    if (event.outcome === 'failure' || numberField(event, 'Status') > 0 || isImpersonal(accountField(event, 'Target'))) return null;
    if (!PASSWORD_PREAUTHENTICATION.has(given(event.field('PreAuthType')).trim())) return null;
    const type = numberField(event, 'TicketEncryptionType');
    if (isWeakEncryption(type)) return counts('weak');
    return STRONG_ENCRYPTION.has(type) ? counts('strong') : null;
  },
  over: {
    by: (event) => event.targetEntity || event.field('TargetUserName').toLowerCase(),
    byWords: 'same account',
    thresholds: [{ within: 8 * HOUR, atLeast: 2 }],
    requires: [{ strong: 1, weak: 1 }],
  },
  explain: (event) => [
    ['TargetUserName', event.field('TargetUserName'), 'account'],
    [
      'TicketEncryptionType',
      event.field('TicketEncryptionType'),
      isWeakEncryption(numberField(event, 'TicketEncryptionType'))
        ? 'weak encryption (RC4 or DES)'
        : 'AES: account and domain can do better',
    ],
    ['TicketOptions', event.field('TicketOptions'), 'options of the request'],
    ['IpAddress', event.field('IpAddress'), 'where the request came from'],
  ],
  grade(group) {
    if ((group.steps.get('weak') ?? 0) > (group.steps.get('strong') ?? 0))
      return { severity: 'informational', because: 'most tickets of the account are weak: it is set up so somewhere' };
    if (isSameHost(group)) return { confidence: 'medium', because: 'from a host that had used AES for the same account' };
    return { severity: 'low', because: 'from another host than the AES tickets: it may be an old device' };
  },
  summary(group, facts) {
    const event = firstWeak(group);
    const who = facts.name(event.targetEntity, accountField(event, 'Target'));
    const weak = plural(group.steps.get('weak') ?? 1, 'weakly encrypted ticket-granting ticket');
    return `${who}, who gets tickets with AES, got ${weak} from ${sourceWords(event, facts)}.`;
  },
  benignCauses: [
    'An old device, appliance or program that offers RC4 only.',
    'An account whose password is older than AES in the domain, changed in these hours.',
  ],
  firstResponse: [
    'Find out which software at the source host asked for the ticket.',
    'Ask the owner of the account whether that host is theirs.',
    'Switch RC4 off for the account where nothing needs it.',
  ],
};
