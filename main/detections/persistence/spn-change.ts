import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR, MINUTE } from '../../../shared/model/time.ts';
import { changedBy, computerName, directoryChange, objectName } from '../account-change.ts';
import { callText, SCRIPT_READING } from '../command-line.ts';
import { type Condition, type Detection, type Group, unless, when } from '../detection.ts';
import { accountField, actorWords, baseName, clip, isMachineName, isWellKnownSid, plural, SECURITY, SYSMON, shortHost } from '../record.ts';

const DIRECTORY_CHANGE = 5136;
const PROCESS = 4688;
const SYSMON_PROCESS = 1;
/** `setspn -a|-s service/host account`; the account of a computer is not what makes a ticket guessable. */
const ADDS_NAME = /\s[-/][as]\s+"?[^\s"/]+\/([^\s"/:]+)[^\s"]*"?\s+"?([^\s"]+)/i;
const FIRST_MINUTES = 10 * MINUTE;

function image(event: IdentityEvent): string {
  return event.field(event.eventId === PROCESS ? 'NewProcessName' : 'Image');
}

/** The same by a cmdlet of the directory tools or of well-known scripts; what only takes a name away is left out. */
const SCRIPT_ADDS_NAME =
  /\bSet-(?:ADUser|ADObject|DomainObject)\b(?![^\r\n|;]{0,300}\s-(?:Remove|Clear)\b)\s{1,4}(?:-Identity\s{1,4})?["']?([^\s"']{0,100})[^\r\n|;]{0,300}\b(?:serviceprincipalname)s?["']?\s*(?:=|@\{\s*(?:add|replace)\b)/i;
const SCRIPTS = [PROCESS, SYSMON_PROCESS, 4104];

function isTool(event: IdentityEvent): boolean {
  return [baseName(image(event)), event.field('OriginalFileName')].some((name) => name.toLowerCase() === 'setspn.exe');
}

function scriptName(event: IdentityEvent): RegExpExecArray | null {
  return SCRIPT_ADDS_NAME.exec(callText(event));
}

/** The account that the command gives a name to; empty when the command does something else. */
function commandAccount(event: IdentityEvent): string {
  return baseName(ADDS_NAME.exec(event.field('CommandLine'))?.[2] ?? '');
}

/** `setspn` takes a computer with and without its $; then the service name is of the same host. */
function isComputer(event: IdentityEvent): boolean {
  const [, host, account = ''] = ADDS_NAME.exec(event.field('CommandLine')) ?? [];
  return isMachineName(account) || (host !== undefined && shortHost(host) === baseName(account).toLowerCase());
}

/** Services such as SQL Server write the name of their own account at every start. */
function isOwn(event: IdentityEvent): boolean {
  const by = accountField(event, 'Subject');
  return isWellKnownSid(by.sid) || by.name.toLowerCase() === objectName(event).toLowerCase();
}

function changedName(event: IdentityEvent): string {
  if (event.eventId === DIRECTORY_CHANGE) return objectName(event);
  return (isTool(event) ? commandAccount(event) : scriptName(event)?.[1]) || 'an account';
}

function wasTakenBack({ sample }: Group): boolean {
  const added = new Map(sample.filter(({ step }) => step === 'name-added').map(({ event }) => [event.field('AttributeValue'), event.at]));
  return sample.some(({ event, step }) => {
    const since = added.get(event.field('AttributeValue'));
    return step === 'name-removed' && since !== undefined && event.at > since && event.at - since <= FIRST_MINUTES;
  });
}

const CHANGED: readonly Condition[] = [
  when('the service principal names are changed', (event) => directoryChange(event).attribute === 'serviceprincipalname'),
  when('the object is a user account', (event) => event.field('ObjectClass').toLowerCase() === 'user'),
];

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
    { ...SCRIPT_READING, eventIds: [4104] },
  ],
  steps: [
    {
      name: 'name-added',
      eventIds: [DIRECTORY_CHANGE],
      conditions: [
        ...CHANGED,
        when('a name was added', (event) => directoryChange(event).change === 'added'),
        unless('the account or the system writes the name itself', isOwn),
      ],
    },
    {
      name: 'name-removed',
      eventIds: [DIRECTORY_CHANGE],
      accompanies: true,
      conditions: [...CHANGED, when('a name was taken away', (event) => directoryChange(event).change === 'deleted')],
    },
    {
      name: 'command',
      eventIds: [PROCESS, SYSMON_PROCESS],
      conditions: [
        when('the program is setspn', isTool),
        when('the command adds a name to an account', (event) => commandAccount(event) !== ''),
        unless('the account is a computer', isComputer),
      ],
    },
    {
      name: 'script',
      eventIds: SCRIPTS,
      conditions: [when('a script adds a service principal name', (event) => scriptName(event) !== null)],
    },
  ],
  over: {
    by: (event) => changedName(event).toLowerCase(),
    byWords: 'same user account',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event, facts, step) {
    const by = [
      'SubjectUserName',
      event.field('SubjectUserName') || event.field('User') || '-',
      `who did it: ${changedBy(event, facts)}`,
    ] as const;
    if (event.eventId !== DIRECTORY_CHANGE) return [['CommandLine', clip(callText(event)), 'gives a user a service name'], by];
    const meaning = step === 'name-added' ? 'service principal name added' : 'service principal name taken away';
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
    const who = anchor.eventId === DIRECTORY_CHANGE ? changedBy(anchor, facts) : actorWords(anchor, facts.name);
    return `${who} gave ${changedName(anchor)} ${plural(group.count, 'service principal name')} on ${computerName(anchor, facts)}.`;
  },
  benignCauses: ['A database or web service is set up under a user account.', 'Cleaning up service names that were registered twice.'],
  firstResponse: [
    'Ask whether a service runs under this account; a person never needs such a name.',
    'Take the name away if not, and set a new long password.',
    'Look at the domain controller for tickets of the new name.',
  ],
};
