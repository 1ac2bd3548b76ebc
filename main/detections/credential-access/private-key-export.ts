import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { callText, programPath, programWords, SCRIPT_READING } from '../command-line.ts';
import { type Detection, type Group, type Step, unless, when } from '../detection.ts';
import { actorWords, baseName, clip, isImpersonal, isWellKnownSid, numberField, SECURITY, SYSMON, shortHost } from '../record.ts';

const CRYPTO_LOG = { channel: 'Microsoft-Windows-CAPI2/Operational', provider: 'Microsoft-Windows-CAPI2' } as const;
/** "Acquire Certificate Private Key" of the CAPI2 log: a program, by name only, that got hold of a key. */
const ACQUIRED = 70;
/** "A certificate has been exported" of the logs of certificate services on a client, which Windows keeps by default. */
const EXPORTED = 1007;
const LIFECYCLE = {
  channel: 'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
  provider: 'Microsoft-Windows-CertificateServicesClient-Lifecycle-System',
} as const;
const LIFECYCLE_USER = {
  channel: 'Microsoft-Windows-CertificateServicesClient-Lifecycle-User/Operational',
  provider: 'Microsoft-Windows-CertificateServicesClient-Lifecycle-User',
} as const;
/** "Export of persistent cryptographic key" and "Machine key" of 5059. Keys of users are exported all day, for the devices that they use. */
const EXPORT = '%%2464';
const MACHINE_KEY = '%%2499';
/**
 * CRYPT_ACQUIRE_ALLOW_NCRYPT_KEY_FLAG and nothing else, in hexadecimal: whoever works with a key keeps it (CACHE), compares it or forbids
 * questions to the person (SILENT); whoever walks through a store to take keys does none of it.
 */
