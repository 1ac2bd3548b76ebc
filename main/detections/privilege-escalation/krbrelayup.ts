import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { accompanies, counts, type Detection, type Group } from '../detection.ts';
import { accountField, clip, isImpersonal, relativeId, SECURITY, SERVICE_CONTROL } from '../record.ts';

const LOGON = 4624;
const NETWORK = 3;
const ADMINISTRATOR = 500;

/** The host logged on to itself over the network, with a Kerberos ticket: no program of Windows has a reason to as a person. */
function isSelfLogon(event: IdentityEvent): boolean {
  if (event.logonType !== NETWORK || event.field('AuthenticationPackageName').trim().toLowerCase() !== 'kerberos') return false;
  const address = event.field('IpAddress').trim();
  return (address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1') && !isImpersonal(accountField(event, 'Target'));
}

function isBuiltInAdministrator(event: IdentityEvent): boolean {
  return relativeId(event.field('TargetUserSid')) === ADMINISTRATOR;
}

function find(group: Group, steps: readonly string[]): IdentityEvent | undefined {
  return group.sample.find((held) => steps.includes(held.step))?.event;
}

const SELF_LOGONS = ['administrator-from-itself', 'account-from-itself'];

export const krbRelayUp: Detection = {
  id: 'krbrelayup',
  externalId: null,
  catalogueName: '',
  title: 'Local Kerberos relay to administrator (KrbRelayUp)',
  whatItSees:
    'An administrator logged on to a host from the host itself, over the network with a Kerberos ticket; often a service is created right after.',
  whyItMatters:
    'A user without privileges makes the host account trust an account of theirs, asks for a ticket of an administrator to the same host, and becomes Local System.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Privilege Escalation'],
  techniques: ['T1068', 'T1558', 'T1543.003'],
  reads: [
    { ...SECURITY, eventIds: [LOGON], needs: 'Security logs with "Audit Logon" (success) on' },
    { ...SECURITY, eventIds: [4697], needs: 'Security logs with "Audit Security System Extension" on', optional: true },
    { ...SERVICE_CONTROL, eventIds: [7045], needs: 'System logs', optional: true },
  ],
  matches(event, facts) {
    if (event.eventId === 4697 || event.eventId === 7045) return accompanies('service');
    // Tools of a domain controller reach its directory over the network even where they run on it.
    if (!isSelfLogon(event) || facts.isDomainController(event.computerEntity) === true) return null;
    return counts(isBuiltInAdministrator(event) ? 'administrator-from-itself' : 'account-from-itself');
  },
  over: {
    by: (event) => event.computerEntity || event.computer.toLowerCase(),
    byWords: 'same host',
    thresholds: [{ within: 5 * MINUTE, atLeast: 1 }],
    requires: [{ 'administrator-from-itself': 1 }, { 'account-from-itself': 1, service: 1 }],
  },
  explain: (event) =>
    event.eventId === LOGON
      ? [
          ['TargetUserName', event.field('TargetUserName'), isBuiltInAdministrator(event) ? 'built-in administrator' : 'account'],
          ['LogonType', event.field('LogonType'), 'over the network'],
          ['AuthenticationPackageName', event.field('AuthenticationPackageName'), 'with a ticket'],
          ['IpAddress', event.field('IpAddress'), 'from the host itself'],
        ]
      : [
          ['ServiceName', event.field('ServiceName'), 'service created right after'],
          ['ImagePath', clip(event.field('ImagePath') || event.field('ServiceFileName'), 300), 'what it runs'],
        ],
  grade(group, facts) {
    // Tickets that it issued later may have shown it.
    if (facts.isDomainController(group.anchor.computerEntity) === true)
      return { severity: 'informational', confidence: 'low', because: 'the host is a domain controller' };
    if (group.steps.has('service'))
      return { severity: 'high', confidence: 'high', because: 'a service was created right after: it runs as Local System' };
    return { because: 'the built-in administrator of the domain, from the host itself' };
  },
  summary(group, facts) {
    const logon = find(group, SELF_LOGONS) ?? group.anchor;
    const service = find(group, ['service']);
    const then = service === undefined ? '' : `, and the service ${clip(service.field('ServiceName'), 60) || 'without a name'} was created`;
    const who = facts.name(logon.targetEntity, accountField(logon, 'Target'));
    return `${who} logged on to ${facts.name(logon.computerEntity, logon.computer)} from the host itself with a Kerberos ticket${then}.`;
  },
  benignCauses: [
    'A program on the host that opens a share or web site of the same host as that account.',
    'A domain controller that is not known as one.',
  ],
  firstResponse: [
    'Look at the computer account of the host for new delegation (msDS-AllowedToActOnBehalfOfOtherIdentity) or key credentials, and remove them.',
    'Find the user who was logged on at the host at the time, and computer accounts created by that user.',
    'Stop the service named here and keep its program.',
  ],
};
