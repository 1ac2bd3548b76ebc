import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { commandText, programWords, SCRIPT_READING } from '../command-line.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { actorWords, baseName, clip, SECURITY, SYSMON, shortHost } from '../record.ts';

const CRYPTO_LOG = { channel: 'Microsoft-Windows-CAPI2/Operational', provider: 'Microsoft-Windows-CAPI2' } as const;
/** "Acquire Certificate Private Key" of the CAPI2 log: a program, by name only, that got hold of a key. */
const ACQUIRED = 70;
/** "Export of persistent cryptographic key" of 5059. */
const EXPORT = '%%2464';
/** Browsers, mail and Windows get hold of keys all day; without a path the name of the program is all there is to judge by. */
const THEFT_TOOLS = /^(?:mimikatz|mimidrv|kekeo|sharpdpapi|certify|rubeus|seatbelt|certstealer)\.exe$/i;
const THEFT_COMMAND = /\b(?:crypto::(?:certificates|keys|capi|cng)\b|sharpdpapi(?:\.exe)?["']?\s+certificates|adfsdump)\b/i;
const EXPORT_COMMAND =
  /\b(?:certutil(?:\.exe)?["']?\s[^\n]*[-/](?:exportpfx|backupkey)\b|export-pfxcertificate\b|[-/]backupkey\b|x509contenttype\]::pfx)/i;

function acquirer(event: IdentityEvent): string {
  return baseName(event.field('EventAuxInfo.ProcessName') || event.field('ProcessName'));
}

function stepOf(event: IdentityEvent): string {
  if (event.eventId === ACQUIRED) return THEFT_TOOLS.test(acquirer(event)) ? 'key-acquired' : '';
  if (event.eventId === 5059) return event.field('Operation').trim() === EXPORT && THEFT_TOOLS.test(acquirer(event)) ? 'key-exported' : '';
  const text = commandText(event);
  if (THEFT_COMMAND.test(text)) return 'theft-command';
  return EXPORT_COMMAND.test(text) ? 'export-command' : '';
}

function match(event: IdentityEvent): Match {
  const step = stepOf(event);
  return step === '' ? null : counts(step);
}

export const privateKeyExport: Detection = {
  id: 'private-key-export',
  externalId: null,
  catalogueName: '',
  title: 'Private key exported',
  whatItSees: 'A private key of a certificate was exported, or a tool that steals keys got hold of one.',
  whyItMatters: 'With the key of a certificate one can log on as its owner, without a password, for as long as the certificate lives.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Credential Access'],
  techniques: ['T1552', 'T1552.004', 'T1649'],
  reads: [
    { ...CRYPTO_LOG, eventIds: [ACQUIRED], needs: 'the log CAPI2/Operational, which is off by default' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on' },
    { ...SECURITY, eventIds: [5059], needs: 'Security logs with "Audit Other System Events" on', optional: true },
    { ...SYSMON, eventIds: [1], needs: 'Sysmon', optional: true },
    SCRIPT_READING,
  ],
  matches: match,
  over: {
    by: (event) => `${event.actorEntity}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    const rows: readonly (readonly [string, string])[] = [
      ['EventAuxInfo.ProcessName', 'program that got hold of the key'],
      ['Certificate.subjectName', 'certificate that the key belongs to'],
      ['KeyName', 'key that was exported'],
      ['CommandLine', 'command that exports a key'],
      ['ScriptBlockText', 'script that exports a key'],
      ['Payload', 'script that exports a key'],
      ['NewProcessName', 'program that was started'],
      ['SubjectUserName', 'who did it'],
      ['User', 'who did it'],
    ];
    return rows.map(([name, words]) => [name, clip(event.field(name)), words] as const).filter(([, value]) => value !== '');
  },
  grade({ steps }) {
    if (steps.size === 1 && steps.has('export-command')) {
      return { severity: 'informational', confidence: 'low', because: 'administrators export certificates with the same commands' };
    }
    return { because: 'a tool that is known for stealing keys' };
  },
  summary({ anchor }, facts) {
    const who = actorWords(anchor, (id, account) => facts.name(id, account));
    const program = anchor.eventId === ACQUIRED || anchor.eventId === 5059 ? acquirer(anchor) : programWords(anchor);
    return `${who} took a private key with ${program} on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
  },
  benignCauses: [
    'An administrator who moves a certificate to another server or saves the keys of a certification authority.',
    'A script that deploys certificates.',
    'A test with permission.',
  ],
  firstResponse: [
    'Ask the account whether the export was its own, and where the file is.',
    'Revoke the certificate and issue a new one if not.',
    'Look for logons with certificates of this owner since then.',
  ],
};
