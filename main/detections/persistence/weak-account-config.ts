import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import { isOrder, ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { accountField, actorWords, given, isImpersonal, numberField, SECURITY } from '../record.ts';

/** USER_ACCOUNT codes of [MS-SAMR] 2.2.1.12, which is what these records hold, with what each one opens. */
const WEAK: readonly (readonly [flag: number, step: string, words: string])[] = [
  [0x10000, 'no-preauth', 'needs no Kerberos preauthentication'],
  [0x800, 'reversible', 'keeps its password with reversible encryption'],
  [0x8000, 'des-only', 'uses only DES keys'],
  [0x4, 'no-password', 'needs no password'],
];

/** Preauthentication switched off by a cmdlet or by the flags of the attribute ([MS-ADTS] 2.2.16: 0x400000). */
const ORDERED = /-DoesNotRequirePreAuth[\s:]+(?:\$true|1)\b|\buseraccountcontrol["']?\s*=\s*["']?4194304\b/i;

function newFlags(event: IdentityEvent): number {
  const before = numberField(event, 'OldUacValue');
  const after = numberField(event, 'NewUacValue');
  return Number.isNaN(before) || Number.isNaN(after) ? 0 : after & ~before;
}

function weaknessOf(event: IdentityEvent): (typeof WEAK)[number] | undefined {
  const flags = newFlags(event);
  return WEAK.find(([flag]) => (flags & flag) !== 0);
}

const bySetup = unless('setup or a service does it to accounts of its own', (event) => isImpersonal(event.actor));

function isNewly(words: string, flag: number): Condition {
  return when(words, (event) => (newFlags(event) & flag) !== 0);
}

function whom(event: IdentityEvent): string {
  return given(accountField(event, 'Target').name) || 'an account';
}

export const weakAccountConfig: Detection = {
  id: 'weak-account-config',
  externalId: null,
  catalogueName: '',
  title: 'Account made weaker',
  whatItSees: 'A person switched off a protection of an account: preauthentication, strong keys, the password itself or how it is kept.',
  whyItMatters:
    'The password of such an account can be guessed offline or read; an intruder sets this to come back or to gain another account.',
  severity: 'low',
  confidence: 'medium',
  tactics: ['Persistence', 'Credential Access', 'Defense Evasion'],
  techniques: ['T1098', 'T1556.005', 'T1558.004'],
  reads: [
    { ...SECURITY, eventIds: [4738, 4742], needs: 'Security logs of domain controllers with "Audit User Account Management" on' },
    ...ORDER_READS,
  ],
  steps: [
    ...WEAK.map(([flag, name, words]) => ({ name, eventIds: [4738, 4742], conditions: [isNewly(`it newly ${words}`, flag), bySetup] })),
    orderedStep('a command switches preauthentication off', ORDERED),
  ],
  over: {
    by: (event) => event.actorEntity || event.field('SubjectUserSid') || event.computerEntity,
    byWords: 'same account that made the change',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => event.targetEntity || whom(event), words: 'distinct accounts' },
  },
  explain(event, _facts, step) {
    if (step === 'ordered') return [orderedField(event, 'switches preauthentication off')];
    return [
      ['TargetUserName', whom(event), 'account that was made weaker'],
      [
        'NewUacValue',
        event.field('NewUacValue'),
        `before ${event.field('OldUacValue')}: it now ${weaknessOf(event)?.[2] ?? 'has other options'}`,
      ],
      ['SubjectUserName', event.field('SubjectUserName'), 'who did it'],
    ];
  },
  grade({ steps }) {
    if (steps.has('no-preauth')) return { severity: 'medium', because: 'anybody may now ask for material to guess the password from' };
    if (steps.has('reversible'))
      return { severity: 'medium', because: 'the password can be read from the directory from its next change on' };
    if (steps.has('ordered')) return { severity: 'medium', because: 'a command ordered it; no record shows that it was done' };
    if (steps.has('des-only')) return { because: 'DES keys are broken by trying them all' };
    return { because: 'an empty password is allowed now' };
  },
  summary({ anchor, distinct }, facts) {
    if (isOrder(anchor)) return `${actorWords(anchor, facts.name)} ordered that an account needs no Kerberos preauthentication.`;
    const more = distinct > 1 ? `, and ${distinct - 1} further` : '';
    return `${actorWords(anchor, facts.name)} made ${whom(anchor)} weaker${more}: it ${weaknessOf(anchor)?.[2] ?? 'lost a protection'}.`;
  },
  benignCauses: [
    'An old product or appliance that needs DES, reversible passwords or no preauthentication.',
    'A provisioning script with careless options.',
  ],
  firstResponse: [
    'Set the option back and change the password of the account.',
    'Look for ticket requests without preauthentication of the account since the change.',
    'Ask whoever made the change why.',
  ],
};
