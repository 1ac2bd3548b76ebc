import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Group, type Step, unless, when } from '../detection.ts';
import { accountField, clip, isImpersonal, isWellKnownSid, relativeId, SECURITY, SERVICE_CONTROL } from '../record.ts';

const LOGON = 4624;
const NETWORK = 3;
const ADMINISTRATOR = 500;
const SERVICES = [4697, 7045];

const OWN_ADDRESS = /^(?:127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/i;

/** The host logged on to itself over the network, with a Kerberos ticket: no program of Windows has a reason to as a person. */
const SELF_LOGON: readonly Condition[] = [
  when('the logon came over the network', (event) => event.logonType === NETWORK),
  when('it came from the host itself', (event) => OWN_ADDRESS.test(event.field('IpAddress').trim())),
  when('it was made with a Kerberos ticket', (event) => event.field('AuthenticationPackageName').trim().toLowerCase() === 'kerberos'),
  unless('the computer or a service of Windows logs on', (event) => isImpersonal(accountField(event, 'Target'))),
  unless(
    'the host is a domain controller, whose tools reach its directory so',
    (event, facts) => facts.isDomainController(event.computerEntity) === true,
  ),
];

function isBuiltInAdministrator(event: IdentityEvent): boolean {
  return relativeId(event.field('TargetUserSid')) === ADMINISTRATOR;
}

/** SID of who created the service; 7045 names it beside its fields. */
function creator(event: IdentityEvent): string {
  return event.actor?.sid ?? '';
}

/** The ticket was used to create the service, not only while somebody else installed one. */
function isByThatAccount(group: Group): boolean {
  const owner = creator(find(group, ['service']) ?? group.anchor);
  return owner !== '' && group.sample.some(({ event, step }) => SELF_LOGONS.includes(step) && accountField(event, 'Target').sid === owner);
}

function find(group: Group, steps: readonly string[]): IdentityEvent | undefined {
  return group.sample.find((held) => steps.includes(held.step))?.event;
}

const STEPS: readonly Step[] = [
  {
    name: 'administrator-from-itself',
    eventIds: [LOGON],
    conditions: [...SELF_LOGON, when('it is the built-in administrator', isBuiltInAdministrator)],
  },
  { name: 'account-from-itself', eventIds: [LOGON], conditions: SELF_LOGON },
  {
    name: 'service',
    eventIds: SERVICES,
    accompanies: true,
    conditions: [unless('Windows or its setup creates the service', (event) => isWellKnownSid(creator(event)))],
  },
];

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
  steps: STEPS,
  over: {
    by: (event) => event.computerEntity || event.computer.toLowerCase(),
    byWords: 'same host',
    thresholds: [{ within: 5 * MINUTE, atLeast: 1 }],
    requires: [{ 'administrator-from-itself': 1 }, { service: 1 }],
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
    if (group.steps.has('service') && !group.steps.has('administrator-from-itself') && !isByThatAccount(group))
      return { severity: 'low', confidence: 'low', because: 'a service was created right after, not known to be by that account' };
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
