import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { actorAndHost, changedAccount, changedBy, computerName } from '../account-change.ts';
import { counts, type Detection } from '../detection.ts';
import { accountField, isImpersonal, isMachineName, plural, SECURITY, shortHost } from '../record.ts';

const COMPUTER_CREATED = 4741;
/** Named when the account was made by the right that every user has (ms-DS-MachineAccountQuota), not by permission on a container. */
const USERS_RIGHT = 'semachineaccountprivilege';

/** A local account belongs to the host that wrote the record; a computer account never does. */
function isLocal(event: IdentityEvent): boolean {
  return accountField(event, 'Target').domain.toLowerCase() === shortHost(event.computer);
}

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
      eventIds: [4720],
      needs: 'the Security log of a domain controller with "Audit User Account Management" on',
      optional: true,
    },
  ],
  matches(event) {
    if (event.outcome === 'failure' || isImpersonal(accountField(event, 'Subject'))) return null;
    if (event.eventId !== COMPUTER_CREATED) {
      return isMachineName(accountField(event, 'Target').name) && !isLocal(event) ? counts('user-named-like-computer') : null;
    }
    return counts(event.field('PrivilegeList').toLowerCase().includes(USERS_RIGHT) ? 'by-users-right' : 'created');
  },
  over: {
    by: actorAndHost,
    byWords: 'same account and host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => accountField(event, 'Target').name.toLowerCase(), words: 'distinct computers' },
  },
  explain: (event, facts) => [
    [
      'TargetUserName',
      event.field('TargetUserName'),
      event.eventId === COMPUTER_CREATED ? 'computer account created' : 'user account created',
    ],
    ['PrivilegeList', event.field('PrivilegeList'), 'SeMachineAccountPrivilege: by the right that every user has'],
    ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
  ],
  grade({ steps }) {
    if (steps.has('user-named-like-computer')) return { severity: 'low', because: 'a user account with the name of a computer account' };
    if (steps.has('by-users-right')) return { severity: 'low', because: 'by the right that every user has, not as an administrator' };
    return {};
  },
  summary(group, facts) {
    const { anchor } = group;
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
