import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, given, isMachineName, numberField, plural, SECURITY, shortHost } from '../record.ts';
import { sourceWords } from '../words.ts';

const NETWORK = 3;
const OBJECT_ACCESS = 4662;
/** WRITE_DAC ([MS-DTYP] 2.4.3). */
const WRITE_ACCESS_LIST = 0x40000;
/** Class of the domain object, domainDNS ([MS-ADSC] 2.43), which holds who may replicate the directory. */
const DOMAIN_CLASS = /19195a5b-6da0-11d0-afd3-00c04fd930c9/i;

function loggedOn(event: IdentityEvent): string {
  return event.field('TargetUserName');
}

function workstation(event: IdentityEvent): string {
  return shortHost(given(event.sourceHost));
}

/** The address is known to be one of another host than the logon names. */
function isOthersAddress(event: IdentityEvent, facts: Facts): boolean {
  const label = facts.label(event.sourceEntity);
  return label?.kind === 'computer' && label.name !== '' && shortHost(label.name) !== workstation(event);
}

/** Asked of every logon: cheap refusals first. */
const NTLM_LOGON: readonly Condition[] = [
  when('the logon came over the network', (event) => event.logonType === NETWORK),
  when('from an address that the record names', (event) => event.sourceAddress !== ''),
  when('it used NTLM', (event) => event.field('AuthenticationPackageName').toUpperCase() === 'NTLM'),
  when('it names a workstation', (event) => workstation(event) !== ''),
  unless('nobody logs on, as to read public settings', (event) => loggedOn(event).toUpperCase() === 'ANONYMOUS LOGON'),
];
const BY_COMPUTER = when('a computer account logged on', (event) => isMachineName(loggedOn(event)));
const FROM_OTHER = when('the address belongs to another host than the logon names', isOthersAddress);
const NAMES_ANOTHER = when(
  'the logon names a workstation that is not the computer of the account',
  (event) => loggedOn(event).slice(0, -1).toLowerCase() !== workstation(event),
);

/** Computers do not change who may do what in a domain, unless somebody acts in their name. */
const RULES_DOMAIN: readonly Condition[] = [
  when('it was asked to change who may do what', (event) => (numberField(event, 'AccessMask') & WRITE_ACCESS_LIST) !== 0),
  when('the object is the domain itself', (event) => DOMAIN_CLASS.test(event.field('ObjectType'))),
  when('a computer account asked', (event) => isMachineName(accountField(event, 'Subject').name)),
  unless('the controller itself', (event) => accountField(event, 'Subject').name.slice(0, -1).toLowerCase() === shortHost(event.computer)),
  unless('another domain controller', (event, facts) => facts.isDomainController(event.actorEntity) === true),
];

export const ntlmRelay: Detection = {
  id: 'ntlm-relay',
  externalId: 2037,
  catalogueName: 'Suspected NTLM relay attack (Exchange account)',
  title: 'Suspected relay of an NTLM logon',
  whatItSees:
    'An NTLM logon named one host but came from the address of another, or a computer account that is no controller changed who rules the domain.',
  whyItMatters: 'A relayed logon gives an intruder the rights of whoever was made to log on, without a password.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Lateral Movement', 'Privilege Escalation', 'Credential Access'],
  techniques: ['T1068', 'T1210', 'T1557', 'T1557.001'],
  reads: [
    { ...SECURITY, eventIds: [4624], needs: 'Security logs with "Audit Logon" on' },
    {
      ...SECURITY,
      eventIds: [OBJECT_ACCESS],
      needs: 'the Security log of a domain controller with "Audit Directory Service Access" on',
      optional: true,
    },
  ],
  steps: [
    { name: 'computer-rules-domain', eventIds: [OBJECT_ACCESS], conditions: RULES_DOMAIN },
    { name: 'computer-from-elsewhere', eventIds: [4624], conditions: [...NTLM_LOGON, BY_COMPUTER, FROM_OTHER] },
    { name: 'account-from-elsewhere', eventIds: [4624], conditions: [...NTLM_LOGON, FROM_OTHER] },
    { name: 'computer-names-another', eventIds: [4624], conditions: [...NTLM_LOGON, BY_COMPUTER, NAMES_ANOTHER] },
  ],
  over: {
    by: (event) => {
      const who = event.eventId === OBJECT_ACCESS ? event.field('SubjectUserName') : event.field('TargetUserName');
      return `${who.toLowerCase()}|${shortHost(event.computer)}`;
    },
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    if (event.eventId === OBJECT_ACCESS) {
      return [
        ['SubjectUserName', event.field('SubjectUserName'), 'computer account that acted'],
        ['AccessMask', event.field('AccessMask'), 'right to change who may do what'],
        ['ObjectName', event.field('ObjectName'), 'the domain itself'],
      ];
    }
    return [
      ['TargetUserName', event.field('TargetUserName'), 'account'],
      ['WorkstationName', event.field('WorkstationName'), 'host that the logon names'],
      ['IpAddress', event.field('IpAddress'), 'where it came from'],
      ['AuthenticationPackageName', event.field('AuthenticationPackageName'), 'a method that can be relayed'],
    ];
  },
  grade({ steps }) {
    if (steps.has('computer-rules-domain')) return { severity: 'high', because: 'a computer account changed who rules the domain' };
    if (steps.has('computer-from-elsewhere')) return { because: 'a computer account logged on from the address of another host' };
    return { severity: 'low', confidence: 'low', because: 'addresses change hands, and clusters use accounts of other names' };
  },
  summary(group, facts) {
    const { anchor, steps } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const rules = group.sample.find(({ step }) => step === 'computer-rules-domain')?.event;
    if (rules !== undefined) return `Computer account ${rules.field('SubjectUserName')} changed the access list of the domain on ${where}.`;
    const what = plural(group.count, 'NTLM logon');
    const names = steps.has('computer-names-another') ? 'which names' : 'but named';
    return `${what} of ${anchor.field('TargetUserName')} on ${where} came from ${sourceWords(anchor, facts)}, ${names} host ${anchor.field('WorkstationName')}.`;
  },
  benignCauses: [
    'An address that has just passed from one host to another; address translation, proxies and load balancers.',
    'Clusters, whose nodes use an account of another name.',
    'Setup of a product that acts as the computer.',
  ],
  firstResponse: [
    'Find out which host held the address at that time, and what runs there.',
    'Look at what the session did; undo changes to access lists and groups.',
    'Demand signing and channel binding; restrict NTLM.',
  ],
};
