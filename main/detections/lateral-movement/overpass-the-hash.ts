import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { callText, isScript, SCRIPT_READING } from '../command-line.ts';
import { type Detection, type Group, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, clip, plural, SECURITY } from '../record.ts';
import { PROCESS_READS, PROCESS_STARTED } from '../remote-process.ts';
import { hostOfUse, NEW_CREDENTIALS_LOGON, TICKET_BY_TOOL } from '../stolen-key.ts';
import { sourceWords } from '../words.ts';

const TICKET_GRANTED = 4768;
const LOGON = 4624;

/** A ticket asked for with a key on the command line, or credentials put into a session: words of several tools, not of one. */
const KEY_COMMAND =
  /\basktgt\b[^|]*\/(?:rc4|ntlm|des|aes128|aes256|hash)\b|\bsekurlsa::pth\b|\bcreatenetonly\b[^|]*\/program\b|\bgetTGT(?:\.py)?\b[^|]*-(?:hashes|aesKey)\b/i;

function find(group: Group, step: string): IdentityEvent | undefined {
  return group.sample.find((held) => held.step === step)?.event;
}

function requestWords(event: IdentityEvent, facts: Facts): string {
  const account = accountField(event, 'Target');
  return `${facts.name(event.targetEntity, account)} got a ticket-granting ticket from ${sourceWords(event, facts)} with weak encryption and options that Windows does not send`;
}

export const overpassTheHash: Detection = {
  id: 'overpass-the-hash',
  externalId: 2002,
  catalogueName: 'Suspected overpass-the-hash attack (Kerberos)',
  title: 'Suspected overpass-the-hash attack (Kerberos)',
  whatItSees:
    'A ticket-granting ticket was asked for by software that is not Windows, with RC4, the key that a stolen NT hash is; or a command line hands a hash to such software.',
  whyItMatters: 'The hash becomes a Kerberos ticket, with which an intruder moves on even where NTLM is switched off.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Lateral Movement'],
  techniques: ['T1210', 'T1550', 'T1550.002', 'T1550.003'],
  reads: [
    {
      ...SECURITY,
      eventIds: [TICKET_GRANTED],
      needs: 'the Security log of a domain controller with "Audit Kerberos Authentication Service" on',
    },
    { ...SECURITY, eventIds: [LOGON], needs: 'Security logs with "Audit Logon" (success) on', optional: true },
    ...PROCESS_READS.map((reading) => ({ ...reading, optional: true }) as const),
    SCRIPT_READING,
  ],
  steps: [
    { name: 'ticket-with-hash', eventIds: [TICKET_GRANTED], conditions: TICKET_BY_TOOL },
    { name: 'new-credentials', eventIds: [LOGON], accompanies: true, conditions: NEW_CREDENTIALS_LOGON },
    {
      name: 'command',
      eventIds: [...PROCESS_STARTED, ...SCRIPT_READING.eventIds],
      conditions: [when('a key or hash is handed to software that asks for tickets', (event) => KEY_COMMAND.test(callText(event)))],
    },
  ],
  over: {
    by: hostOfUse,
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => event.field('TargetUserName').toLowerCase(), words: 'distinct accounts' },
  },
  explain: (event, _facts, step) => {
    if (step === 'ticket-with-hash')
      return [
        ['TargetUserName', event.field('TargetUserName'), 'account whose ticket was asked for'],
        ['TicketEncryptionType', event.field('TicketEncryptionType'), 'weak encryption: RC4 (its key is the NT hash) or DES'],
        ['TicketOptions', event.field('TicketOptions'), 'options without "canonicalize", which Windows always sends'],
        ['PreAuthType', event.field('PreAuthType'), 'the client proved that it holds the key'],
        ['IpAddress', event.field('IpAddress'), 'where the request came from'],
      ];
    if (step === 'new-credentials')
      return [
        ['LogonType', event.field('LogonType'), 'a session with other credentials for the network'],
        ['TargetOutboundUserName', event.field('TargetOutboundUserName'), 'account used toward the network'],
      ];
    return [
      [isScript(event) ? 'ScriptBlockText' : 'CommandLine', clip(callText(event), 400), 'hands a key to software that asks for tickets'],
      ['NewProcessName', event.field('NewProcessName') || event.field('Image'), 'program'],
    ];
  },
  grade(group) {
    if (group.steps.has('command')) return { severity: 'high', confidence: 'high', because: 'the command line hands over a key or hash' };
    if (group.steps.has('new-credentials')) return { confidence: 'high', because: 'together with a new-credentials session on the host' };
    if (group.distinct > 3) return { because: `${group.distinct} accounts from one host` };
    return { because: 'RC4 and request options of software other than Windows' };
  },
  summary(group, facts) {
    const request = find(group, 'ticket-with-hash');
    const command = find(group, 'command');
    if (command !== undefined) {
      const then = request === undefined ? '' : `; ${requestWords(request, facts)}`;
      return `On ${facts.name(command.computerEntity, command.computer)} a command handed a key to software that asks for tickets: ${clip(callText(command).trim(), 160)}${then}.`;
    }
    return `${requestWords(request ?? group.anchor, facts)} (${plural(group.count, 'request')}).`;
  },
  benignCauses: [
    'An appliance, a Java program or a host with another operating system that is set up for RC4 only.',
    'A password audit or penetration test with permission.',
  ],
  firstResponse: [
    'Find out which software at the source host asked for the ticket, and whether the account belongs there.',
    'Reset the password of the account twice where it is privileged, and end its sessions.',
    'Look at the source host for access to the memory of lsass before.',
  ],
};
