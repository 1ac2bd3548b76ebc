import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, type Step, unless, when } from '../detection.ts';
import { isImpersonal, isMachineName, numberField, plural, SECURITY, sourceKey } from '../record.ts';
import { IS_WEAKLY_ENCRYPTED, isTicketGranting, isWeaklyEncrypted } from '../tickets.ts';
import { sourceWords } from '../words.ts';

const SEVERAL_ACCOUNTS = 3;

const ANSWER: Omit<Step, 'name'> = {
  eventIds: [4768],
  conditions: [
    when('no proof of the password was given', (event) => numberField(event, 'PreAuthType') === 0),
    when('a ticket was issued', (event) => numberField(event, 'Status') === 0),
    unless('a computer asks', (event) => isMachineName(event.field('TargetUserName')) || isImpersonal(event.target ?? event.actor)),
  ],
};

export const asRepRoasting: Detection = {
  id: 'as-rep-roasting',
  externalId: 2412,
  catalogueName: 'Suspected AS-REP Roasting attack',
  title: 'Suspected AS-REP roasting attack',
  whatItSees: 'A ticket was issued to a user account without any proof that the client knows its password.',
  whyItMatters:
    'The answer is encrypted with the password of the account and can be guessed offline; anyone on the network may ask for it.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Credential Access'],
  techniques: ['T1558', 'T1558.004'],
  reads: [
    { ...SECURITY, eventIds: [4768], needs: 'the Security log of a domain controller with "Audit Kerberos Authentication Service" on' },
  ],
  steps: [
    {
      ...ANSWER,
      name: 'service-answer',
      conditions: [
        ...ANSWER.conditions,
        unless('the ticket is one for the ticket-granting service, as clients ask for first', isTicketGranting),
      ],
    },
    {
      ...ANSWER,
      name: 'weak-answer',
      conditions: [...ANSWER.conditions, IS_WEAKLY_ENCRYPTED],
    },
    { ...ANSWER, name: 'strong-answer' },
  ],
  over: {
    by: (event) => sourceKey(event) || event.computerEntity || event.computer,
    byWords: 'same source',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => event.targetEntity || event.field('TargetUserName').toLowerCase(), words: 'distinct accounts' },
  },
  explain: (event) => [
    ['TargetUserName', event.field('TargetUserName'), 'account that may be asked for without its password'],
    ['PreAuthType', event.field('PreAuthType'), 'no proof of the password was given'],
    [
      'TicketEncryptionType',
      event.field('TicketEncryptionType'),
      isWeaklyEncrypted(event) ? 'weak encryption, quick to guess' : 'strong encryption',
    ],
    ['ServiceName', event.field('ServiceName'), 'service that the ticket is for'],
    ['IpAddress', event.field('IpAddress'), 'where the request came from'],
  ],
  grade(group) {
    if (group.distinct >= SEVERAL_ACCOUNTS) return { because: `${group.distinct} accounts from one source` };
    if (group.steps.has('service-answer')) return { because: 'a ticket for a service, whose password can be guessed from it' };
    if (group.steps.has('weak-answer')) return { because: 'the answer is weakly encrypted, as tools ask for it' };
    return { severity: 'medium', confidence: 'low', because: 'strong encryption and few accounts: may be how this client works' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const whose =
      group.distinct === 1 ? facts.name(anchor.targetEntity, anchor.field('TargetUserName')) : plural(group.distinct, 'account');
    return `${sourceWords(anchor, facts)} got tickets in the name of ${whose} without knowing a password (${plural(group.count, 'request')}).`;
  },
  benignCauses: [
    'An account with "Do not require Kerberos preauthentication" that an old Unix or Java client uses.',
    'A scan of accounts by the own security team.',
  ],
  firstResponse: [
    'Require preauthentication for the accounts named here, and change their passwords.',
    'Look at the source host for tools and for a directory query for accounts without preauthentication.',
  ],
};
