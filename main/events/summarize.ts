import type { EventKind, Outcome } from '../../shared/model/event.ts';
import { IMPORTED_EVENT_IDS } from '../../shared/model/imported-alert.ts';

/** Names of the roles of an event, as shown; empty when absent. */
export type SummaryParts = {
  readonly kind: EventKind;
  readonly eventId: number;
  readonly channel: string;
  readonly actor: string;
  readonly target: string;
  readonly counterpart: string;
  readonly source: string;
  readonly host: string;
  readonly object: string;
  readonly logonType: number;
  readonly outcome: Outcome;
};

export const LOGON_TYPE_NAMES: Readonly<Record<number, string>> = {
  0: 'system',
  2: 'interactive',
  3: 'network',
  4: 'batch',
  5: 'service',
  7: 'unlock',
  8: 'network, clear text',
  9: 'new credentials',
  10: 'remote interactive',
  11: 'cached interactive',
  12: 'cached remote interactive',
  13: 'cached unlock',
};

/** One plain sentence about an event, from its roles alone: no message text, so it reads the same for a log in any language. */
export function summarize(parts: SummaryParts): string {
  const sentence = SENTENCES[parts.kind];
  return sentence ? tidy(sentence(parts, someone(parts.actor), someone(parts.target))) : other(parts);
}

type Sentence = (parts: SummaryParts, actor: string, target: string) => string;

const someone = (name: string): string => name || 'someone';
const from = (parts: SummaryParts): string => (parts.source && parts.source !== parts.host ? ` from ${parts.source}` : '');
const failed = (parts: SummaryParts): string => (parts.outcome === 'failure' ? ', refused' : '');
const logonType = (parts: SummaryParts): string =>
  parts.logonType > 0 ? ` (${LOGON_TYPE_NAMES[parts.logonType] ?? `type ${parts.logonType}`})` : '';
const named = (text: string): string => (text ? ` ${text}` : '');
const on =
  (verb: string): Sentence =>
  (parts, actor) =>
    `${actor} ${verb}${named(parts.object)} on ${parts.host}`;
const toAccount =
  (verb: string): Sentence =>
  (_parts, actor, target) =>
    `${actor} ${verb} ${target}`;

