import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import { accountField, actorWords, baseName, isImpersonal, plural, relativeId, SECURITY } from '../record.ts';

const ADMINISTRATORS = 544;
const WINDOWS_FOLDER = /^[a-z]:\\windows\\/i;
/** Programs of Windows in which somebody types or scripts; the others (services, consoles, setup) ask by themselves. */
const TYPED_IN = new Set(['net.exe', 'net1.exe', 'powershell.exe', 'wsmprovhost.exe', 'cscript.exe', 'wscript.exe', 'wmic.exe', 'cmd.exe']);

/** Windows names no program where the question came over the network. */
function isFromAfar(event: IdentityEvent): boolean {
  return event.field('CallerProcessName') === '-';
}

function isSystemProgram(path: string): boolean {
  return WINDOWS_FOLDER.test(path) && !TYPED_IN.has(baseName(path).toLowerCase());
}

const READ: readonly Condition[] = [
  when('the group is the local Administrators', (event) => relativeId(event.field('TargetSid')) === ADMINISTRATORS),
  unless('a computer or a service of Windows asks', (event) => isImpersonal(accountField(event, 'Subject'))),
];

export const localAdminEnum: Detection = {
  id: 'local-admin-enum',
  externalId: null,
  catalogueName: '',
  title: 'Local administrators listed',
  whatItSees:
    'The members of the local Administrators group were read at a prompt, by a program that is not part of Windows, or over the network.',
  whyItMatters: 'Who rules a host is among the first questions of an intruder; alone it proves nothing, beside other signs it dates them.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Discovery'],
  techniques: ['T1069.001', 'T1087.001'],
  reads: [{ ...SECURITY, eventIds: [4799], needs: 'Security logs with "Audit Security Group Management" on' }],
  steps: [
    { name: 'from-afar', eventIds: [4799], conditions: [...READ, when('the question came over the network', isFromAfar)] },
    {
      name: 'by-program',
      eventIds: [4799],
      conditions: [
        ...READ,
        when('a program is named', (event) => event.field('CallerProcessName') !== ''),
        unless('a service, console or setup of Windows asks', (event) => isSystemProgram(event.field('CallerProcessName'))),
      ],
    },
  ],
  over: {
    by: (event) => event.actorEntity || event.field('SubjectUserSid'),
    byWords: 'same account',
    thresholds: [{ within: 60 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => event.computerEntity || event.computer.toLowerCase(), words: 'distinct hosts' },
  },
  explain: (event, _facts, step) => [
    ['TargetUserName', event.field('TargetUserName'), 'group that was read'],
    ['SubjectUserName', event.field('SubjectUserName'), 'who read it'],
    ['CallerProcessName', event.field('CallerProcessName'), step === 'from-afar' ? 'asked over the network' : 'program that asked'],
  ],
  summary(group, facts) {
    const { anchor } = group;
    const who = actorWords(anchor, facts.name);
    if (group.distinct > 1) return `${who} read the local administrators of ${plural(group.distinct, 'host')}.`;
    const by = isFromAfar(anchor) ? 'over the network' : `with ${baseName(anchor.field('CallerProcessName'))}`;
    return `${who} read the local administrators of ${facts.name(anchor.computerEntity, anchor.computer)} ${by}.`;
  },
  benignCauses: [
    'An administrator who checks who rules a host.',
    'Inventory and support software that runs as the user.',
    'A setup program that asks whether it is run by an administrator.',
  ],
  firstResponse: [
    'Look for other signs of the same account around this time before doing anything.',
    'Where many hosts were asked, find the source of the logons and ask its owner.',
  ],
};
