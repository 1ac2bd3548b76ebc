import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Step, unless, when } from '../detection.ts';
import { COMMAND_READINGS, SCRIPT_AND_COMMAND_IDS, SCRIPT_READINGS, typedText, typist } from '../recon-text.ts';
import { accountField, actorWords, baseName, clip, isImpersonal, plural, SECURITY, sourceKey } from '../record.ts';
import { durationWords, sourceWords } from '../words.ts';

/** Every logon opens these; they say nothing of looking around. */
const SHARES_OF_LOGON = new Set(['ipc$', 'sysvol', 'netlogon', 'print$']);
const ADMIN_SHARE = /^(?:[a-z]|admin)\$$/;
/** Functions of scripts that go through the shares of many hosts, and the command that lists those of one. */
const ASKED_BY_TEXT = /\b(?:Invoke-ShareFinder|Find-DomainShare|Get-NetShare|NetShareEnum)\b|\bnet1?(?:\.exe)?["']?\s+view\s[^\r\n]*\\\\/i;
const SHARES = 6;
const MANY_SHARES = 15;

function shareOf(event: IdentityEvent): string {
  return baseName(event.field('ShareName')).toLowerCase();
}

function isTyped(event: IdentityEvent): boolean {
  return SCRIPT_AND_COMMAND_IDS.includes(event.eventId);
}

const OPENED: readonly Condition[] = [
  unless('the share is one that every logon opens', (event) => SHARES_OF_LOGON.has(shareOf(event))),
  unless('a computer or a service of Windows opens it', (event) => isImpersonal(accountField(event, 'Subject'))),
  unless('the host opens its own share', (event) => sourceKey(event) === ''),
];

const STEPS: readonly Step[] = [
  {
    name: 'admin-share',
    eventIds: [5140, 5145],
    conditions: [when('it is a share for administrators', (event) => ADMIN_SHARE.test(shareOf(event))), ...OPENED],
  },
  {
    name: 'share',
    eventIds: [5140, 5145],
    conditions: [when('a share is named', (event) => shareOf(event) !== ''), ...OPENED],
  },
  {
    name: 'asked-by-text',
    eventIds: SCRIPT_AND_COMMAND_IDS,
    conditions: [when('a command or script lists shares of other hosts', (event) => ASKED_BY_TEXT.test(typedText(event).text))],
  },
];

export const shareEnum: Detection = {
  id: 'share-enum',
  externalId: null,
  catalogueName: '',
  title: 'Many shares opened at once',
  whatItSees:
    'One account opened many different shares from one source within minutes, or listed shares of other hosts by command or script.',
  whyItMatters: 'Files that anybody may read often hold passwords; an intruder tries every share, and so does ransomware.',
  severity: 'low',
  confidence: 'low',
  tactics: ['Discovery'],
  techniques: ['T1135'],
  reads: [
    { ...SECURITY, eventIds: [5140], needs: 'Security logs of file servers with "Audit File Share" on' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs of file servers with "Audit Detailed File Share" on', optional: true },
    ...COMMAND_READINGS,
    ...SCRIPT_READINGS,
  ],
  steps: STEPS,
  over: {
    by: (event) =>
      isTyped(event) ? `typed|${typist(event)}` : `${event.actorEntity || event.field('SubjectUserSid')}|${sourceKey(event)}`,
    byWords: 'same account and source',
    thresholds: [
      { within: 2 * MINUTE, atLeast: SHARES, distinct: SHARES },
      { within: 2 * MINUTE, atLeast: 1, step: 'asked-by-text' },
    ],
    distinct: {
      of: (event) =>
        isTyped(event) ? clip(typedText(event).text) : `${event.computerEntity || event.computer.toLowerCase()}|${shareOf(event)}`,
      words: 'distinct shares',
    },
  },
  explain(event, _facts, step) {
    if (step === 'asked-by-text') {
      const { field, text } = typedText(event);
      return [[field, clip(text), 'lists shares']];
    }
    return [
      ['SubjectUserName', event.field('SubjectUserName'), 'account that opened it'],
      ['ShareName', event.field('ShareName'), step === 'admin-share' ? 'share for administrators' : 'share'],
      ['IpAddress', event.field('IpAddress'), 'where it came from'],
    ];
  },
  grade({ steps, distinct }) {
    if (steps.has('asked-by-text')) return { severity: 'informational', because: 'a command or script asked for shares' };
    if (distinct >= MANY_SHARES) return { confidence: 'medium', because: `${distinct} shares` };
    return (steps.get('admin-share') ?? 0) >= SHARES ? { confidence: 'medium', because: 'shares for administrators of many hosts' } : {};
  },
  summary(group, facts) {
    const { anchor } = group;
    if (isTyped(anchor)) {
      return `${actorWords(anchor, facts.name)} listed shares of other hosts by command or script on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
    }
    const who = facts.name(anchor.actorEntity, accountField(anchor, 'Subject'));
    const span = durationWords(group.countedUntil - group.firstAt);
    return `${who} opened ${plural(group.distinct, 'share')} from ${sourceWords(anchor, facts)} within ${span}.`;
  },
  benignCauses: [
    'A logon script that connects many drives.',
    'A backup, search or virus scan over the network.',
    'An administrator who looks for space or permissions.',
  ],
  firstResponse: [
    'Ask whoever owns the account whether they looked through the shares.',
    'See which files were read or changed there, and from which program of the source.',
  ],
};
