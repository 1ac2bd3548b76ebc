import { MINUTE } from '../../../shared/model/time.ts';
import { callText, SCRIPT_READING } from '../command-line.ts';
import { type Detection, unless, when } from '../detection.ts';
import { actorWords, clip, isImpersonal, numberField, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import { sourceWords } from '../words.ts';

/** Secrets of the security authority that hold the domain's backup keys (MS-BKRP 3.1.1). */
const BACKUP_KEY = /bckupkey/i;
const CONTROL_ACCESS = 0x100;
/** ms-PKI-DPAPIMasterKeys and ms-PKI-AccountCredentials, the attributes of credential roaming (MS-ADA2). */
const ROAMED_KEYS = /\{(?:b3f93023-9239-4f7c-b99c-6745d87adbc2|b8dfa744-31dc-4ef1-ac7c-84baf7ef9da7)\}/i;
/** A client reads the keys of its own user: one object. */
const MANY_OBJECTS = 3;
const COMMAND =
  /\b(?:lsadump::backupkeys|dpapi::masterkey\b.{0,80}\/(?:pvk|rpc)|sharpdpapi(?:\.exe)?["']?\s+backupkey|donpapi|get-(?:adrepl|lsa)backupkey)\b/i;
const NOT_COMPUTER = unless('a computer or Windows itself does it', (event) => isImpersonal(event.actor));

export const dpapiBackupkey: Detection = {
  id: 'dpapi-backupkey',
  externalId: null,
  catalogueName: '',
  title: 'Keys of data protection (DPAPI) asked for',
  whatItSees:
    'The backup key of the domain was read, or its service on a domain controller was used, or the roamed keys of users were read.',
  whyItMatters:
    'The backup key of the domain opens the protected secrets (saved passwords, private keys) of every user; it cannot be changed.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Credential Access'],
  techniques: ['T1555', 'T1555.004', 'T1003.004'],
  reads: [
    {
      ...SECURITY,
      eventIds: [4662],
      needs: 'the Security log of a domain controller with "Audit Other Object Access Events" and "Audit Directory Service Access" on',
    },
    { ...SECURITY, eventIds: [5145], needs: 'the Security log of a domain controller with "Audit Detailed File Share" on' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
    { ...SYSMON, eventIds: [1], needs: 'Sysmon', optional: true },
    SCRIPT_READING,
  ],
  steps: [
    {
      name: 'key-service',
      eventIds: [5145],
      conditions: [
        when('the service of backup keys was called', (event) => event.field('RelativeTargetName').toLowerCase() === 'protected_storage'),
        when('through the share of pipes', (event) => /\\ipc\$$/i.test(event.field('ShareName'))),
        NOT_COMPUTER,
      ],
    },
    {
      name: 'backup-key',
      eventIds: [4662],
      conditions: [
        when('the object is a backup key of data protection', (event) => BACKUP_KEY.test(event.field('ObjectName'))),
        NOT_COMPUTER,
      ],
    },
    {
      name: 'roamed-keys',
      eventIds: [4662],
      conditions: [
        when('a right of control was used', (event) => (numberField(event, 'AccessMask') & CONTROL_ACCESS) !== 0),
        when('on keys or credentials that roam with a user', (event) => ROAMED_KEYS.test(event.field('Properties'))),
        NOT_COMPUTER,
      ],
    },
    {
      name: 'key-command',
      eventIds: [1, 4688, 4103, 4104],
      conditions: [when('the command asks for the backup key', (event) => COMMAND.test(callText(event)))],
    },
  ],
  over: {
    by: (event) => `${event.actorEntity}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => event.field('ObjectName').toLowerCase() || event.field('RelativeTargetName'), words: 'distinct objects' },
    requires: [{ 'backup-key': 1 }, { 'key-command': 1 }, { 'key-service': 1 }, { 'roamed-keys': MANY_OBJECTS }],
  },
  explain(event) {
    const rows: readonly (readonly [string, string])[] = [
      ['ObjectName', 'secret or user object whose keys were read'],
      ['RelativeTargetName', 'pipe of the service that hands out and opens backup keys'],
      ['IpAddress', 'where it came from'],
      ['CommandLine', 'command that asks for the key'],
      ['ScriptBlockText', 'script that asks for the key'],
      ['Payload', 'script that asks for the key'],
      ['SubjectUserName', 'who did it'],
      ['User', 'who did it'],
    ];
    return rows.map(([name, words]) => [name, clip(event.field(name)), words] as const).filter(([, value]) => value !== '');
  },
  grade({ steps, distinct }) {
    if (steps.has('backup-key') || steps.has('key-command')) return {};
    if (steps.has('roamed-keys') && distinct >= MANY_OBJECTS)
      return { severity: 'medium', confidence: 'medium', because: 'keys of several users were read' };
    if (steps.has('roamed-keys')) return { severity: 'low', confidence: 'low', because: 'keys of few users were read' };
    return {
      severity: 'informational',
      confidence: 'low',
      because: 'users also reach the service when their master key is made or restored',
    };
  },
  summary({ anchor, steps, count }, facts) {
    const who = actorWords(anchor, facts.name);
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (steps.has('backup-key') || steps.has('key-command')) return `${who} asked for the backup key of data protection on ${where}.`;
    if (steps.has('roamed-keys'))
      return `${who} read roamed keys of data protection in ${plural(count, 'access', 'accesses')} on ${where}.`;
    return `${who} used the backup key service of data protection on ${where} from ${sourceWords(anchor, facts)}.`;
  },
  benignCauses: [
    'A user whose master key is saved for the first time, or restored after a password reset.',
    'Credential roaming: a client reads the keys of its own user.',
    'A migration of the domain.',
  ],
  firstResponse: [
    'Ask whoever administers the domain whether the key was exported for a recovery.',
    'If it was taken, treat all secrets that users saved on their computers as known.',
    'Look at the source host and at what else the account did there.',
  ],
};
