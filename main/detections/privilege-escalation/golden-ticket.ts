import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Step, unless, when } from '../detection.ts';
import { COMMAND_READINGS, SCRIPT_AND_COMMAND_IDS, SCRIPT_READINGS, typedText, typist } from '../recon-text.ts';
import { accountField, actorWords, clip, given, isImpersonal, plural, SECURITY } from '../record.ts';
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

/** Functions of tools that make a ticket with the key of krbtgt. */
const COMMAND = /\bkerberos::golden\b|\bgolden\s[^\r\n]*\/(?:aes256|aes128|rc4|des|ldap|user|sid):|\bInvoke-GoldenTicket\b/i;

const isImpossible: Condition = when('no domain can have this name', (event) => isImpossibleRealm(realm(event)));
const isTyped: Condition = when('the domain is written in small letters, as a person types it', (event) => isTypedRealm(realm(event)));
const isPerson: Condition = unless('a computer or a service of Windows', (event) =>
  isImpersonal({ ...accountField(event, 'Target'), name: clientName(event) }),
);
const isIssued: Condition = when('the ticket was issued', (event) => event.outcome !== 'failure');
const KERBEROS_LOGON: readonly Condition[] = [
  when('the logon came over the network', (event) => event.logonType === NETWORK),
  when('it was made with a Kerberos ticket', (event) => event.field('AuthenticationPackageName').trim().toLowerCase() === 'kerberos'),
  unless('a program of the host made the logon for somebody, under the name it was given (S4U)', (event) => {
    const by = event.field('LogonProcessName').trim().toLowerCase();
    return by !== '' && by !== 'kerberos';
  }),
];

const STEPS: readonly Step[] = [
  { name: 'impossible-domain', eventIds: [SERVICE_TICKET], conditions: [isImpossible, isIssued, isPerson] },
  { name: 'typed-domain', eventIds: [SERVICE_TICKET], conditions: [isTyped, isIssued, isPerson] },
  { name: 'impossible-domain', eventIds: [LOGON], conditions: [...KERBEROS_LOGON, isImpossible, isPerson] },
  { name: 'typed-domain', eventIds: [LOGON], conditions: [...KERBEROS_LOGON, isTyped, isPerson] },
  {
    name: 'made-by-command',
    eventIds: SCRIPT_AND_COMMAND_IDS,
    conditions: [when('a command makes a ticket with the key of krbtgt', (event) => COMMAND.test(typedText(event).text))],
  },
];

function isText(event: IdentityEvent): boolean {
  return SCRIPT_AND_COMMAND_IDS.includes(event.eventId);
}

export const goldenTicket: Detection = {
  id: 'golden-ticket',
  externalId: 2032,
  catalogueName: 'Suspected Golden Ticket usage (ticket anomaly)',
  title: 'Suspected Golden Ticket usage (ticket anomaly)',
  whatItSees: 'A Kerberos ticket was used whose domain is written as no domain controller writes it, or a command made a ticket.',
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
    ...COMMAND_READINGS,
    ...SCRIPT_READINGS,
  ],
  steps: STEPS,
  over: {
    by: (event) => (isText(event) ? typist(event) : `${clientName(event).toLowerCase()}|${realm(event).toLowerCase()}`),
    byWords: 'same account and domain',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: {
      of: (event) => (event.eventId === SERVICE_TICKET ? event.field('ServiceName') : event.computer).toLowerCase(),
      words: 'distinct services and hosts',
    },
  },
  explain(event, _facts, step) {
    if (step === 'made-by-command') {
      const { field, text } = typedText(event);
      return [[field, clip(text), 'makes a ticket']];
    }
    return [
      ['TargetUserName', event.field('TargetUserName'), 'account in the ticket'],
      [
        'TargetDomainName',
        event.field('TargetDomainName'),
        step === 'impossible-domain'
          ? 'no domain can have this name'
          : 'in small letters: domain controllers write capitals or a short name',
      ],
      event.eventId === SERVICE_TICKET
        ? ['ServiceName', event.field('ServiceName'), 'service that the ticket was used for']
        : ['TargetUserSid', event.field('TargetUserSid'), 'SID that the ticket claims'],
      ['IpAddress', event.field('IpAddress'), 'where it came from'],
    ];
  },
  grade(group) {
    if (group.steps.has('impossible-domain')) return { confidence: 'high', because: 'no domain can have this name' };
    if (group.steps.has('made-by-command')) return { confidence: 'high', because: 'a command that does nothing else' };
    return { because: 'the domain is written as a person types it, not as a domain controller does' };
  },
  summary(group, facts) {
    const { anchor } = group;
    if (isText(anchor))
      return `${actorWords(anchor, facts.name)} made a ticket by command on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
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
