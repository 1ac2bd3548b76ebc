import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { accountField, actorWords, given, isImpersonal, plural, SECURITY, shortHost } from '../record.ts';

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

function match(event: IdentityEvent): Match {
  const found = changes(event);
  if (found.length === 0) return null;
  // Group policy is applied by the host itself.
  const isByHost = isImpersonal(accountField(event, 'Subject'));
  if (!found.some((words) => words.endsWith('removed'))) return counts('added');
  if (isByHost) return counts('removed-by-host');
  return counts(found.includes('success removed') ? 'success-removed' : 'failure-removed');
}

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
  ],
  matches: match,
  over: {
    by: (event) =>
      `${event.computerEntity || shortHost(event.computer)}|${accountField(event, 'Subject').sid || accountField(event, 'Subject').name}`,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: subcategoryOf, words: 'distinct subcategories' },
  },
  explain: (event) => [
    ['AuditPolicyChanges', event.field('AuditPolicyChanges'), changes(event).join(', ')],
    ['SubcategoryGuid', subcategoryOf(event) || '-', 'what is or was audited'],
    ['SubjectUserName', event.field('SubjectUserName'), 'who did it; the host itself where group policy does'],
  ],
  grade({ steps }) {
    if (steps.has('success-removed')) return { severity: 'medium', because: 'a person switched off the audit of what succeeds' };
    if (steps.has('failure-removed')) return { severity: 'low', because: 'a person switched off the audit of what fails' };
    if (steps.has('removed-by-host')) return { confidence: 'low', because: 'the host did it, as it does for group policy' };
    return { because: 'auditing was only added' };
  },
  summary(group, facts) {
    const { anchor, steps } = group;
    const act = steps.size === 1 && steps.has('added') ? 'added auditing' : 'changed what is audited';
    const where = facts.name(anchor.computerEntity, anchor.computer);
    return `${actorWords(anchor, facts.name)} ${act} on ${where} (${plural(group.count, 'change')}).`;
  },
  benignCauses: ['Group policy, security baselines and hardening tools.', 'An administrator who takes noise out of a log.'],
  firstResponse: [
    'Ask whoever made the change why, and put the policy back.',
    'Look at what the account did on the host before and after, in other logs.',
  ],
};
