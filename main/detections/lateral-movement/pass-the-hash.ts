import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Group } from '../detection.ts';
import { isImpersonal, numberField, plural, SECURITY } from '../record.ts';
import { sourceWords } from '../words.ts';

const NEW_CREDENTIALS = 9;
const NETWORK = 3;

/** A session whose own credentials stay and whose network credentials are others: what replacing a hash in memory leaves behind. */
function isNewCredentials(event: IdentityEvent): boolean {
  return event.logonType === NEW_CREDENTIALS && event.field('LogonProcessName').trim().toLowerCase() === 'seclogo';
}

/**
 * NTLMv2 over the network without any session key. Windows negotiates one of 128 bits; programs that only hold a hash and speak the
 * protocol themselves often do not.
 */
function isKeyless(event: IdentityEvent): boolean {
  if (event.logonType !== NETWORK || event.sourceAddress === '' || isImpersonal(event.target)) return false;
  return event.field('LmPackageName').toUpperCase().startsWith('NTLM') && numberField(event, 'KeyLength') === 0;
}

function sessionOf(event: IdentityEvent): string {
  return event.field(event.eventId === 4672 ? 'SubjectLogonId' : 'TargetLogonId').toLowerCase();
}

function first(group: Group, step: string): IdentityEvent {
  return (group.sample.find((held) => held.step === step) ?? group.sample[0])?.event ?? group.anchor;
}

export const passTheHash: Detection = {
  id: 'pass-the-hash',
  externalId: 2017,
  catalogueName: 'Suspected identity theft (pass-the-hash)',
  title: 'Suspected identity theft (pass-the-hash)',
  whatItSees:
    'A session was given other network credentials (logon type 9 through the secondary logon), or an administrator logged on over NTLM without a session key, as programs do that hold only a hash.',
  whyItMatters: 'With a stolen hash an intruder moves on as that account and never needs its password.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Lateral Movement'],
  techniques: ['T1550', 'T1550.002'],
  reads: [
    { ...SECURITY, eventIds: [4624], needs: 'Security logs with "Audit Logon" (success) on' },
    { ...SECURITY, eventIds: [4672], needs: 'Security logs with "Audit Special Logon" on', optional: true },
  ],
  matches(event) {
    if (event.eventId === 4672) return isImpersonal(event.actor ?? event.target) ? null : counts('administrator');
    if (isNewCredentials(event)) return counts('new-credentials');
    return isKeyless(event) ? counts('keyless') : null;
  },
  over: {
    by: (event) => {
      const host = event.computerEntity || event.computer.toLowerCase();
      return isNewCredentials(event) ? `${host}|${event.targetEntity || event.target?.name}|9` : `${host}|${sessionOf(event)}`;
    },
    byWords: 'same session',
    thresholds: [{ within: MINUTE, atLeast: 1 }],
    requires: [{ 'new-credentials': 1 }, { keyless: 1, administrator: 1 }],
  },
  explain: (event) =>
    event.eventId === 4672
      ? [['SubjectLogonId', event.field('SubjectLogonId'), 'the same session holds administrative privileges']]
      : [
          ['LogonType', event.field('LogonType'), event.logonType === NEW_CREDENTIALS ? 'other credentials for the network' : 'network'],
          ['LogonProcessName', event.field('LogonProcessName'), event.logonType === NEW_CREDENTIALS ? 'secondary logon' : ''],
          ['LmPackageName', event.field('LmPackageName'), 'authentication package'],
          ['KeyLength', event.field('KeyLength'), event.logonType === NETWORK ? 'no session key: not how Windows clients log on' : ''],
          ['TargetOutboundUserName', event.field('TargetOutboundUserName'), 'account used toward the network'],
          ['IpAddress', event.field('IpAddress'), 'where it came from'],
        ],
  grade(group) {
    if (group.steps.has('new-credentials'))
      return {
        severity: 'medium',
        confidence: 'low',
        because: 'secondary logon with other network credentials; "runas /netonly" leaves the same record',
      };
    return { because: 'NTLM without a session key, with administrative privileges' };
  },
  summary(group, facts) {
    if (group.steps.has('new-credentials')) {
      const event = first(group, 'new-credentials');
      const other = event.field('TargetOutboundUserName');
      const as = other === '' || other === '-' ? 'another account' : other;
      return `${facts.name(event.targetEntity, event.target)} on ${facts.name(event.computerEntity, event.computer)} took on network credentials of ${as} (${plural(group.count, 'session')}).`;
    }
    const event = first(group, 'keyless');
    return `${facts.name(event.targetEntity, event.target)} logged on to ${facts.name(event.computerEntity, event.computer)} from ${sourceWords(event, facts)} over NTLM without a session key, with administrative privileges.`;
  },
  benignCauses: [
    '"runas /netonly" or a tool that uses it, by an administrator.',
    'A scanner, appliance or script on another operating system that logs on over NTLM.',
  ],
  firstResponse: [
    'Ask the owner of the account whether the session was theirs.',
    'Look at the source host for access to the memory of lsass just before.',
    'Reset the password of the account and, if it is a local administrator, of the same account elsewhere.',
  ],
};
