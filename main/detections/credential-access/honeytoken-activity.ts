import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { plural, SECURITY } from '../record.ts';
import { sourceWords } from '../words.ts';

const SIGN_IN = [4624, 4625, 4648, 4768, 4769, 4771, 4776];
const CHANGES = [4662, 4722, 4723, 4724, 4725, 4728, 4729, 4732, 4733, 4738, 4740, 4756, 4757, 4767, 4781, 5136];

/** The honeytoken that the event names, whatever its part in it; empty when none. */
function honeytokenOf(event: IdentityEvent, facts: Facts): string {
  return [event.targetEntity, event.actorEntity, event.counterpartEntity].find((id) => facts.isHoneytoken(id)) ?? '';
}

const TAKES_PART = when('a honeytoken takes part', (event, facts) => honeytokenOf(event, facts) !== '');

export const honeytokenActivity: Detection = {
  id: 'honeytoken-activity',
  externalId: 2014,
  catalogueName: 'Honeytoken authentication activity',
  title: 'Honeytoken authentication activity',
  whatItSees: 'An account that nobody should use was used, tried, asked about or changed.',
  whyItMatters: 'A honeytoken has no work to do: whoever touches it is looking around or already holds its secret.',
  severity: 'medium',
  confidence: 'high',
  tactics: ['Credential Access', 'Discovery'],
  techniques: ['T1087', 'T1087.002'],
  reads: [
    { ...SECURITY, eventIds: SIGN_IN, needs: 'Security logs with logon, Kerberos and credential validation auditing on' },
    { ...SECURITY, eventIds: CHANGES, needs: 'the Security log of a domain controller with account management and directory auditing on' },
  ],
  steps: [
    {
      name: 'sign-in-failed',
      eventIds: SIGN_IN,
      conditions: [TAKES_PART, when('the sign-in was refused', (event) => event.outcome === 'failure')],
    },
    { name: 'sign-in', eventIds: SIGN_IN, conditions: [TAKES_PART] },
    { name: 'changed-or-read', eventIds: CHANGES, conditions: [TAKES_PART] },
  ],
  over: {
    // Never empty where a step holds: that a honeytoken takes part is for the steps to say.
    by: (event, facts) => honeytokenOf(event, facts) || event.targetEntity,
    byWords: 'same honeytoken',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain: (event, facts) => [
    ['TargetUserName', event.field('TargetUserName') || facts.name(honeytokenOf(event, facts)), 'tagged as honeytoken'],
    ['SubjectUserName', event.field('SubjectUserName'), 'who acted'],
    ['IpAddress', event.field('IpAddress') || event.field('Workstation'), 'where it came from'],
    ['Status', event.field('Status'), event.outcome],
  ],
  grade: (group) => (group.steps.has('sign-in') ? { severity: 'high', because: 'its secret is known: a sign-in succeeded' } : {}),
  summary(group, facts) {
    const { anchor } = group;
    const token = facts.name(honeytokenOf(anchor, facts));
    const how = group.steps.has('sign-in') ? 'was used' : group.steps.has('sign-in-failed') ? 'was tried' : 'was read or changed';
    return `The honeytoken ${token} ${how} from ${sourceWords(anchor, facts)} (${plural(group.count, 'event')}).`;
  },
  benignCauses: ['An inventory or backup that reads every account.', 'A test of the honeytoken itself.'],
  firstResponse: [
    'Treat the source as compromised until shown otherwise.',
    'See what else the source and the acting account did in the hour before.',
  ],
  missing: ({ honeytokens }) => (honeytokens > 0 ? '' : 'no account is tagged as honeytoken'),
};
