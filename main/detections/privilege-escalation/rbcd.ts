import { HOUR } from '../../../shared/model/time.ts';
import { actorAndHost, changedBy, computerName, directoryChange, objectName } from '../account-change.ts';
import { type Condition, type Detection, when } from '../detection.ts';
import { COMMAND_READINGS, SCRIPT_AND_COMMAND_IDS, SCRIPT_READINGS, typedText } from '../recon-text.ts';
import { accountField, clip, isMachineName, plural, SECURITY } from '../record.ts';

const ATTRIBUTE = 'msds-allowedtoactonbehalfofotheridentity';

const isOfDelegation: Condition = when(
  'the attribute is that of resource-based constrained delegation',
  (event) => directoryChange(event).attribute === ATTRIBUTE,
);
const isAdded: Condition = when('a value was added', (event) => directoryChange(event).change === 'added');

/** What administrators and tools write to set it from a prompt or script. */
const COMMAND = /\s-PrincipalsAllowedToDelegateToAccount\b|\bmsds-allowedtoactonbehalfofotheridentity["']?\s*[=,]/i;

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
  reads: [
    { ...SECURITY, eventIds: [5136], needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on' },
    ...COMMAND_READINGS,
    ...SCRIPT_READINGS,
  ],
  steps: [
    {
      name: 'by-machine',
      eventIds: [5136],
      conditions: [
        isOfDelegation,
        isAdded,
        when('a computer account wrote it', (event) => isMachineName(accountField(event, 'Subject').name)),
      ],
    },
    { name: 'by-user', eventIds: [5136], conditions: [isOfDelegation, isAdded] },
    {
      name: 'by-command',
      eventIds: SCRIPT_AND_COMMAND_IDS,
      conditions: [when('a command sets resource-based constrained delegation', (event) => COMMAND.test(typedText(event).text))],
    },
    {
      name: 'removed-again',
      eventIds: [5136],
      accompanies: true,
      conditions: [isOfDelegation, when('a value was taken away', (event) => directoryChange(event).change === 'deleted')],
    },
  ],
  over: {
    by: actorAndHost,
    byWords: 'same account and controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => event.field('ObjectDN').toLowerCase(), words: 'distinct accounts' },
  },
  explain(event, facts, step) {
    if (step === 'by-command') {
      const { field, text } = typedText(event);
      return [[field, clip(text), 'sets resource-based constrained delegation']];
    }
    return [
      ['ObjectDN', event.field('ObjectDN'), 'account that others may now act toward'],
      ['AttributeLDAPDisplayName', event.field('AttributeLDAPDisplayName'), 'attribute of resource-based constrained delegation'],
      ['AttributeValue', clip(event.field('AttributeValue')), step === 'removed-again' ? 'value taken away' : 'value added'],
      ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
    ];
  },
  grade({ steps }) {
    if (steps.has('by-machine')) return { because: 'written by a computer account, as relay attacks do' };
    if (steps.has('removed-again')) return { severity: 'medium', because: 'by a user, and taken away again soon after' };
    if (!steps.has('by-user'))
      return { severity: 'low', because: 'by command; administrators do so too, and the change itself was not seen' };
    return { severity: 'medium', because: 'by a user; administrators do so too' };
  },
  summary(group, facts) {
    const { anchor } = group;
    if (!group.steps.has('by-user') && !group.steps.has('by-machine')) {
      return `${changedBy(anchor, facts)} set resource-based constrained delegation by command on ${computerName(anchor, facts)}.`;
    }
    const changed = group.sample.find(({ event }) => event.eventId === 5136)?.event ?? anchor;
    const more = group.distinct > 1 ? ` and for ${plural(group.distinct - 1, 'further account')}` : '';
    return `${changedBy(anchor, facts)} set resource-based constrained delegation for ${objectName(changed)}${more}.`;
  },
  benignCauses: ['An administrator sets up delegation for a service, a file server or a virtualization host.'],
  firstResponse: [
    'Read the attribute of the account named here: which account may act toward it, and who made that account, when.',
    'Clear the attribute if nobody ordered it.',
    'Look at the domain controller for service tickets that the other account took in the name of administrators.',
  ],
};