const SENTENCES: Partial<Record<EventKind, Sentence>> = {
  'imported-alert': importedAlert,
  logon: (parts, _actor, target) =>
    `${target} logged on to ${parts.host}${from(parts)}${logonType(parts)}${parts.counterpart ? `, on the network as ${parts.counterpart}` : ''}`,
  'logon-failure': (parts, _actor, target) => `${target} failed to log on to ${parts.host}${from(parts)}${logonType(parts)}`,
  logoff: (parts, _actor, target) => `${target} logged off from ${parts.host}`,
  'explicit-logon': (parts, actor, target) =>
    `${actor} used the credentials of ${target}${parts.object ? ` for ${parts.object}` : ''} on ${parts.host}`,
  'special-privileges': (parts, actor) => `${someone(parts.target || actor)} got special privileges on ${parts.host}`,
  'ntlm-validation': (parts, _actor, target) => `${parts.host} checked the NTLM credentials of ${target}${from(parts)}${failed(parts)}`,
  'session-reconnected': (parts, _actor, target) => `${target} reconnected to a session on ${parts.host}${from(parts)}`,
  'session-disconnected': (parts, _actor, target) => `${target} disconnected from a session on ${parts.host}${from(parts)}`,
  'tgt-request': (parts, _actor, target) => `${target} asked ${parts.host} for a TGT${from(parts)}${failed(parts)}`,
  'service-ticket-request': (parts, _actor, target) =>
    `${target} asked for a service ticket for ${someone(parts.counterpart || parts.object)}${from(parts)}${failed(parts)}`,
  'ticket-renewal': (parts, _actor, target) => `${target} renewed a ticket${from(parts)}`,
  'kerberos-failure': (parts, _actor, target) => `Kerberos pre-authentication of ${target} failed${from(parts)}`,
  'account-created': toAccount('created the account'),
  'account-enabled': toAccount('enabled the account'),
  'account-disabled': toAccount('disabled the account'),
  'account-deleted': toAccount('deleted the account'),
  'account-changed': toAccount('changed the account'),
  'account-renamed': toAccount('renamed the account'),
  'account-locked': (_parts, _actor, target) => `The account ${target} was locked out`,
  'account-unlocked': toAccount('unlocked the account'),
  'password-changed': toAccount('changed the password of'),
  'password-reset': toAccount('reset the password of'),
  'computer-created': toAccount('created the computer account'),
  'computer-changed': toAccount('changed the computer account'),
  'computer-deleted': toAccount('deleted the computer account'),
  'group-created': (parts, actor) => `${actor} created the group ${someone(parts.counterpart || parts.target)}`,
  'group-changed': (parts, actor) => `${actor} changed the group ${someone(parts.counterpart || parts.target)}`,
  'group-deleted': (parts, actor) => `${actor} deleted the group ${someone(parts.counterpart || parts.target)}`,
  'member-added': (parts, actor, target) => `${actor} added ${target} to ${someone(parts.counterpart)}`,
  'member-removed': (parts, actor, target) => `${actor} removed ${target} from ${someone(parts.counterpart)}`,
  'sid-history-changed': toAccount('changed the SID history of'),
  'directory-object-changed': (parts, actor) => `${actor} changed${named(parts.object)} in the directory`,
  'directory-object-created': (parts, actor) => `${actor} created${named(parts.object)} in the directory`,
  'directory-object-deleted': (parts, actor) => `${actor} deleted${named(parts.object)} in the directory`,
  'directory-object-accessed': (parts, actor) =>
    `${actor} accessed${named(parts.object) || ' an object'} in the directory on ${parts.host}`,
  'service-installed': on('installed the service'),
  'task-created': on('created the scheduled task'),
  'task-deleted': on('deleted the scheduled task'),
  'task-enabled': on('enabled the scheduled task'),
  'task-disabled': on('disabled the scheduled task'),
  'task-updated': on('changed the scheduled task'),
  'share-accessed': (parts, actor) => `${actor} opened the share${named(parts.object)} on ${parts.host}${from(parts)}`,
  'share-object-accessed': (parts, actor) => `${actor} accessed${named(parts.object)} on ${parts.host}${from(parts)}`,
  'process-created': (parts, actor) => `${actor} started${named(parts.object) || ' a process'} on ${parts.host}`,
  'network-connection': (parts, actor) => `${actor} connected${parts.object ? ` with ${parts.object}` : ''} on ${parts.host}`,
  'remote-thread-created': (parts) => `${parts.object || 'A process'} was given a remote thread on ${parts.host}`,
  'process-accessed': (parts) => `${parts.object || 'A process'} was opened by another process on ${parts.host}`,
  'file-created': (parts, actor) => `${actor} created${named(parts.object) || ' a file'} on ${parts.host}`,
  'registry-changed': (parts, actor) => `${actor} changed${named(parts.object) || ' the registry'} on ${parts.host}`,
  'pipe-created': (parts) => `The pipe${named(parts.object)} was created on ${parts.host}`,
  'pipe-connected': (parts) => `The pipe${named(parts.object)} was connected on ${parts.host}`,
  'powershell-module': on('ran PowerShell'),
  'powershell-script': on('ran a PowerShell script'),
  'winrm-session': (parts, actor) => `${actor} used WinRM on ${parts.host}${from(parts)}`,
  'rdp-session': (parts, _actor, target) => `${target} had a remote desktop session on ${parts.host}${from(parts)}`,
  'rdp-authenticated': (parts, _actor, target) => `${target} authenticated to remote desktop on ${parts.host}${from(parts)}`,
  'log-cleared': (parts, actor) => `${actor} cleared the ${parts.object || parts.channel} log on ${parts.host}`,
  'certificate-requested': (parts, actor) => `${actor} asked for a certificate${named(parts.object)}`,
  'certificate-issued': (parts) => `A certificate was issued${parts.object ? ` for ${parts.object}` : ''}`,
};

function importedAlert({ channel, eventId, object, actor, target, source, host }: SummaryParts): string {
  const named = [...new Set([actor, target, source, host].filter(Boolean))].join(', ');
  if (eventId === IMPORTED_EVENT_IDS.entity) return `${channel} names ${named || 'something'} in an alert${object ? `: ${object}` : ''}`;
  return `${channel} raised an alert${object ? `: ${object}` : ''}${named ? ` (${named})` : ''}`;
}

function other(parts: SummaryParts): string {
  const object = parts.object ? `: ${parts.object}` : '';
  return `Event ${parts.eventId} of ${parts.channel || 'an unnamed channel'}${parts.host ? ` on ${parts.host}` : ''}${object}`;
}

/** Account names keep their case: only our own word for an unknown one is capitalized. */
function tidy(sentence: string): string {
  return sentence.startsWith('someone') ? `S${sentence.slice(1)}` : sentence;
}
