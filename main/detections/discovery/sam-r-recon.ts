import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Explained, type Step, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, actorWords, baseName, clip, isImpersonal, plural, relativeId, SECURITY, SYSMON } from '../record.ts';
import { commandLineOf } from '../remote-process.ts';
import { sourceWords } from '../words.ts';

const HANDLE = 4661;
const USER_GROUPS_READ = 4798;
const GROUP_READ = 4799;
const SHARE_OBJECT = 5145;
const PROCESS = [1, 4688];
/** Sub-types that 4661 names for handles to the account database ([MS-SAMR] 3.1.1). */
const WHOLE_TYPES = new Set(['SAM_SERVER', 'SAM_DOMAIN']);
const OBJECT_TYPES = new Set(['SAM_GROUP', 'SAM_ALIAS', 'SAM_USER']);
/** Lists accounts or groups of the host or domain; nothing is added, deleted or set. */
const LISTING =
  /\bnet1?(?:\.exe)?["']?\s+(?:users?|localgroup|group|accounts)\b(?![^\r\n&|]*\s\/(?!do(?:main)?\b))|\bwmic(?:\.exe)?["']?\s[^\r\n]*\b(?:useraccount|sysaccount|group)\b|\bGet-Local(?:User|Group|GroupMember)\b/i;
/** Every writer of a shadow copy looks these up: the built-in domain, its Administrators and Backup Operators. */
const BACKUP_ASKS = /^(?:CN=Builtin,.*|S-1-5-32-5(?:44|51))$/i;
const SYSTEM_LOGON = '0x3e7';
/** Programs by which people list accounts at a prompt; consoles, Explorer and services ask all day. */
const PROMPT_TOOLS = new Set(['net.exe', 'net1.exe', 'powershell.exe', 'pwsh.exe', 'cmd.exe', 'cscript.exe', 'wscript.exe', 'wmic.exe']);
const WINDOWS_FOLDERS = /^[a-z]:\\(?:windows|program files(?: \(x86\))?|programdata\\microsoft)\\/i;
/** Groups and the built-in administrator by which the domain is ruled: the last numbers of [MS-DTYP] 2.4.2.4. */
const RULING = new Set([500, 502, 512, 518, 519]);

function hostKey(event: IdentityEvent): string {
  return event.computerEntity || event.computer.toLowerCase();
}

function callerOf(event: IdentityEvent): string {
  return event.field('CallerProcessName');
}

/** Windows names no program where the question came over the network. */
function isFromAfar(event: IdentityEvent): boolean {
  return callerOf(event) === '-';
}

const isPerson: Condition = unless('a computer or a service of Windows asks', (event) => isImpersonal(accountField(event, 'Subject')));
const isNoBackup: Condition = unless('backup (volume shadow copies) asks whether its account may back up', (event) =>
  BACKUP_ASKS.test(event.field('ObjectName')),
);
const isListing: Condition = when('the command lists accounts or groups', (event) => LISTING.test(commandLineOf(event)));
const READ_IDS = [USER_GROUPS_READ, GROUP_READ];

const STEPS: readonly Step[] = [
  {
    name: 'ruling-object',
    eventIds: [HANDLE],
    conditions: [when('the object rules the domain', (event) => RULING.has(relativeId(event.field('ObjectName')))), isPerson],
  },
  {
    name: 'domain-handle',
    eventIds: [HANDLE],
    conditions: [
      when('the account database as a whole is opened', (event) => WHOLE_TYPES.has(event.field('ObjectType').toUpperCase())),
      isNoBackup,
      isPerson,
    ],
  },
  {
    name: 'object-handle',
    eventIds: [HANDLE],
    conditions: [
      when('an account or group is opened', (event) => OBJECT_TYPES.has(event.field('ObjectType').toUpperCase())),
      isNoBackup,
      isPerson,
    ],
  },
  { name: 'read-from-afar', eventIds: READ_IDS, conditions: [when('the question came over the network', isFromAfar), isPerson] },
  {
    name: 'read-at-prompt',
    eventIds: READ_IDS,
    conditions: [when('a program of the prompt asks', (event) => PROMPT_TOOLS.has(baseName(callerOf(event)).toLowerCase())), isPerson],
  },
  {
    name: 'read-by-foreign-program',
    eventIds: READ_IDS,
    conditions: [
      when('a program is named', (event) => callerOf(event) !== ''),
      unless('the program lies in the folders of Windows or of installed programs', (event) => WINDOWS_FOLDERS.test(callerOf(event))),
      isPerson,
    ],
  },
  {
    name: 'pipe',
    eventIds: [SHARE_OBJECT],
    conditions: [
      when('the pipe of the account database is opened', (event) => baseName(event.field('RelativeTargetName')).toLowerCase() === 'samr'),
      isPerson,
    ],
  },
  { name: 'listed-by-command', eventIds: [4688], conditions: [isListing, isPerson] },
  {
    name: 'listed-by-command',
    eventIds: [1],
    conditions: [isListing, unless('Local System runs it', (event) => event.field('LogonId').toLowerCase() === SYSTEM_LOGON)],
  },
];

function objectOf(event: IdentityEvent): string {
  if (event.eventId === HANDLE) return `${event.field('ObjectType')} ${event.field('ObjectName')}`.toLowerCase();
  // What is asked stays unseen, so each time counts.
  if (event.eventId === SHARE_OBJECT || PROCESS.includes(event.eventId)) return `${event.eventId} ${event.recordId}`;
  const read = (event.field('TargetSid') || event.field('TargetUserName')).toLowerCase();
  return isFromAfar(event) ? `${read}@${hostKey(event)}` : read;
}

function explainAsked(event: IdentityEvent): Explained {
  if (event.eventId === HANDLE) {
    return ['ObjectName', event.field('ObjectName'), `object of the account database that was opened (${event.field('ObjectType')})`];
  }
  if (event.eventId === SHARE_OBJECT) return ['RelativeTargetName', event.field('RelativeTargetName'), 'the pipe of the account database'];
  if (PROCESS.includes(event.eventId)) return ['CommandLine', clip(commandLineOf(event)), 'lists accounts or groups'];
  return ['TargetUserName', event.field('TargetUserName'), 'account or group whose membership was read'];
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
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
    { ...SYSMON, eventIds: [1], needs: 'Sysmon process creation', optional: true },
  ],
  steps: STEPS,
  over: {
    by: (event) => {
      const who = event.actorEntity || event.field('SubjectUserSid') || event.field('User').toLowerCase();
      return isFromAfar(event) ? `${who}|afar` : `${who}|${hostKey(event)}`;
    },
    byWords: 'same account and host; from afar: same account',
    // A single look-up opens the server, the domain and one object; more than that, or a ruling object, is a listing.
    thresholds: [
      { within: 5 * MINUTE, atLeast: 2, distinct: 2 },
      { within: 5 * MINUTE, atLeast: 1, step: 'listed-by-command' },
    ],
    distinct: { of: objectOf, words: 'distinct objects' },
    requires: [
      { 'domain-handle': 6 },
      { 'ruling-object': 1, 'domain-handle': 1 },
      { 'object-handle': 5 },
      { 'read-at-prompt': 2 },
      { 'read-by-foreign-program': 2 },
      { 'read-from-afar': 4 },
      { pipe: 6 },
      { 'listed-by-command': 1 },
    ],
  },
  explain: (event) => [
    ['SubjectUserName', event.field('SubjectUserName') || event.field('User'), 'account that asked'],
    explainAsked(event),
    ['CallerProcessName', callerOf(event), 'program that asked'],
  ],
  grade({ steps }) {
    if (steps.has('ruling-object')) return { because: 'a group or account that rules the domain was among them' };
    if (steps.has('read-by-foreign-program')) return { because: 'a program from outside the Windows and program folders asked' };
    if (steps.has('read-from-afar')) return { because: 'asked over the network, which a look-up at a prompt does not need' };
    if (steps.has('read-at-prompt') || steps.has('listed-by-command'))
      return { severity: 'informational', because: 'administrators list users and groups at a prompt too' };
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
