import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { callText, commandText, programWords, SCRIPT_READING } from '../command-line.ts';
import { type Detection, type Step, unless, when } from '../detection.ts';
import { actorWords, baseName, clip, isImpersonal, isMachineName, numberField, SECURITY, SYSMON, shortHost } from '../record.ts';

/** Schema id of `thumbnailPhoto`: the DKM key of AD FS is kept in it, on an object of the class `contact`. */
const KEY_ATTRIBUTE = /8d3bca50-1d7e-11d0-a081-00aa006c33ed/i;
const CONTACT_CLASS = /5cb41ed0-0e4c-11d0-a286-00aa003049e2/i;
const READ_PROPERTY = 0x10;
/** Pipe of the Windows internal database, in which AD FS keeps its configuration. */
const DATABASE_PIPE = /^\\?microsoft##wid\\tsql\\query$/i;
/** Where AD FS keeps its key, in every domain. */
const KEY_FOLDER = /CN=ADFS,CN=Microsoft,CN=Program Data\b/i;
const KEY_FOLDER_OR_POLICY = /CN=ADFS,CN=Microsoft,CN=Program Data\b|\bCryptoPolicy\b/i;
/** Table and column that hold the certificates of AD FS, encrypted with that key; and calls of modules that read them. */
const SETTINGS_TEXT = /\bIdentityServerPolicy\.ServiceSettings\b|\bServiceSettingsData\b|\bexport-aadintadfs\w+/i;
/** From so many on, an address book is read and not a key. */
const MANY_CONTACTS = 5;
/** Roles of Windows that keep data in the internal database, and what else administrators install: both lie where only they may write. */
const INSTALLED = /^(?:[a-z]:|\\device\\harddiskvolume\d+)\\(?:windows(?!\\temp)|program files(?: \(x86\))?)\\/i;
const SCRIPT_HOST = /\\(?:powershell|powershell_ise|pwsh|cscript|wscript|mshta|rundll32|regsvr32|installutil|msbuild)\.exe$/i;

function pipeOf(event: IdentityEvent): string {
  return event.field(event.eventId === 18 ? 'PipeName' : 'RelativeTargetName');
}

const IS_DATABASE = when('the pipe of the internal database was opened', (event) => DATABASE_PIPE.test(pipeOf(event)));

const STEPS: readonly Step[] = [
  {
    name: 'key-read',
    eventIds: [4662],
    conditions: [
      when('a property was read', (event) => (numberField(event, 'AccessMask') & READ_PROPERTY) !== 0),
      when('the object is a contact', (event) => CONTACT_CLASS.test(event.field('ObjectType'))),
      when('the property is the photo, in which AD FS keeps its key', (event) => KEY_ATTRIBUTE.test(event.field('Properties'))),
      unless('the service of AD FS, as a managed account, or Windows itself', (event) => isImpersonal(event.actor)),
      unless(
        'the contact is named, and lies elsewhere than AD FS keeps its key',
        (event) => /^CN=/i.test(event.field('ObjectName')) && !KEY_FOLDER.test(event.field('ObjectName')),
      ),
    ],
  },
  {
    name: 'pipe-from-elsewhere',
    eventIds: [5145],
    conditions: [IS_DATABASE, unless('a server of the farm asks the first one', (event) => isMachineName(event.field('SubjectUserName')))],
  },
  {
    name: 'pipe-by-tool',
    eventIds: [18],
    conditions: [
      IS_DATABASE,
      unless(
        'a role of Windows that keeps data there, or an installed program',
        (event) => INSTALLED.test(event.field('Image')) && !SCRIPT_HOST.test(event.field('Image')),
      ),
    ],
  },
  {
    name: 'key-script',
    eventIds: [1, 4688, 4103, 4104],
    conditions: [
      when('the command names the photo, in which AD FS keeps its key', (event) => /\bthumbnailphoto\b/i.test(commandText(event))),
      when('it names the container of AD FS', (event) => KEY_FOLDER_OR_POLICY.test(commandText(event))),
    ],
  },
  {
    name: 'settings-script',
    eventIds: [1, 4688, 4103, 4104],
    conditions: [
      when('the command names the settings of AD FS that hold its certificates', (event) => SETTINGS_TEXT.test(callText(event))),
    ],
  },
];

