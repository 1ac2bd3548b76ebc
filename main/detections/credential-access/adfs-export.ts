import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { actorWords, baseName, clip, isImpersonal, isMachineName, numberField, SECURITY, SYSMON, shortHost } from '../record.ts';

/** Schema id of `thumbnailPhoto`: the DKM key of AD FS is kept in it, on an object of the class `contact`. */
const KEY_ATTRIBUTE = /8d3bca50-1d7e-11d0-a081-00aa006c33ed/i;
const CONTACT_CLASS = /5cb41ed0-0e4c-11d0-a286-00aa003049e2/i;
const READ_PROPERTY = 0x10;
/** Pipe of the Windows internal database, in which AD FS keeps its configuration. */
const DATABASE_PIPE = /^\\?microsoft##wid\\tsql\\query$/i;
/** Roles of Windows that keep data in the internal database: AD FS, its health agent, WSUS, connection broker, address management. */
const DATABASE_CLIENTS: ReadonlySet<string> = new Set([
  'microsoft.identityserver.servicehost.exe',
  'microsoft.identity.health.adfs.pshsurvey.exe',
  'microsoft.tri.sensor.exe',
  'sqlservr.exe',
  'sqlwriter.exe',
  'mmc.exe',
  'w3wp.exe',
  'wsusservice.exe',
  'wsusutil.exe',
  'tssdis.exe',
  'svchost.exe',
]);

function match(event: IdentityEvent): Match {
  if (event.eventId === 4662) {
    const isKey =
      (numberField(event, 'AccessMask') & READ_PROPERTY) !== 0 &&
      KEY_ATTRIBUTE.test(event.field('Properties')) &&
      CONTACT_CLASS.test(event.field('ObjectType'));
    return isKey && !isImpersonal(event.actor) ? counts('key-read') : null;
  }
  if (event.eventId === 5145) {
    // Servers of a farm ask the first one as their service account, often a managed one.
    const isPipe = event.field('ShareName').toUpperCase().endsWith('\\IPC$') && DATABASE_PIPE.test(event.field('RelativeTargetName'));
    return isPipe && !isMachineName(event.field('SubjectUserName')) ? counts('pipe-from-elsewhere') : null;
  }
  const image = baseName(event.field('Image')).toLowerCase();
  return DATABASE_PIPE.test(event.field('PipeName')) && image !== '' && !DATABASE_CLIENTS.has(image) ? counts('pipe-by-tool') : null;
}

export const adfsExport: Detection = {
  id: 'adfs-export',
  externalId: 2413,
  catalogueName: 'Suspected AD FS DKM key read',
  title: 'Suspected AD FS DKM key read',
  whatItSees: 'An account read the key that protects the AD FS signing certificate, or a foreign program opened the AD FS database.',
  whyItMatters: 'With key and configuration together, an intruder signs tokens of anybody for every service that trusts the federation.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Credential Access'],
  techniques: ['T1552', 'T1552.004'],
  reads: [
    { ...SECURITY, eventIds: [4662], needs: 'the Security log of a domain controller with an audit entry on the DKM container of AD FS' },
    { ...SYSMON, eventIds: [18], needs: 'Sysmon with pipe events on the AD FS servers', optional: true },
    { ...SECURITY, eventIds: [5145], needs: '"Audit Detailed File Share" on the AD FS servers', optional: true },
  ],
  matches: match,
  over: {
    by: (event) => event.actorEntity || event.actor?.sid || shortHost(event.computer),
    byWords: 'same account',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event) {
    if (event.eventId === 4662) {
      return [
        ['SubjectUserName', event.field('SubjectUserName'), 'account that read'],
        ['ObjectName', event.field('ObjectName'), 'object of the class contact: holds the DKM key of AD FS'],
        ['Properties', clip(event.field('Properties')), 'thumbnailPhoto was read; the key is kept in it'],
      ];
    }
    return [
      ['PipeName', event.field('PipeName') || event.field('RelativeTargetName'), 'pipe of the database of AD FS'],
      event.eventId === 5145
        ? ['SubjectUserName', event.field('SubjectUserName'), `from ${event.sourceAddress || event.sourceHost || 'the host itself'}`]
        : ['Image', event.field('Image'), 'program that opened it; no role of Windows'],
    ];
  },
  grade({ steps }) {
    if (steps.has('key-read') && steps.size > 1) return { confidence: 'high', because: 'key and configuration were read' };
    if (steps.has('key-read')) return { because: 'the photo of a contact was read; on an audited container that is the key' };
    return { severity: 'medium', because: 'only the database was opened: other roles of Windows keep data there too' };
  },
  summary({ anchor }, facts) {
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (anchor.eventId === 4662) return `${actorWords(anchor, facts.name)} read an object that holds the AD FS key on ${where}.`;
    if (anchor.eventId === 5145) return `${actorWords(anchor, facts.name)} opened the AD FS database on ${where} over the network.`;
    return `${baseName(anchor.field('Image'))} opened the AD FS database on ${where}.`;
  },
  benignCauses: [
    'The AD FS service itself, where it runs under an ordinary user account.',
    'A program that reads photos of contacts, where such reads are audited in the whole domain.',
    'An administrator who looks into the internal database of another role.',
  ],
  firstResponse: [
    'Find out whether the object lies under CN=ADFS,CN=Microsoft,CN=Program Data, and whether the account runs AD FS.',
    'If not, replace the token signing and decryption certificates twice and renew the trust with each service.',
    'Look for sign-ins at the services that AD FS has not issued a token for.',
  ],
};
