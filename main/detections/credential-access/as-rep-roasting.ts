import { HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import { isImpersonal, isMachineName, numberField, plural, SECURITY, sourceKey } from '../record.ts';
import { isTicketGranting, isWeakEncryption } from '../tickets.ts';
import { sourceWords } from '../words.ts';

const SEVERAL_ACCOUNTS = 3;

export const asRepRoasting: Detection = {
  id: 'as-rep-roasting',
  externalId: 2412,
  catalogueName: 'Suspected AS-REP Roasting attack',
  title: 'Suspected AS-REP roasting attack',
  whatItSees: 'A ticket-granting ticket was issued for a user account without any proof that the client knows its password.',
  whyItMatters:
    'The answer is encrypted with the password of the account and can be guessed offline; anyone on the network may ask for it.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Credential Access'],
  techniques: ['T1558', 'T1558.004'],
  reads: [
    { ...SECURITY, eventIds: [4768], needs: 'the Security log of a domain controller with "Audit Kerberos Authentication Service" on' },
  ],
  matches(event) {
    if (numberField(event, 'PreAuthType') !== 0 || numberField(event, 'Status') !== 0) return null;
    if (isMachineName(event.field('TargetUserName')) || isImpersonal(event.target ?? event.actor) || !isTicketGranting(event)) return null;
    return counts(isWeakEncryption(numberField(event, 'TicketEncryptionType')) ? 'weak-answer' : 'strong-answer');
  },
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
      isWeakEncryption(numberField(event, 'TicketEncryptionType')) ? 'weak encryption, quick to guess' : 'strong encryption',
    ],
    ['IpAddress', event.field('IpAddress'), 'where the request came from'],
  ],
  grade(group) {
    if (group.distinct >= SEVERAL_ACCOUNTS) return { because: `${group.distinct} accounts from one source` };
    if (group.steps.has('weak-answer')) return { because: 'the answer is weakly encrypted, as tools ask for it' };
    return { severity: 'medium', confidence: 'low', because: 'strong encryption and few accounts: may be how this client works' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const whose =
      group.distinct === 1 ? facts.name(anchor.targetEntity, anchor.field('TargetUserName')) : plural(group.distinct, 'account');
    return `${sourceWords(anchor, facts)} got ticket-granting tickets for ${whose} without knowing a password (${plural(group.count, 'request')}).`;
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