export const adfsExport: Detection = {
  id: 'adfs-export',
  externalId: 2413,
  catalogueName: 'Suspected AD FS DKM key read',
  title: 'Suspected AD FS DKM key read',
  whatItSees:
    'An account read the key that protects the AD FS signing certificate, or a foreign program or script went for the AD FS database.',
  whyItMatters: 'With key and configuration together, an intruder signs tokens of anybody for every service that trusts the federation.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Credential Access'],
  techniques: ['T1552', 'T1552.004'],
  reads: [
    { ...SECURITY, eventIds: [4662], needs: 'the Security log of a domain controller with an audit entry on the DKM container of AD FS' },
    { ...SYSMON, eventIds: [1, 18], needs: 'Sysmon with pipe events on the AD FS servers', optional: true },
    { ...SECURITY, eventIds: [5145], needs: '"Audit Detailed File Share" on the AD FS servers', optional: true },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
    SCRIPT_READING,
  ],
  steps: STEPS,
  over: {
    by: (event) => event.actorEntity || event.actor?.sid || shortHost(event.computer),
    byWords: 'same account',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => event.field('ObjectName').toLowerCase(), words: 'distinct objects' },
  },
  explain(event, _facts, step) {
    if (step === 'key-read') {
      return [
        ['SubjectUserName', event.field('SubjectUserName'), 'account that read'],
        ['ObjectName', event.field('ObjectName'), 'object of the class contact: holds the DKM key of AD FS'],
        ['Properties', clip(event.field('Properties')), 'thumbnailPhoto was read; the key is kept in it'],
      ];
    }
    if (step === 'key-script' || step === 'settings-script') {
      const rows = ['CommandLine', 'ScriptBlockText', 'Payload'].map(
        (name) => [name, clip(event.field(name)), 'names what AD FS keeps secret'] as const,
      );
      return rows.filter(([, value]) => value !== '');
    }
    return [
      ['PipeName', pipeOf(event), 'pipe of the database of AD FS'],
      event.eventId === 5145
        ? ['SubjectUserName', event.field('SubjectUserName'), `from ${event.sourceAddress || event.sourceHost || 'the host itself'}`]
        : ['Image', event.field('Image'), 'program that opened it; no role of Windows'],
    ];
  },
  grade({ steps, distinct }) {
    const isKey = steps.has('key-read') || steps.has('key-script');
    if (isKey && steps.size > 1) return { confidence: 'high', because: 'key and configuration were read' };
    if (steps.has('key-script')) return { because: 'the command reads the key' };
    if (steps.has('key-read') && distinct >= MANY_CONTACTS) {
      return { severity: 'low', confidence: 'low', because: 'photos of many contacts were read, as address books do' };
    }
    if (steps.has('key-read')) return { because: 'the photo of a contact was read; on an audited container that is the key' };
    if (steps.has('settings-script')) return { severity: 'medium', because: 'the settings were read; the key to them was not seen' };
    return { severity: 'medium', because: 'only the database was opened: other roles of Windows keep data there too' };
  },
  summary({ anchor }, facts) {
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (anchor.eventId === 4662) return `${actorWords(anchor, facts.name)} read an object that holds the AD FS key on ${where}.`;
    if (anchor.eventId === 5145) return `${actorWords(anchor, facts.name)} opened the AD FS database on ${where} over the network.`;
    if (anchor.eventId !== 18) return `${programWords(anchor)} asked for key or settings of AD FS on ${where}.`;
    return `${baseName(anchor.field('Image')) || 'A program'} opened the AD FS database on ${where}.`;
  },
  benignCauses: [
    'The AD FS service itself, where it runs under an ordinary user account.',
    'A program that reads photos of contacts, where such reads are audited in the whole domain.',
    'Diagnosis, backup or migration of AD FS.',
    'An administrator who looks into the internal database of another role.',
  ],
  firstResponse: [
    'Find out whether the object lies under CN=ADFS,CN=Microsoft,CN=Program Data, and whether the account runs AD FS.',
    'If not, replace the token signing and decryption certificates twice and renew the trust with each service.',
    'Look for sign-ins at the services that AD FS has not issued a token for.',
  ],
};
