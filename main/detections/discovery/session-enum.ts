import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { accountField, baseName, given, isImpersonal, plural, SECURITY, SYSMON, shortHost, sourceKey } from '../record.ts';
import { sourceWords } from '../words.ts';

const SHARE_OBJECT = 5145;
const CONNECTION = 3;
/** Pipes that answer who is logged on where: [MS-SRVS] sessions, [MS-WKST] users, [MS-SAMR] groups, [MS-RRP] loaded profiles. */
const ASKED_PIPES = new Set(['srvsvc', 'wkssvc', 'samr', 'winreg']);
const SMB_PORT = '445';
/** The kernel's client answers for all programs, so its connections show breadth and not who. */
const SWEEP = 4;
/** One host opens the same pipe again and again for one window of a console; asked for several of them it is a survey. */
const PIPES = 2;

function pipeOf(event: IdentityEvent): string {
  return baseName(event.field('RelativeTargetName')).toLowerCase();
}

function matchConnection(event: IdentityEvent): Match {
  const isOutgoing = event.field('Initiated').toLowerCase() === 'true' && event.field('DestinationPort') === SMB_PORT;
  return isOutgoing && given(event.field('DestinationIp')) !== '' ? counts('smb-connection') : null;
}

function hostOf(event: IdentityEvent): string {
  return event.computerEntity || shortHost(event.computer);
}

function groupKey(event: IdentityEvent): string {
  if (event.eventId === SHARE_OBJECT) return `pipes|${event.actorEntity || event.field('SubjectUserSid')}|${sourceKey(event)}`;
  return `sweep|${hostOf(event)}`;
}

/** Hosts that were asked, and of one host the pipes. */
function asked(event: IdentityEvent): string {
  if (event.eventId === CONNECTION) return event.field('DestinationIp');
  return `${hostOf(event)}|${pipeOf(event)}`;
}

export const sessionEnum: Detection = {
  id: 'session-enum',
  externalId: null,
  catalogueName: '',
  title: 'Sessions and local groups asked of hosts over named pipes',
  whatItSees: 'One source opened several of the pipes that tell who is logged on and who rules a host, or connected to many hosts at once.',
  whyItMatters: 'Knowing where administrators are logged on is how an intruder picks the next host.',
  severity: 'low',
  confidence: 'low',
  tactics: ['Discovery'],
  techniques: ['T1049', 'T1033', 'T1087', 'T1069.001'],
  reads: [
    { ...SECURITY, eventIds: [SHARE_OBJECT], needs: 'Security logs with "Audit Detailed File Share" on' },
    { ...SYSMON, eventIds: [CONNECTION], needs: 'Sysmon network connections of the source host', optional: true },
  ],
  matches(event) {
    if (event.eventId === CONNECTION) return matchConnection(event);
    if (isImpersonal(accountField(event, 'Subject')) || sourceKey(event) === '') return null;
    return ASKED_PIPES.has(pipeOf(event)) ? counts('pipe') : null;
  },
  over: {
    by: groupKey,
    byWords: 'same account and source',
    thresholds: [
      { within: 2 * MINUTE, atLeast: PIPES, distinct: PIPES },
      { within: MINUTE, atLeast: SWEEP, distinct: SWEEP },
    ],
    distinct: { of: asked, words: 'distinct pipes and hosts' },
    requires: [{ pipe: PIPES }, { 'smb-connection': SWEEP }],
  },
  explain: (event) =>
    event.eventId === CONNECTION
      ? [
          ['DestinationIp', event.field('DestinationIp'), 'host that was asked'],
          ['DestinationPort', event.field('DestinationPort'), 'file and pipe service'],
          ['Image', event.field('Image'), 'program; System is the file client that serves all programs'],
        ]
      : [
          ['SubjectUserName', event.field('SubjectUserName'), 'account that asked'],
          ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe that tells of sessions, users or groups'],
          ['IpAddress', event.field('IpAddress'), 'where it came from'],
        ],
  grade({ steps, distinct }) {
    if (steps.has('smb-connection')) return { because: `${plural(distinct, 'host')} within a minute` };
    if (distinct > PIPES) return { confidence: 'medium', because: `${plural(distinct, 'pipe')} of one or more hosts` };
    return { severity: 'informational', because: 'two pipes only, which a management console also opens' };
  },
  summary(group, facts) {
    const { anchor } = group;
    if (anchor.eventId === CONNECTION) {
      const from = facts.name(anchor.computerEntity, anchor.computer);
      return `${from} connected to the file service of ${plural(group.distinct, 'host')} at once.`;
    }
    const who = facts.name(anchor.actorEntity, accountField(anchor, 'Subject'));
    return `${who} opened ${plural(group.distinct, 'pipe')} that tell of sessions, users and groups, from ${sourceWords(anchor, facts)}.`;
  },
  benignCauses: [
    'A management console connected to a host: it opens the same pipes.',
    'Inventory, monitoring or vulnerability scanning of many hosts.',
    'Explorer listing the shares of a server.',
  ],
  firstResponse: [
    'Ask whoever owns the account what asked these hosts.',
    'Look at the source for directory queries at the same time, and for logons to the same hosts afterwards.',
  ],
};
