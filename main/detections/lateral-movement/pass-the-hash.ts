import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Group, unless, when } from '../detection.ts';
import { isImpersonal, numberField, plural, SECURITY } from '../record.ts';
import { hostOfUse, NEW_CREDENTIALS_LOGON, TICKET_BY_TOOL } from '../stolen-key.ts';
import { sourceWords } from '../words.ts';

const NEW_CREDENTIALS = 9;
const NETWORK = 3;
const LOGON = 4624;
const PRIVILEGES = 4672;
const TICKET_GRANTED = 4768;

/** Services and computers have such sessions by the thousand. */
const IS_PERSON: Condition = unless('a machine account or a service', (event) =>
  isImpersonal(event.eventId === PRIVILEGES ? (event.actor ?? event.target) : event.target),
);

function sessionOf(event: IdentityEvent): string {
  return event.field(event.eventId === PRIVILEGES ? 'SubjectLogonId' : 'TargetLogonId').toLowerCase();
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
    { ...SECURITY, eventIds: [LOGON], needs: 'Security logs with "Audit Logon" (success) on' },
    { ...SECURITY, eventIds: [PRIVILEGES], needs: 'Security logs with "Audit Special Logon" on', optional: true },
    {
      ...SECURITY,
      eventIds: [TICKET_GRANTED],
      needs: 'the Security log of a domain controller with "Audit Kerberos Authentication Service" on',
      optional: true,
    },
  ],
  steps: [
    { name: 'new-credentials', eventIds: [LOGON], conditions: NEW_CREDENTIALS_LOGON },
    {
      // Windows negotiates a session key of 128 bits; programs that hold only a hash and speak NTLM themselves often do not.
      name: 'keyless',
      eventIds: [LOGON],
      conditions: [
        when('it is a logon over the network', (event) => event.logonType === NETWORK),
        when('it came from another host', (event) => event.sourceAddress !== ''),
        IS_PERSON,
        when('it used NTLM', (event) => event.field('LmPackageName').toUpperCase().startsWith('NTLM')),
        when('no session key was negotiated', (event) => numberField(event, 'KeyLength') === 0),
      ],
    },
    { name: 'administrator', eventIds: [PRIVILEGES], conditions: [IS_PERSON] },
    { name: 'ticket-with-hash', eventIds: [TICKET_GRANTED], conditions: TICKET_BY_TOOL },
  ],
  over: {
    by(event) {
      const isOfHost = event.eventId === TICKET_GRANTED || event.logonType === NEW_CREDENTIALS;
      return isOfHost ? hostOfUse(event) : `${event.computerEntity || event.computer.toLowerCase()}|${sessionOf(event)}`;
    },
    byWords: 'same session, or same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    requires: [{ 'new-credentials': 1 }, { keyless: 1, administrator: 1 }],
    // A ticket for the new session is overpass-the-hash: one act, one alert.
    excludes: ['ticket-with-hash'],
  },
  explain(event, _facts, step) {
    if (step === 'administrator')
      return [['SubjectLogonId', event.field('SubjectLogonId'), 'the same session holds administrative privileges']];
    const isNew = step === 'new-credentials';
    return [
      ['LogonType', event.field('LogonType'), isNew ? 'other credentials for the network' : 'network'],
      ['LogonProcessName', event.field('LogonProcessName'), isNew ? 'secondary logon' : ''],
      ['LmPackageName', event.field('LmPackageName'), 'authentication package'],
      ['KeyLength', event.field('KeyLength'), isNew ? '' : 'no session key: not how Windows clients log on'],
      ['TargetOutboundUserName', event.field('TargetOutboundUserName'), 'account used toward the network'],
      ['IpAddress', event.field('IpAddress'), 'where it came from'],
    ];
  },
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
