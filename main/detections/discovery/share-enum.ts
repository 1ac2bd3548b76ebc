import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import { accountField, baseName, isImpersonal, plural, SECURITY, sourceKey } from '../record.ts';
import { durationWords, sourceWords } from '../words.ts';

/** Every logon opens these; they say nothing of looking around. */
const SHARES_OF_LOGON = new Set(['ipc$', 'sysvol', 'netlogon', 'print$']);
const ADMIN_SHARE = /^(?:[a-z]|admin)\$$/;
const SHARES = 6;
const MANY_SHARES = 15;

function shareOf(event: IdentityEvent): string {
  return baseName(event.field('ShareName')).toLowerCase();
}

export const shareEnum: Detection = {
  id: 'share-enum',
  externalId: null,
  catalogueName: '',
  title: 'Many shares opened at once',
  whatItSees: 'One account opened many different shares, of one or of several hosts, from one source within minutes.',
  whyItMatters: 'Files that anybody may read often hold passwords; an intruder tries every share, and so does ransomware.',
  severity: 'low',
  confidence: 'low',
  tactics: ['Discovery'],
  techniques: ['T1135'],
  reads: [
    { ...SECURITY, eventIds: [5140], needs: 'Security logs of file servers with "Audit File Share" on' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs of file servers with "Audit Detailed File Share" on', optional: true },
  ],
  matches(event) {
    const share = shareOf(event);
    if (share === '' || SHARES_OF_LOGON.has(share) || sourceKey(event) === '' || isImpersonal(accountField(event, 'Subject'))) return null;
    return counts(ADMIN_SHARE.test(share) ? 'admin-share' : 'share');
  },
  over: {
    by: (event) => `${event.actorEntity || event.field('SubjectUserSid')}|${sourceKey(event)}`,
    byWords: 'same account and source',
    thresholds: [{ within: 2 * MINUTE, atLeast: SHARES, distinct: SHARES }],
    distinct: {
      of: (event) => `${event.computerEntity || event.computer.toLowerCase()}|${shareOf(event)}`,
      words: 'distinct shares',
    },
  },
  explain: (event) => [
    ['SubjectUserName', event.field('SubjectUserName'), 'account that opened it'],
    ['ShareName', event.field('ShareName'), ADMIN_SHARE.test(shareOf(event)) ? 'share for administrators' : 'share'],
    ['IpAddress', event.field('IpAddress'), 'where it came from'],
  ],
  grade({ steps, distinct }) {
    if (distinct >= MANY_SHARES) return { confidence: 'medium', because: `${distinct} shares` };
    return (steps.get('admin-share') ?? 0) >= SHARES ? { confidence: 'medium', because: 'shares for administrators of many hosts' } : {};
  },
  summary(group, facts) {
    const { anchor } = group;
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
