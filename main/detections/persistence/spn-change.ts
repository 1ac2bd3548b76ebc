import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR, MINUTE } from '../../../shared/model/time.ts';
import { changedBy, computerName, directoryChange, objectName } from '../account-change.ts';
import { accompanies, counts, type Detection, type Group } from '../detection.ts';
import { accountField, baseName, clip, given, isMachineName, isWellKnownSid, plural, SECURITY, SYSMON } from '../record.ts';

const DIRECTORY_CHANGE = 5136;
const PROCESS = 4688;
const SYSMON_PROCESS = 1;
/** `setspn -a|-s service/host account`; the account of a computer is not what makes a ticket guessable. */
const ADDS_NAME = /\s[-/][as]\s+"?[^\s"/]+\/[^\s"]+"?\s+"?([^\s"]+)/i;
const FIRST_MINUTES = 10 * MINUTE;

function image(event: IdentityEvent): string {
  return event.field(event.eventId === PROCESS ? 'NewProcessName' : 'Image');
}

/** The account that the command gives a name to; empty when the command does something else. */
function commandAccount(event: IdentityEvent): string {
  const isTool = [baseName(image(event)), event.field('OriginalFileName')].some((name) => name.toLowerCase() === 'setspn.exe');
  const account = isTool ? (ADDS_NAME.exec(event.field('CommandLine'))?.[1] ?? '') : '';
  return isMachineName(account) ? '' : baseName(account);
}

/** Services such as SQL Server write the name of their own account at every start. */
function isOwn(event: IdentityEvent): boolean {
  const by = accountField(event, 'Subject');
  return isWellKnownSid(by.sid) || by.name.toLowerCase() === objectName(event).toLowerCase();
}

function changedName(event: IdentityEvent): string {
  return event.eventId === DIRECTORY_CHANGE ? objectName(event) : commandAccount(event);
}

function wasTakenBack({ sample }: Group): boolean {
  const added = new Map(sample.filter(({ step }) => step === 'name-added').map(({ event }) => [event.field('AttributeValue'), event.at]));
  return sample.some(({ event, step }) => {
    const since = added.get(event.field('AttributeValue'));
    return step === 'name-removed' && since !== undefined && event.at - since <= FIRST_MINUTES;
  });
}

export const spnChange: Detection = {
  id: 'spn-change',
  externalId: null,
  catalogueName: '',
  title: 'Service principal name set on a user account',
  whatItSees: 'A user account was given a service principal name by another account.',
  whyItMatters: 'From then on everybody may ask for a ticket that is encrypted with the password of that user, and guess it offline.',
  severity: 'low',
  confidence: 'medium',
  tactics: ['Persistence', 'Credential Access'],
  techniques: ['T1098', 'T1558.003'],
  reads: [
    {
      ...SECURITY,
      eventIds: [DIRECTORY_CHANGE],
      needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on',
    },
    { ...SECURITY, eventIds: [PROCESS], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
    { ...SYSMON, eventIds: [SYSMON_PROCESS], needs: 'Sysmon', optional: true },
  ],
  matches(event) {
    if (event.eventId !== DIRECTORY_CHANGE) return commandAccount(event) === '' ? null : counts('command');
    const { attribute, change } = directoryChange(event);
    if (attribute !== 'serviceprincipalname' || event.field('ObjectClass').toLowerCase() !== 'user' || isOwn(event)) return null;
    if (change === 'added') return counts('name-added');
    return change === 'deleted' ? accompanies('name-removed') : null;
  },
  over: {
    by: (event) => changedName(event).toLowerCase(),
    byWords: 'same user account',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event, facts) {
    const by = [
      'SubjectUserName',
      event.field('SubjectUserName') || event.field('User') || '-',
      `who did it: ${changedBy(event, facts)}`,
    ] as const;
    if (event.eventId !== DIRECTORY_CHANGE) return [['CommandLine', clip(event.field('CommandLine')), 'gives a user a service name'], by];
    const meaning = directoryChange(event).change === 'added' ? 'service principal name added' : 'service principal name taken away';
    return [
      ['ObjectDN', event.field('ObjectDN'), 'user account that was changed'],
      ['AttributeValue', clip(event.field('AttributeValue')), meaning],
      by,
    ];
  },
  grade: (group) =>
    wasTakenBack(group)
      ? { severity: 'high', confidence: 'high', because: 'the name was there for minutes only: just long enough for a ticket' }
      : {},
  summary(group, facts) {
    const { anchor } = group;
    const who =
      given(anchor.field('SubjectUserName')) === '' && anchor.field('User') !== '' ? anchor.field('User') : changedBy(anchor, facts);
    return `${who} gave ${changedName(anchor)} ${plural(group.count, 'service principal name')} on ${computerName(anchor, facts)}.`;
  },
  benignCauses: ['A database or web service is set up under a user account.', 'Cleaning up service names that were registered twice.'],
  firstResponse: [
    'Ask whether a service runs under this account; a person never needs such a name.',
    'Take the name away if not, and set a new long password.',
    'Look at the domain controller for tickets of the new name.',
  ],
};
