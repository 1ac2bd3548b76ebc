import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Group } from '../detection.ts';
import { actorWords, baseName, clip, given, plural, SECURITY, SYSMON } from '../record.ts';

const POWERSHELL = { channel: 'Microsoft-Windows-PowerShell/Operational', provider: 'Microsoft-Windows-PowerShell' } as const;
const SCRIPT = 4104;
const FILE_CREATED = 11;
/** A call is short; long blocks are modules, and lists of what to look for. */
const LONGEST_CALL = 2_000;

/** A ticket is put into a session: words that several tools share. */
const INJECTS =
  /\bkerberos::ptt\b|\bptt\b\s+\/ticket:|\s\/ptt\b|\bInvoke-Rubeus\b[^|]*\bptt\b|\bKRB5CCNAME\s*=\s*\S+\.ccache\b|\bkerberos::ptc\b|\bmisc::convert\b/i;
/** A ticket is made with a stolen key. */
const FORGES =
  /\bkerberos::(?:golden|silver)\b|\b(?:golden|silver|diamond)\b[^|]*\/(?:rc4|aes128|aes256|krbkey):|\bticketer(?:\.py)?\b[^|]*-domain-sid\b/i;
/** Tickets are taken out of memory into files. */
const EXPORTS =
  /\bsekurlsa::tickets\b[^|]*\/export\b|\bkerberos::list\b[^|]*\/export\b|\bdump\b[^|]*\/(?:service:krbtgt|luid:0x)|\btgtdeleg\b[^|]*\/nowrap\b/i;
/** Ticket files as the tools write and read them; Windows itself keeps tickets in memory only. */
const TICKET_FILE = /\.kirbi$/i;
const TICKET_FILE_NAMED = /\S\.kirbi\b/i;

const DEEDS: Readonly<Record<string, string>> = {
  forged: 'forged a Kerberos ticket',
  injected: 'put a Kerberos ticket into a session',
  exported: 'took Kerberos tickets into files, or named one',
};

function textOf(event: IdentityEvent): string {
  if (event.eventId === FILE_CREATED) return event.field('TargetFilename');
  if (event.eventId !== SCRIPT) return event.field('CommandLine');
  const script = event.field('ScriptBlockText');
  return script.length <= LONGEST_CALL ? script : '';
}

function fieldOf(event: IdentityEvent): string {
  if (event.eventId === FILE_CREATED) return 'TargetFilename';
  return event.eventId === SCRIPT ? 'ScriptBlockText' : 'CommandLine';
}

function stepOf(event: IdentityEvent): string {
  const text = textOf(event);
  if (event.eventId === FILE_CREATED) return TICKET_FILE.test(text) ? 'ticket-file' : '';
  if (FORGES.test(text)) return 'forged';
  if (INJECTS.test(text)) return 'injected';
  return EXPORTS.test(text) || TICKET_FILE_NAMED.test(text) ? 'exported' : '';
}

function first(group: Group): IdentityEvent {
  return (group.sample.find(({ step }) => step === 'forged' || step === 'injected') ?? group.sample[0])?.event ?? group.anchor;
}

export const passTheTicket: Detection = {
  id: 'pass-the-ticket',
  externalId: 2018,
  catalogueName: 'Suspected identity theft (pass-the-ticket)',
  title: 'Suspected identity theft (pass-the-ticket)',
  whatItSees: 'Kerberos tickets were taken out of the memory of a host or put into a session of another, by command or as ticket files.',
  whyItMatters: 'Whoever holds a ticket is its account until the ticket ends, without password or hash.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Lateral Movement'],
  techniques: ['T1550', 'T1550.003'],
  reads: [
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on' },
    { ...SYSMON, eventIds: [1, FILE_CREATED], needs: 'Sysmon with process and file creation' },
    { ...POWERSHELL, eventIds: [SCRIPT], needs: 'PowerShell script block logging', optional: true },
  ],
  matches(event) {
    const step = stepOf(event);
    return step === '' ? null : counts(step);
  },
  over: {
    by: (event) => event.computerEntity || event.computer.toLowerCase(),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: textOf, words: 'distinct commands and files' },
  },
  explain: (event) => [
    [fieldOf(event), clip(textOf(event), 400), DEEDS[stepOf(event)] ?? 'ticket file'],
    ['Image', event.field('NewProcessName') || event.field('Image') || event.field('Path'), 'program or script'],
    ['User', event.field('SubjectUserName') || event.field('User'), 'who ran it'],
  ],
  grade(group) {
    if (group.steps.has('forged'))
      return { title: 'Kerberos ticket forged by command', confidence: 'high', because: 'a ticket was made with a stolen key' };
    if (group.steps.has('injected')) return { confidence: 'high', because: 'a ticket was put into a session' };
    return { severity: 'medium', because: 'tickets were taken out into files; no record shows their use' };
  },
  summary(group, facts) {
    const event = first(group);
    const host = facts.name(event.computerEntity, event.computer);
    if (event.eventId === FILE_CREATED) {
      const program = baseName(given(event.field('Image'))) || 'a program';
      return `On ${host} ${program} wrote ${plural(group.distinct, 'ticket file')}, first ${clip(textOf(event), 120)}.`;
    }
    return `${actorWords(event, facts.name)} ${DEEDS[stepOf(event)] ?? DEEDS.exported} on ${host}: ${clip(textOf(event).trim(), 160)}.`;
  },
  benignCauses: ['A penetration test or training with permission.', 'Analysis of ticket files by responders.'],
  firstResponse: [
    'Find whose tickets were taken, and end their sessions (a password reset does not end a ticket).',
    'Look for logons of those accounts from this host, or from hosts where they do not belong.',
    'Take the host off the network and keep its memory.',
  ],
};
