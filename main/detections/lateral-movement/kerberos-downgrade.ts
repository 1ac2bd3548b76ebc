import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR, type Micros } from '../../../shared/model/time.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, isImpersonal, numberField, plural, SECURITY } from '../record.ts';
import { IS_WEAKLY_ENCRYPTED, isPasswordRequest, isStrongEncryption } from '../tickets.ts';
import { sourceWords } from '../words.ts';

const TICKET_GRANTED = 4768;
/** Tickets so far apart may come from different settings. */
const SAME_DAY: Micros = 8 * HOUR;
/** An intruder asks once or twice; what asks so often is set up so. */
const MANY_TIMES = 5;

const FOR_PASSWORD: readonly Condition[] = [
  when('the request proved a key made from the password', isPasswordRequest),
  unless('a machine account', (event) => isImpersonal(accountField(event, 'Target'))),
];

/** One host that used AES for the account asks with less: its software or its settings have changed. */
function fromHostThatUsedAes(event: IdentityEvent, facts: Facts): boolean {
  return facts.strongTicketSources(event, SAME_DAY).includes(event.sourceAddress);
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
  steps: [
    {
      name: 'weak-from-same-host',
      eventIds: [TICKET_GRANTED],
      conditions: [
        IS_WEAKLY_ENCRYPTED,
        ...FOR_PASSWORD,
        when('the same host had got a ticket with AES for the account', fromHostThatUsedAes),
      ],
    },
    {
      name: 'weak-after-strong',
      eventIds: [TICKET_GRANTED],
      conditions: [
        IS_WEAKLY_ENCRYPTED,
        ...FOR_PASSWORD,
        when('the account had got a ticket with AES', (event, facts) => facts.strongTicketSources(event, SAME_DAY).length > 0),
      ],
    },
    { name: 'weak', eventIds: [TICKET_GRANTED], conditions: [IS_WEAKLY_ENCRYPTED, ...FOR_PASSWORD] },
    {
      name: 'strong',
      eventIds: [TICKET_GRANTED],
      accompanies: true,
      conditions: [
        when('it is encrypted with AES', (event) => isStrongEncryption(numberField(event, 'TicketEncryptionType'))),
        ...FOR_PASSWORD,
      ],
    },
  ],
  over: {
    by: (event) => event.targetEntity || event.field('TargetUserName').toLowerCase(),
    byWords: 'same account',
    thresholds: [{ within: SAME_DAY, atLeast: 1 }],
    requires: [{ 'weak-from-same-host': 1 }, { 'weak-after-strong': 1 }, { strong: 1 }],
  },
  explain: (event, _facts, step) => [
    ['TargetUserName', event.field('TargetUserName'), 'account'],
    [
      'TicketEncryptionType',
      event.field('TicketEncryptionType'),
      step === 'strong'
        ? 'AES: account and domain can do better'
        : 'weak encryption (RC4 or DES); the account gets tickets with AES as well',
    ],
    ['TicketOptions', event.field('TicketOptions'), 'options of the request'],
    ['IpAddress', event.field('IpAddress'), 'where the request came from'],
  ],
  grade({ count, steps }) {
    if (count >= MANY_TIMES) return { severity: 'informational', because: `${count} times in a row: it is set up so somewhere` };
    if (steps.has('weak-from-same-host')) return { confidence: 'medium', because: 'from a host that had used AES for the same account' };
    return { severity: 'low', because: 'from another host than the AES tickets: it may be an old device' };
  },
  summary(group, facts) {
    const event = group.anchor;
    const who = facts.name(event.targetEntity, accountField(event, 'Target'));
    const weak = plural(group.count, 'weakly encrypted ticket-granting ticket');
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
