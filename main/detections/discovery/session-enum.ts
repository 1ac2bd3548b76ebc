import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Step, unless, when } from '../detection.ts';
import { SCRIPT_AND_COMMAND_IDS, SCRIPT_READINGS, typedText, typist } from '../recon-text.ts';
import {
  accountField,
  actorWords,
  baseName,
  clip,
  given,
  isImpersonal,
  plural,
  SECURITY,
  SYSMON,
  shortHost,
  sourceKey,
} from '../record.ts';
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

/** Functions of Windows and of scripts that ask who is logged on at another host, and the commands that do. */
const ASKED_BY_TEXT =
  /\b(?:Get-Net(?:Session|LoggedOn)|NetSessionEnum|NetWkstaUserEnum|Invoke-(?:User|Stealth)Hunter)\b|\b(?:quser|qwinsta|query(?:\.exe)?["']?\s+(?:user|session))(?:\.exe)?["']?\s[^\r\n]*\/server:/i;

function pipeOf(event: IdentityEvent): string {
  return baseName(event.field('RelativeTargetName')).toLowerCase();
}

function hostOf(event: IdentityEvent): string {
  return event.computerEntity || shortHost(event.computer);
}

function groupKey(event: IdentityEvent): string {
  if (event.eventId === SHARE_OBJECT) return `pipes|${event.actorEntity || event.field('SubjectUserSid')}|${sourceKey(event)}`;
  if (event.eventId === CONNECTION) return `sweep|${hostOf(event)}`;
  return `typed|${typist(event)}`;
}

/** Hosts that were asked, and of one host the pipes. */
function asked(event: IdentityEvent): string {
  if (event.eventId === CONNECTION) return event.field('DestinationIp');
  if (event.eventId !== SHARE_OBJECT) return clip(typedText(event).text);
  return `${hostOf(event)}|${pipeOf(event)}`;
}

const isPipe: Condition = when('the pipe tells of sessions, users or groups', (event) => ASKED_PIPES.has(pipeOf(event)));

const STEPS: readonly Step[] = [
  {
    name: 'pipe',
    eventIds: [SHARE_OBJECT],
    conditions: [
      isPipe,
      unless('a computer or a service of Windows asks', (event) => isImpersonal(accountField(event, 'Subject'))),
      unless('the host asks itself', (event) => sourceKey(event) === ''),
    ],
  },
  {
    name: 'smb-connection',
    eventIds: [CONNECTION],
    conditions: [
      when('the connection goes to the file service', (event) => event.field('DestinationPort') === SMB_PORT),
      when('the host itself opened it', (event) => event.field('Initiated').toLowerCase() === 'true'),
      when('the other host is named', (event) => given(event.field('DestinationIp')) !== ''),
    ],
  },
  {
    name: 'asked-by-text',
    eventIds: SCRIPT_AND_COMMAND_IDS,
    conditions: [when('a command or script asks who is logged on at a host', (event) => ASKED_BY_TEXT.test(typedText(event).text))],
  },
];

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
    { ...SYSMON, eventIds: [CONNECTION, 1], needs: 'Sysmon network connections and processes of the source host', optional: true },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
    ...SCRIPT_READINGS,
  ],
  steps: STEPS,
  over: {
    by: groupKey,
    byWords: 'same account and source',
    thresholds: [
      { within: 2 * MINUTE, atLeast: PIPES, distinct: PIPES, step: 'pipe' },
      { within: MINUTE, atLeast: SWEEP, distinct: SWEEP, step: 'smb-connection' },
      { within: 2 * MINUTE, atLeast: 1, step: 'asked-by-text' },
    ],
    distinct: { of: asked, words: 'distinct pipes and hosts' },
  },
  explain(event) {
    switch (event.eventId) {
      case CONNECTION:
        return [
          ['DestinationIp', event.field('DestinationIp'), 'host that was asked'],
          ['DestinationPort', event.field('DestinationPort'), 'file and pipe service'],
          ['Image', event.field('Image'), 'program; System is the file client that serves all programs'],
        ];
      case SHARE_OBJECT:
        return [
          ['SubjectUserName', event.field('SubjectUserName'), 'account that asked'],
          ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe that tells of sessions, users or groups'],
          ['IpAddress', event.field('IpAddress'), 'where it came from'],
        ];
      default: {
        const { field, text } = typedText(event);
        return [[field, clip(text), 'asks who is logged on']];
      }
    }
  },
  grade({ steps, distinct }) {
    if (steps.has('smb-connection')) return { because: `${plural(distinct, 'host')} within a minute` };
    if (steps.has('asked-by-text')) return { because: 'a command or script asked who is logged on' };
    if (distinct > PIPES) return { confidence: 'medium', because: `${plural(distinct, 'pipe')} of one or more hosts` };
    return { severity: 'informational', because: 'two pipes only, which a management console also opens' };
  },
  summary(group, facts) {
    const { anchor } = group;
    if (anchor.eventId === CONNECTION) {
      const from = facts.name(anchor.computerEntity, anchor.computer);
      return `${from} connected to the file service of ${plural(group.distinct, 'host')} at once.`;
    }
    if (anchor.eventId !== SHARE_OBJECT) {
      return `${actorWords(anchor, facts.name)} asked who is logged on at other hosts, from ${facts.name(anchor.computerEntity, anchor.computer)}.`;
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
