import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { actorAndHost, computerName } from '../account-change.ts';
import { type Detection, unless, when } from '../detection.ts';
import { ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { accountField, actorWords, given, isImpersonal, plural, SECURITY } from '../record.ts';

/** `auditpol` that stops recording what succeeds; baselines leave failures out themselves. */
const TAKES_AWAY = /\bauditpol(?:\.exe)?["']?\s+(?:\/clear\b|\/remove\b|\/set\b[^&|]*?\/success:disable)/i;
/** Message codes of 4719: success removed, success added, failure removed, failure added. */
const SUCCESS_REMOVED = '%%8448';
const SUCCESS_ADDED = '%%8449';
const FAILURE_REMOVED = '%%8450';
const FAILURE_ADDED = '%%8451';
const CHANGE_WORDS: readonly (readonly [code: string, words: string])[] = [
  [SUCCESS_REMOVED, 'success removed'],
  [SUCCESS_ADDED, 'success added'],
  [FAILURE_REMOVED, 'failure removed'],
  [FAILURE_ADDED, 'failure added'],
];

function changes(event: IdentityEvent): readonly string[] {
  const text = event.field('AuditPolicyChanges');
  return CHANGE_WORDS.filter(([code, words]) => text.includes(code) || text.toLowerCase().includes(words)).map(([, words]) => words);
}

const byHost = unless('the host does it itself, as for group policy', (event) => isImpersonal(accountField(event, 'Subject')));

function subcategoryOf(event: IdentityEvent): string {
  return given(event.field('SubcategoryGuid')) || given(event.field('SubcategoryId')) || given(event.field('CategoryId'));
}

export const auditPolicyChange: Detection = {
  id: 'audit-policy-change',
  externalId: null,
  catalogueName: '',
  title: 'Audit policy changed',
  whatItSees: 'What a host writes into its Security log was changed.',
  whyItMatters: 'What is not written down cannot be seen; intruders switch auditing off before they act.',
  severity: 'informational',
  confidence: 'medium',
  tactics: ['Defense Evasion'],
  techniques: ['T1562.002'],
  reads: [
    { ...SECURITY, eventIds: [4719], needs: 'Security logs; 4719 is written whenever "Audit Policy Change" is on, which is the default' },
    ...ORDER_READS,
  ],
  steps: [
    {
      name: 'success-removed',
      eventIds: [4719],
      conditions: [when('what succeeds is audited no more', (event) => changes(event).includes('success removed')), byHost],
    },
    {
      name: 'failure-removed',
      eventIds: [4719],
      conditions: [when('what fails is audited no more', (event) => changes(event).includes('failure removed')), byHost],
    },
    {
      name: 'removed-by-host',
      eventIds: [4719],
      conditions: [when('something is audited no more', (event) => changes(event).some((words) => words.endsWith('removed')))],
    },
    { name: 'added', eventIds: [4719], conditions: [when('something is audited anew', (event) => changes(event).length > 0)] },
    orderedStep('the command stops the audit of what succeeds', TAKES_AWAY),
  ],
  over: {
    by: actorAndHost,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: subcategoryOf, words: 'distinct subcategories' },
  },
  explain(event, _facts, step) {
    if (step === 'ordered') return [orderedField(event, 'stops auditing')];
    return [
      ['AuditPolicyChanges', event.field('AuditPolicyChanges'), changes(event).join(', ')],
      ['SubcategoryGuid', subcategoryOf(event) || '-', 'what is or was audited'],
      ['SubjectUserName', event.field('SubjectUserName'), 'who did it; the host itself where group policy does'],
    ];
  },
  grade({ steps }) {
    if (steps.has('success-removed')) return { severity: 'medium', because: 'a person switched off the audit of what succeeds' };
    if (steps.has('failure-removed')) return { severity: 'low', because: 'a person switched off the audit of what fails' };
    if (steps.has('ordered')) return { severity: 'low', because: 'a command ordered it; no record shows that it was done' };
    if (steps.has('removed-by-host')) return { confidence: 'low', because: 'the host did it, as it does for group policy' };
    return { because: 'auditing was only added' };
  },
  summary(group, facts) {
    const { anchor, steps } = group;
    const act = steps.size === 1 && steps.has('added') ? 'added auditing' : 'changed what is audited';
    const where = computerName(anchor, facts);
    if (steps.has('ordered') && steps.size === 1)
      return `${actorWords(anchor, facts.name)} ordered ${where} to stop auditing (${plural(group.count, 'command')}).`;
    return `${actorWords(anchor, facts.name)} ${act} on ${where} (${plural(group.count, 'change')}).`;
  },
  benignCauses: ['Group policy, security baselines and hardening tools.', 'An administrator who takes noise out of a log.'],
  firstResponse: [
    'Ask whoever made the change why, and put the policy back.',
    'Look at what the account did on the host before and after, in other logs.',
  ],
};
