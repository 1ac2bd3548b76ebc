import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, actorWords, baseName, isImpersonal, isWellKnownSid, plural, relativeId, SECURITY } from '../record.ts';
import { sourceWords } from '../words.ts';

const HANDLE = 4661;
const USER_GROUPS_READ = 4798;
const GROUP_READ = 4799;
const SHARE_OBJECT = 5145;
/** Sub-types that 4661 names for handles to the account database ([MS-SAMR] 3.1.1). */
const SAM_TYPES = new Set(['SAM_SERVER', 'SAM_DOMAIN', 'SAM_GROUP', 'SAM_ALIAS', 'SAM_USER']);
/** Programs by which people list accounts at a prompt; consoles, Explorer and services ask all day. */
const PROMPT_TOOLS = new Set(['net.exe', 'net1.exe', 'powershell.exe', 'pwsh.exe', 'cmd.exe', 'cscript.exe', 'wscript.exe', 'wmic.exe']);
const WINDOWS_FOLDERS = /^[a-z]:\\(?:windows|program files(?: \(x86\))?|programdata\\microsoft)\\/i;
/** Groups and the built-in administrator by which the domain is ruled: the last numbers of [MS-DTYP] 2.4.2.4. */
const RULING = new Set([500, 502, 512, 518, 519, 544]);

function hostKey(event: IdentityEvent): string {
  return event.computerEntity || event.computer.toLowerCase();
}

function handleStep(event: IdentityEvent): string {
  const type = event.field('ObjectType').toUpperCase();
  if (!SAM_TYPES.has(type)) return '';
  if (RULING.has(relativeId(event.field('ObjectName')))) return 'ruling-object';
  return type === 'SAM_SERVER' || type === 'SAM_DOMAIN' ? 'domain-handle' : 'object-handle';
}

function callerStep(event: IdentityEvent): string {
  const path = event.field('CallerProcessName');
  // Windows names no program where the question came over the network.
  if (path === '-') return 'read-from-afar';
  if (PROMPT_TOOLS.has(baseName(path).toLowerCase())) return 'read-at-prompt';
  return /^[a-z]:\\/i.test(path) && !WINDOWS_FOLDERS.test(path) ? 'read-by-foreign-program' : '';
}

function stepOf(event: IdentityEvent): string {
  if (event.eventId === HANDLE) return handleStep(event);
  if (event.eventId === GROUP_READ || event.eventId === USER_GROUPS_READ) return callerStep(event);
  return baseName(event.field('RelativeTargetName')).toLowerCase() === 'samr' ? 'pipe' : '';
}

function objectOf(event: IdentityEvent): string {
  if (event.eventId === HANDLE) return `${event.field('ObjectType')} ${event.field('ObjectName')}`.toLowerCase();
  if (event.eventId === SHARE_OBJECT) return 'samr';
  const read = (event.field('TargetSid') || event.field('TargetUserName')).toLowerCase();
  return event.field('CallerProcessName') === '-' ? `${read}@${hostKey(event)}` : read;
}

function meaning(event: IdentityEvent): string {
  if (event.eventId === SHARE_OBJECT) return 'the pipe of the account database';
  if (event.eventId === HANDLE) return 'object of the account database that was opened';
  return 'account or group whose membership was read';
}

export const samRRecon: Detection = {
  id: 'sam-r-recon',
  externalId: null,
  catalogueName: '',
  title: 'Users and groups read from the account database (SAM-R)',
  whatItSees:
    'An account opened many objects of the account database in a short time, or listed users and groups from a prompt or a foreign program.',
  whyItMatters: 'Whoever has just come in asks first who rules the host and the domain; any account may ask.',
  severity: 'low',
  confidence: 'medium',
  tactics: ['Discovery'],
  techniques: ['T1087', 'T1087.001', 'T1087.002', 'T1069', 'T1069.001', 'T1069.002', 'T1201'],
  reads: [
    { ...SECURITY, eventIds: [HANDLE], needs: 'Security logs with "Audit SAM" and "Audit Handle Manipulation" on', optional: true },
    {
      ...SECURITY,
      eventIds: [USER_GROUPS_READ, GROUP_READ],
      needs: 'Security logs with "Audit User Account Management" and "Audit Security Group Management" on',
    },
    { ...SECURITY, eventIds: [SHARE_OBJECT], needs: 'Security logs with "Audit Detailed File Share" on', optional: true },
  ],
  matches(event) {
    const subject = accountField(event, 'Subject');
    if (isImpersonal(subject) || isWellKnownSid(subject.sid)) return null;
    const step = stepOf(event);
    return step === '' ? null : counts(step);
  },
  over: {
    by: (event) => {
      const who = event.actorEntity || event.field('SubjectUserSid');
      return callerStep(event) === 'read-from-afar' ? `${who}|afar` : `${who}|${hostKey(event)}`;
    },
    byWords: 'same account and host; from afar: same account',
    // A single look-up opens the server, the domain and one object; more than that, or a ruling object, is a listing.
    thresholds: [
      { within: 5 * MINUTE, atLeast: 8 },
      { within: 5 * MINUTE, atLeast: 2, distinct: 2 },
    ],
    distinct: { of: objectOf, words: 'distinct objects' },
    requires: [
      { 'domain-handle': 6 },
      { 'ruling-object': 1, 'domain-handle': 1 },
      { 'object-handle': 5 },
      { 'read-at-prompt': 2 },
      { 'read-by-foreign-program': 2 },
      { 'read-from-afar': 4 },
      { pipe: 5 },
    ],
  },
  explain: (event) => [
    ['SubjectUserName', event.field('SubjectUserName'), 'account that asked'],
    event.eventId === HANDLE
      ? ['ObjectName', event.field('ObjectName'), `${meaning(event)} (${event.field('ObjectType')})`]
      : event.eventId === SHARE_OBJECT
        ? ['RelativeTargetName', event.field('RelativeTargetName'), meaning(event)]
        : ['TargetUserName', event.field('TargetUserName'), meaning(event)],
    ...(event.field('CallerProcessName') === ''
      ? []
      : [['CallerProcessName', event.field('CallerProcessName'), 'program that asked'] as const]),
  ],
  grade({ steps }) {
    if (steps.has('ruling-object')) return { because: 'a group or account that rules the domain was among them' };
    if (steps.has('read-by-foreign-program')) return { because: 'a program from outside the Windows and program folders asked' };
    if (steps.has('read-from-afar')) return { because: 'asked over the network, which a look-up at a prompt does not need' };
    if (steps.has('read-at-prompt')) return { severity: 'informational', because: 'administrators list users and groups at a prompt too' };
    return { severity: 'informational', confidence: 'low', because: 'many objects, none of them a ruling one' };
  },
  summary(group, facts: Facts) {
    const { anchor } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const who = actorWords(anchor, facts.name);
    const from = anchor.eventId === SHARE_OBJECT ? ` from ${sourceWords(anchor, facts)}` : '';
    return `${who} read users and groups of ${where}${from} (${plural(group.count, 'request')}, ${plural(group.distinct, 'object')}).`;
  },
  benignCauses: [
    'An administrator who looks up members of a group.',
    'Inventory, backup or monitoring software that lists local users and groups.',
    'Management consoles, which open the account database anew for each view.',
  ],
  firstResponse: [
    'Ask whoever owns the account whether they, or a tool of theirs, listed users and groups.',
    'See what the account did on this and on other hosts in the hour after.',
    'Restrict who may query the account database from afar (policy "Restrict clients allowed to make remote calls to SAM").',
  ],
};
