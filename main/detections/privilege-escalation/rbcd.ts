import { HOUR } from '../../../shared/model/time.ts';
import { actorAndHost, changedBy, directoryChange, objectName } from '../account-change.ts';
import { accompanies, counts, type Detection } from '../detection.ts';
import { accountField, clip, isMachineName, plural, SECURITY } from '../record.ts';

const ATTRIBUTE = 'msds-allowedtoactonbehalfofotheridentity';

export const rbcd: Detection = {
  id: 'rbcd',
  externalId: 2423,
  catalogueName: 'Suspicious modification of the Resource Based Constrained Delegation attribute by a machine account',
  title: 'Suspicious change of resource-based constrained delegation',
  whatItSees: 'It was written into an account that another account may act toward it in the name of anybody.',
  whyItMatters: 'Whoever controls that other account then logs on to the computer as its administrator.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Defense Evasion', 'Privilege Escalation'],
  techniques: ['T1484'],
  reads: [{ ...SECURITY, eventIds: [5136], needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on' }],
  matches(event) {
    const { attribute, change } = directoryChange(event);
    if (attribute !== ATTRIBUTE || change === 'other') return null;
    if (change === 'deleted') return accompanies('removed-again');
    return counts(isMachineName(accountField(event, 'Subject').name) ? 'by-machine' : 'by-user');
  },
  over: {
    by: actorAndHost,
    byWords: 'same account and controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => event.field('ObjectDN').toLowerCase(), words: 'distinct accounts' },
  },
  explain: (event, facts) => [
    ['ObjectDN', event.field('ObjectDN'), 'account that others may now act toward'],
    ['AttributeLDAPDisplayName', event.field('AttributeLDAPDisplayName'), 'attribute of resource-based constrained delegation'],
    ['AttributeValue', clip(event.field('AttributeValue')), directoryChange(event).change === 'added' ? 'value added' : 'value taken away'],
    ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
  ],
  grade({ steps }) {
    if (steps.has('by-machine')) return { because: 'written by a computer account, as relay attacks do' };
    if (steps.has('removed-again')) return { severity: 'medium', because: 'by a user, and taken away again soon after' };
    return { severity: 'medium', because: 'by a user; administrators do so too' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const more = group.distinct > 1 ? ` and for ${plural(group.distinct - 1, 'further account')}` : '';
    return `${changedBy(anchor, facts)} set resource-based constrained delegation for ${objectName(anchor)}${more}.`;
  },
  benignCauses: ['An administrator sets up delegation for a service, a file server or a virtualization host.'],
  firstResponse: [
    'Read the attribute of the account named here: which account may act toward it, and who made that account, when.',
    'Clear the attribute if nobody ordered it.',
    'Look at the domain controller for service tickets that the other account took in the name of administrators.',
  ],
};