const PLAIN_REQUEST = /^(?:0x)?0*10000$/i;
/** Names that tools give to the keys that they write out: store, container, use, kind of key. */
const KEY_FILE = /\.(?:keyx|sign|dsa|dh)\.(?:rsa|dsa|ec)\.(?:pvk|p8k)$/i;
const EXCHANGE_FILE = /\.(?:pfx|p12)$/i;
const INSTALLED = /^(?:[a-z]:|\\device\\harddiskvolume\d+)\\program files(?: \(x86\))?\\/i;
/** A thief takes what there is at once. */
const SEVERAL = 3;
const THEFT_COMMAND = /\b(?:crypto::(?:certificates|keys|capi|cng)\b|sharpdpapi(?:\.exe)?["']?\s+certificates)\b/i;
const EXPORT_COMMAND =
  /\b(?:certutil(?:\.exe)?["']?\s[^\n]{0,300}[-/](?:exportpfx|backupkey|backup)\b|export-pfxcertificate\b|[-/]backupkey\b|x509contenttype\]::(?:pfx|pkcs12)\b|\.export\(\s*["'](?:pfx|pkcs12)\b)/i;

function acquirer(event: IdentityEvent): string {
  return baseName(event.field('EventAuxInfo.ProcessName') || event.field('ProcessName'));
}

const STEPS: readonly Step[] = [
  {
    name: 'key-acquired',
    eventIds: [ACQUIRED],
    conditions: [
      when('a program got hold of a private key', (event) => numberField(event, 'Result.value') === 0),
      when('it asked plainly, as who walks through a store of certificates', (event) =>
        PLAIN_REQUEST.test(event.field('Flags.value').trim()),
      ),
      unless('Windows itself uses the key', (event) => isWellKnownSid(event.actor?.sid ?? '')),
    ],
  },
  {
    name: 'key-exported',
    eventIds: [5059],
    conditions: [
      when('a key was exported', (event) => event.field('Operation').trim() === EXPORT),
      when('it is a key of the computer', (event) => event.field('KeyType').trim() === MACHINE_KEY),
      when('the export succeeded', (event) => numberField(event, 'ReturnCode') === 0),
      unless('the computer or a service exports its own key', (event) => isImpersonal(event.actor)),
    ],
  },
  { name: 'certificate-exported', eventIds: [EXPORTED], conditions: [] },
  {
    name: 'key-file',
    eventIds: [11],
    conditions: [
      when('the file is named as tools name the keys that they write out', (event) => KEY_FILE.test(event.field('TargetFilename'))),
    ],
  },
  {
    name: 'exchange-file',
    eventIds: [11],
    conditions: [
      when('a file for certificates with their keys was written', (event) => EXCHANGE_FILE.test(event.field('TargetFilename'))),
      unless('an installed program keeps its own', (event) => INSTALLED.test(programPath(event))),
    ],
  },
  {
    name: 'theft-command',
    eventIds: [1, 4688, 4103, 4104],
    conditions: [when('the command is one of tools that take keys', (event) => THEFT_COMMAND.test(callText(event)))],
  },
  {
    name: 'export-command',
    eventIds: [1, 4688, 4103, 4104],
    conditions: [when('the command exports a private key', (event) => EXPORT_COMMAND.test(callText(event)))],
  },
];

/** What works with keys does so when it has to; who takes them goes from one to the next. */
function isInOneGo({ firstAt, lastAt, count }: Group): boolean {
  return count >= SEVERAL && lastAt - firstAt <= 2 * MINUTE;
}

export const privateKeyExport: Detection = {
  id: 'private-key-export',
  externalId: null,
  catalogueName: '',
  title: 'Private key taken or exported',
  whatItSees: 'A private key of a certificate was exported, or a program walked through the keys of a person.',
  whyItMatters: 'With the key of a certificate one can log on as its owner, without a password, for as long as the certificate lives.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Credential Access'],
  techniques: ['T1552', 'T1552.004', 'T1649'],
  reads: [
    { ...CRYPTO_LOG, eventIds: [ACQUIRED], needs: 'the log CAPI2/Operational, which is off by default' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on' },
    { ...SECURITY, eventIds: [5059], needs: 'Security logs with "Audit Other System Events" on', optional: true },
    { ...SYSMON, eventIds: [1, 11], needs: 'Sysmon', optional: true },
    { ...LIFECYCLE, eventIds: [EXPORTED], needs: 'the log CertificateServicesClient-Lifecycle-System/Operational', optional: true },
    { ...LIFECYCLE_USER, eventIds: [EXPORTED], needs: 'the log CertificateServicesClient-Lifecycle-User/Operational', optional: true },
    SCRIPT_READING,
  ],
  steps: STEPS,
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
      ['TargetFilename', 'file that holds a key'],
      ['Image', 'program that acted'],
      ['CommandLine', 'command that exports a key'],
      ['ScriptBlockText', 'script that exports a key'],
      ['Payload', 'script that exports a key'],
      ['NewProcessName', 'program that was started'],
      ['SubjectUserName', 'who did it'],
      ['User', 'who did it'],
    ];
    const given = rows.map(([name, words]) => [name, clip(event.field(name)), words] as const).filter(([, value]) => value !== '');
    return given.length > 0 ? given : [['System.EventID', String(event.eventId), 'the export of a certificate']];
  },
  grade(group) {
    const { steps } = group;
    if (steps.has('theft-command') || steps.has('key-file')) return { because: 'as tools do that take keys' };
    if (steps.has('key-acquired') && (isInOneGo(group) || steps.size > 1)) {
      return { severity: 'medium', because: 'a program went for keys several times in a short while' };
    }
    if (steps.has('key-acquired')) return { severity: 'low', confidence: 'low', because: 'programs that sign or log on use keys too' };
    return { severity: 'informational', confidence: 'low', because: 'administrators export certificates in the same way' };
  },
  summary({ anchor }, facts) {
    const who = actorWords(anchor, (id, account) => facts.name(id, account));
    const program = acquirer(anchor) || programWords(anchor);
    return `${who} used or exported a private key with ${program} on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
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
