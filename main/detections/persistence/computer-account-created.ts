import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { actorAndHost, changedAccount, changedBy, computerName } from '../account-change.ts';
import { type Detection, unless, when } from '../detection.ts';
import { isOrder, ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { accountField, actorWords, isImpersonal, isMachineName, numberField, plural, SECURITY, shortHost } from '../record.ts';

const COMPUTER_CREATED = 4741;
const USER_CREATED = 4720;
/** Named when the account was made by the right that every user has (ms-DS-MachineAccountQuota), not by permission on a container. */
const USERS_RIGHT = 'semachineaccountprivilege';
/** The cmdlet, and the function of well-known scripts; a definition or a list of names is no command. */
const ORDERED = /(?<!function\s{1,4})\bNew-(?:ADComputer|MachineAccount)[ \t]+[-@$\w"']/i;
/** USER_INTERDOMAIN_TRUST_ACCOUNT of [MS-SAMR] 2.2.1.12. */
const TRUST_ACCOUNT = 0x40;

/** A local account belongs to the host that wrote the record; a computer account never does. */
function isLocal(event: IdentityEvent): boolean {
  return accountField(event, 'Target').domain.toLowerCase() === shortHost(event.computer);
}

const byComputer = unless('a computer or the system creates it', (event) => isImpersonal(accountField(event, 'Subject')));

export const computerAccountCreated: Detection = {
  id: 'computer-account-created',
  externalId: null,
  catalogueName: '',
  title: 'Computer account created by a user',
  whatItSees: 'A user created a computer account in the domain, or a user account that is named like one.',
  whyItMatters: 'By default every user may add ten; an account whose password one has set oneself is what delegation attacks start from.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Persistence'],
  techniques: ['T1136', 'T1136.002'],
  reads: [
    {
      ...SECURITY,
      eventIds: [COMPUTER_CREATED],
      needs: 'the Security log of a domain controller with "Audit Computer Account Management" on',
    },
    {
      ...SECURITY,
      eventIds: [USER_CREATED],
      needs: 'the Security log of a domain controller with "Audit User Account Management" on',
      optional: true,
    },
    ...ORDER_READS,
  ],
  steps: [
    {
      name: 'by-users-right',
      eventIds: [COMPUTER_CREATED],
      conditions: [
        // A computer has that right too; relayed logons of computers are used for it.
        when('it was made by the right that every account has', (event) =>
          event.field('PrivilegeList').toLowerCase().includes(USERS_RIGHT),
        ),
      ],
    },
    { name: 'created', eventIds: [COMPUTER_CREATED], conditions: [byComputer] },
    {
      name: 'user-named-like-computer',
      eventIds: [USER_CREATED],
      conditions: [
        when('the name of the user ends with $, as those of computers do', (event) => isMachineName(accountField(event, 'Target').name)),
        unless('it is a local account of the host', isLocal),
        unless('a trust with another domain makes its account', (event) => (numberField(event, 'NewUacValue') & TRUST_ACCOUNT) !== 0),
        byComputer,
      ],
    },
    orderedStep('a command creates a computer account', ORDERED),
  ],
  over: {
    by: actorAndHost,
    byWords: 'same account and host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => accountField(event, 'Target').name.toLowerCase(), words: 'distinct computers' },
  },
  explain(event, facts, step) {
    if (step === 'ordered') return [orderedField(event, 'creates a computer account')];
    return [
      [
        'TargetUserName',
        event.field('TargetUserName'),
        step === 'user-named-like-computer' ? 'user account created' : 'computer account created',
      ],
      ['PrivilegeList', event.field('PrivilegeList'), 'SeMachineAccountPrivilege: by the right that every account has'],
      ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
    ];
  },
  grade({ steps }) {
    if (steps.has('user-named-like-computer')) return { severity: 'low', because: 'a user account with the name of a computer account' };
    if (steps.has('by-users-right')) return { severity: 'low', because: 'by the right that every account has, not as an administrator' };
    return steps.has('created') ? {} : { because: 'a command ordered it; no record shows that it was done' };
  },
  summary(group, facts) {
    const { anchor } = group;
    if (isOrder(anchor)) return `${actorWords(anchor, facts.name)} ordered a new computer account on ${computerName(anchor, facts)}.`;
    const more = group.distinct > 1 ? ` and ${plural(group.distinct - 1, 'further computer account')}` : '';
    return `${changedBy(anchor, facts)} created the computer account ${changedAccount(anchor, facts)}${more} on ${computerName(anchor, facts)}.`;
  },
  benignCauses: ['A computer is joined to the domain.', 'Accounts prepared for new computers, clusters or group managed service accounts.'],
  firstResponse: [
    'Ask the user whether a computer was joined, and look for it in the inventory.',
    'Look for changes of delegation that name the new account, and for tickets it asked for.',
    'Set ms-DS-MachineAccountQuota to 0.',
  ],
};
