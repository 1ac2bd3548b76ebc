import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Condition, type Detection, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, given, numberField, plural, SECURITY, shortHost } from '../record.ts';

const ANONYMOUS = 'S-1-5-7';
const COMPUTER_CHANGED = 4742;
const SESSION_FAILED = 5805;
/** Netlogon refuses, of machines and of trusts, what CVE-2020-1472 needs; since the update of August 2020 (KB4557222). */
const REFUSED = [5827, 5828];
/** Netlogon let an unprotected channel through. */
const ALLOWED = [5829];

/** Windows writes the name of the computer as first value, named or not. */
function namedComputer(event: IdentityEvent): string {
  return given(
    event.field('SamAccountName') || event.field('Machine SamAccountName') || event.field('Data') || event.field('param1'),
  ).replace(/\$$/, '');
}

function isAnonymous(event: IdentityEvent): boolean {
  const { sid, name } = accountField(event, 'Subject');
  return sid === ANONYMOUS || name.toUpperCase() === 'ANONYMOUS LOGON';
}

/**
 * A member's monthly password change over its secure channel is also logged as anonymous; a controller sets its own on itself, as Local System.
 */
function isOfController(event: IdentityEvent, facts: Facts): boolean {
  const name = accountField(event, 'Target').name;
  return name.toLowerCase() === `${shortHost(event.computer)}$` || facts.isDomainController(event.targetEntity) === true;
}

const BY_NOBODY: Condition = when('nobody had logged on for it', isAnonymous);
const OF_CONTROLLER: Condition = when('the account is that of a domain controller', isOfController);

/** Bit "account disabled" of the control flags in these records ([MS-SAMR] 2.2.1.12). */
const DISABLED = 0x1;

export const zerologon: Detection = {
  id: 'zerologon',
  externalId: 2411,
  catalogueName: 'Suspected Netlogon privilege elevation attempt (CVE-2020-1472 exploitation)',
  title: 'Suspected Netlogon privilege elevation attempt (Zerologon)',
  whatItSees:
    'The password of a domain controller was set anonymously, or a secure channel was tried in the name of the controller itself.',
  whyItMatters: 'Whoever sets the password of a domain controller can take every secret of the domain.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Privilege Escalation'],
  techniques: ['T1068', 'T1210'],
  reads: [
    {
      ...SECURITY,
      eventIds: [COMPUTER_CHANGED],
      needs: 'the Security log of a domain controller with "Audit Computer Account Management" on',
    },
    {
      channel: 'System',
      provider: 'NETLOGON',
      eventIds: [SESSION_FAILED, ...REFUSED, ...ALLOWED],
      needs: 'the System log of a domain controller',
    },
  ],
  steps: [
    {
      name: 'password-set',
      eventIds: [COMPUTER_CHANGED],
      conditions: [BY_NOBODY, when('a password was set', (event) => given(event.field('PasswordLastSet')) !== ''), OF_CONTROLLER],
    },
    {
      // A host that is made a domain controller gets its account and password from the set-up itself, which has not logged on either.
      name: 'controller-set-up',
      eventIds: [COMPUTER_CHANGED],
      conditions: [
        BY_NOBODY,
        OF_CONTROLLER,
        when('the account had been disabled', (event) => (numberField(event, 'OldUacValue') & DISABLED) !== 0),
        when('the account is enabled', (event) => (numberField(event, 'NewUacValue') & DISABLED) === 0),
      ],
    },
    {
      // Members with a broken trust fail too; a controller has no reason to fail at itself.
      name: 'failed-as-controller',
      eventIds: [SESSION_FAILED],
      conditions: [
        when(
          'a secure channel failed in the name of the controller itself',
          (event) => namedComputer(event).toLowerCase() === shortHost(event.computer),
        ),
      ],
    },
    { name: 'channel-refused', eventIds: REFUSED, conditions: [] },
    { name: 'channel-allowed', eventIds: ALLOWED, conditions: [] },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same domain controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    excludes: ['controller-set-up'],
  },
  explain(event, _facts, step) {
    if (step === 'password-set') {
      return [
        ['TargetUserName', event.field('TargetUserName'), 'account of the domain controller'],
        ['SubjectUserName', event.field('SubjectUserName'), 'who changed it: nobody that logged on'],
        ['PasswordLastSet', event.field('PasswordLastSet'), 'its password was set'],
      ];
    }
    return [['Data', namedComputer(event) || '(not named)', 'computer in whose name the secure channel was tried']];
  },
  grade({ steps }) {
    if (steps.has('password-set')) return { because: 'the password of the controller was set without a logon' };
    if (steps.has('failed-as-controller')) {
      return {
        severity: 'medium',
        confidence: 'medium',
        because: 'failed attempts in the name of the controller, no password set that was seen',
      };
    }
    if (steps.has('channel-refused')) return { severity: 'low', confidence: 'low', because: 'refused; old devices ask in the same way' };
    return { severity: 'informational', confidence: 'low', because: 'an unprotected channel was let through, as old devices need it' };
  },
  summary(group, facts) {
    const where = facts.name(group.anchor.computerEntity, group.anchor.computer);
    if (group.steps.has('password-set')) return `The password of domain controller ${where} was set anonymously.`;
    if (group.steps.has('failed-as-controller')) {
      return `${plural(group.count, 'secure channel attempt')} in the name of ${where} itself failed there.`;
    }
    const what = group.steps.has('channel-refused') ? 'refused' : 'allowed';
    return `${where} ${what} ${plural(group.count, 'unprotected Netlogon channel')}, in the name of ${namedComputer(group.anchor) || 'some device'}.`;
  },
  benignCauses: [
    'A domain controller that was just set up, where the records of its set-up are missing.',
    'A vulnerability scan or a test with permission.',
    'A domain controller restored from an old image, whose own password no longer fits.',
    'Old devices that cannot protect the Netlogon channel (refused or allowed channels only).',
  ],
  firstResponse: [
    'Compare the password of the controller in the directory with the one it holds itself; reset it if they differ.',
    'Look for directory replication and new logons from the same source right after.',
    'Install the updates against CVE-2020-1472 on all controllers and enforce protected channels.',
  ],
};
