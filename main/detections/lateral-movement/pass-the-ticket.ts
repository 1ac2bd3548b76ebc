import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { callText, isScript, SCRIPT_READING } from '../command-line.ts';
import { type Detection, type Group, type GroupSample, when } from '../detection.ts';
import { actorWords, baseName, clip, given, plural, SYSMON } from '../record.ts';
import { PROCESS_READS, PROCESS_STARTED } from '../remote-process.ts';

const CALLED: readonly number[] = [...PROCESS_STARTED, ...SCRIPT_READING.eventIds];
const FILE_CREATED = 11;

/** A ticket is put into a session: words that several tools share. */
const INJECTS =
  /\bkerberos::ptt\b|\bptt\b\s+\/ticket:|\s\/ptt\b|\bInvoke-Rubeus\b[^|]*\bptt\b|\bKRB5CCNAME\s*=\s*\S+\.ccache\b|\bkerberos::ptc\b|\bmisc::convert\b/i;
/** A ticket is made with a stolen key. */
const FORGES =
  /\bkerberos::(?:golden|silver)\b|\b(?:golden|silver|diamond)\b[^|]*\/(?:rc4|aes128|aes256|krbkey):|\bticketer(?:\.py)?\b[^|]*-domain-sid\b/i;
/** Tickets are taken out of memory into files. */
const EXPORTS =
  /\bsekurlsa::tickets\b[^|]*\/export\b|\bkerberos::list\b[^|]*\/export\b|\bdump\b[^|]*\/(?:service:krbtgt|luid:0x)|\btgtdeleg\b[^|]*\/nowrap\b|\brubeus(?:\.exe)?"?\s+(?:dump|monitor|harvest|tgtdeleg)\b/i;
/** Ticket files as the tools write and read them; Windows itself keeps tickets in memory only. */
const TICKET_FILE = /\.kirbi$/i;
const TICKET_FILE_NAMED = /\S\.kirbi\b/i;

const DEEDS: Readonly<Record<string, string>> = {
  forged: 'forged a Kerberos ticket',
  injected: 'put a Kerberos ticket into a session',
  exported: 'took Kerberos tickets into files, or named one',
};

function textOf(event: IdentityEvent): string {
  return event.eventId === FILE_CREATED ? event.field('TargetFilename') : callText(event);
}

function fieldOf(event: IdentityEvent): string {
  if (event.eventId === FILE_CREATED) return 'TargetFilename';
  return isScript(event) ? 'ScriptBlockText' : 'CommandLine';
}

function first({ sample, anchor }: Group): GroupSample {
  return sample.find(({ step }) => step === 'forged' || step === 'injected') ?? sample[0] ?? { event: anchor, step: 'exported' };
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
  reads: [...PROCESS_READS, { ...SYSMON, eventIds: [FILE_CREATED], needs: 'Sysmon with file creation on' }, SCRIPT_READING],
  steps: [
    {
      name: 'ticket-file',
      eventIds: [FILE_CREATED],
      conditions: [when('a ticket file is written', (event) => TICKET_FILE.test(event.field('TargetFilename')))],
    },
    { name: 'forged', eventIds: CALLED, conditions: [when('a ticket is made with a stolen key', (event) => FORGES.test(callText(event)))] },
    { name: 'injected', eventIds: CALLED, conditions: [when('a ticket is put into a session', (event) => INJECTS.test(callText(event)))] },
    {
      name: 'exported',
      eventIds: CALLED,
      conditions: [
        when('tickets are taken out of memory, or a ticket file is named', (event) => {
          const text = callText(event);
          return EXPORTS.test(text) || TICKET_FILE_NAMED.test(text);
        }),
      ],
    },
  ],
  over: {
    by: (event) => event.computerEntity || event.computer.toLowerCase(),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: textOf, words: 'distinct commands and files' },
  },
  explain: (event, _facts, step) => [
    [fieldOf(event), clip(textOf(event), 400), DEEDS[step] ?? 'ticket file'],
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
    const { event, step } = first(group);
    const host = facts.name(event.computerEntity, event.computer);
    if (event.eventId === FILE_CREATED) {
      const program = baseName(given(event.field('Image'))) || 'a program';
      return `On ${host} ${program} wrote ${plural(group.distinct, 'ticket file')}, first ${clip(textOf(event), 120)}.`;
    }
    return `${actorWords(event, facts.name)} ${DEEDS[step] ?? DEEDS.exported} on ${host}: ${clip(textOf(event).trim(), 160)}.`;
  },
  benignCauses: ['A penetration test or training with permission.', 'Analysis of ticket files by responders.'],
  firstResponse: [
    'Find whose tickets were taken, and end their sessions (a password reset does not end a ticket).',
    'Look for logons of those accounts from this host, or from hosts where they do not belong.',
    'Take the host off the network and keep its memory.',
  ],
};
