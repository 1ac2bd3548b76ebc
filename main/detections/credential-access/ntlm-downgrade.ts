import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { callText, programWords, SCRIPT_READING } from '../command-line.ts';
import { type Condition, type Detection, type Group, type Step, when } from '../detection.ts';
import { baseName, clip, given, isWellKnownSid, numberField, plural, SECURITY, SYSMON } from '../record.ts';

const REGISTRY_AUDIT = 4657;
const SYSMON_VALUE_SET = 13;
/** A command that sets one of the values to what protects less: name and value, in the words of reg.exe and of PowerShell. */
const LOWERING_COMMAND =
  /\b(?:lmcompatibilitylevel\b.{0,80}(?:\/d|-value)\s+["']?(?:0x0*)?[0-2]|restrictsendingntlmtraffic\b.{0,80}(?:\/d|-value)\s+["']?(?:0x0*)?0|ntlmmin(?:client|server)sec\b.{0,80}(?:\/d|-value)\s+["']?(?:0x0*)?0)(?=["'\s]|$)/i;

/** Where the values live, in any control set; Sysmon writes HKLM, Security auditing the kernel's name. */
const LSA_KEY = /\\(?:CurrentControlSet|ControlSet\d{3})\\Control\\Lsa(?:\\MSV1_0)?(?:\\|$)/i;

/** Flags of NtlmMinClientSec and NtlmMinServerSec: NTLMv2 session security, 128-bit encryption. */
const SESSION_SECURITY = 0x80000;
const STRONG_ENCRYPTION = 0x20000000;
/** Below this level of "Network security: LAN Manager authentication level" a client sends answers of NTLMv1 or LM. */
const FIRST_V2_LEVEL = 3;

const VALUE_IN_COMMAND = /\b(?:lmcompatibilitylevel|ntlmminclientsec|ntlmminserversec|restrictsendingntlmtraffic)\b/i;

type Setting = 'lmcompatibilitylevel' | 'ntlmminclientsec' | 'ntlmminserversec' | 'restrictsendingntlmtraffic';
const MEANINGS: Readonly<Record<Setting, string>> = {
  lmcompatibilitylevel: 'LAN Manager authentication level',
  ntlmminclientsec: 'least protection of NTLM sessions as client',
  ntlmminserversec: 'least protection of NTLM sessions as server',
  restrictsendingntlmtraffic: 'whether NTLM may be sent to other hosts',
};

function valueName(event: IdentityEvent): string {
  if (event.eventId === REGISTRY_AUDIT) return event.field('ObjectValueName');
  return event.eventId === SYSMON_VALUE_SET ? baseName(event.field('TargetObject')) : (VALUE_IN_COMMAND.exec(callText(event))?.[0] ?? '');
}

function setting(event: IdentityEvent): Setting | null {
  const name = valueName(event).toLowerCase();
  return Object.hasOwn(MEANINGS, name) ? (name as Setting) : null;
}

function isLsaKey(event: IdentityEvent): boolean {
  return LSA_KEY.test(event.field(event.eventId === REGISTRY_AUDIT ? 'ObjectName' : 'TargetObject'));
}

/** Sysmon writes `DWORD (0x00000002)`, Security auditing the plain number. */
function newValue(event: IdentityEvent): number {
  if (event.eventId === REGISTRY_AUDIT) return numberField(event, 'NewValue');
  const found = /DWORD \((0x[0-9a-f]{1,8})\)/i.exec(event.field('Details'));
  return found ? Number(found[1]) : Number.NaN;
}

/** What was there before, where the record says so. */
function oldValue(event: IdentityEvent): number {
  return event.eventId === REGISTRY_AUDIT ? numberField(event, 'OldValue') : Number.NaN;
}

function isLowered(name: Setting | null, now: number, before: number): boolean {
  if (name === 'lmcompatibilitylevel') return now < FIRST_V2_LEVEL && !(before <= now);
  if (name === 'restrictsendingntlmtraffic') return now === 0 && !(before === 0);
  if (!Number.isNaN(before)) return (before & ~now & (SESSION_SECURITY | STRONG_ENCRYPTION)) !== 0;
  // 128 bits alone is what Windows sets up since version 7: without the value before, only less than that says something.
  return (now & STRONG_ENCRYPTION) === 0;
}

/** Group policy and Setup write these values as Local System, from services.exe. */
function isByHost(event: IdentityEvent): boolean {
  if (event.eventId === REGISTRY_AUDIT) return isWellKnownSid(event.field('SubjectUserSid').toUpperCase());
  return ['services.exe', 'svchost.exe', 'lsass.exe', 'tiworker.exe'].includes(baseName(event.field('Image')).toLowerCase());
}

const SETS: readonly Condition[] = [
  when('the value is one of the protection of NTLM', (event) => setting(event) !== null),
  when('it lies under the key of the security authority', isLsaKey),
  when('it was set to a number', (event) => !Number.isNaN(newValue(event))),
];
const LOWERS = when('it protects less than before', (event) => isLowered(setting(event), newValue(event), oldValue(event)));
const STEPS: readonly Step[] = [
  {
    name: 'by-the-host',
    eventIds: [REGISTRY_AUDIT, SYSMON_VALUE_SET],
    conditions: [...SETS, LOWERS, when('the host itself wrote it, as group policy does', isByHost)],
  },
  { name: 'by-a-program', eventIds: [REGISTRY_AUDIT, SYSMON_VALUE_SET], conditions: [...SETS, LOWERS] },
  {
    name: 'by-a-command',
    eventIds: [1, 4688, 4103, 4104],
    conditions: [when('the command sets a value of the protection of NTLM to less', (event) => LOWERING_COMMAND.test(callText(event)))],
  },
  { name: 'set-back', eventIds: [REGISTRY_AUDIT, SYSMON_VALUE_SET], accompanies: true, conditions: SETS },
];

function isLmLevel(group: Group): boolean {
  return group.sample.some(({ event, step }) => step !== 'set-back' && valueName(event).toLowerCase() === 'lmcompatibilitylevel');
}

export const ntlmDowngrade: Detection = {
  id: 'ntlm-downgrade',
  externalId: null,
  catalogueName: '',
  title: 'NTLM protection lowered',
  whatItSees: 'Registry values that keep a host from sending weak NTLM answers were set to less than they were.',
  whyItMatters: 'With NTLMv1 answers an intruder computes the hash of the password of whoever is logged on, without touching lsass.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Credential Access', 'Defense Evasion'],
  techniques: ['T1562.010', 'T1112'],
  reads: [
    {
      ...SECURITY,
      eventIds: [REGISTRY_AUDIT],
      needs: 'Security logs with "Audit Registry" on and auditing set on the Lsa key',
    },
    { ...SYSMON, eventIds: [SYSMON_VALUE_SET], needs: 'Sysmon with registry events for the Lsa key' },
    { ...SYSMON, eventIds: [1], needs: 'Sysmon with process creation on', optional: true },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
    SCRIPT_READING,
  ],
  steps: STEPS,
  over: {
    by: (event) => event.computerEntity || event.computer.toLowerCase(),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => valueName(event).toLowerCase(), words: 'distinct settings' },
  },
  explain(event, _facts, step) {
    if (step === 'by-a-command') {
      const rows = ['CommandLine', 'ScriptBlockText', 'Payload'].map((name) => [name, clip(event.field(name)), 'sets it to less'] as const);
      return [...rows, ['User', event.field('User') || event.field('SubjectUserName'), 'who did it'] as const].filter(
        ([, value]) => value !== '',
      );
    }
    const meaning = MEANINGS[setting(event) ?? 'lmcompatibilitylevel'];
    if (event.eventId === REGISTRY_AUDIT) {
      return [
        ['ObjectValueName', event.field('ObjectValueName'), meaning],
        ['OldValue', event.field('OldValue'), 'before'],
        ['NewValue', event.field('NewValue'), 'after'],
        ['SubjectUserName', event.field('SubjectUserName'), 'who did it'],
        ['ProcessName', event.field('ProcessName'), 'with which program'],
      ];
    }
    return [
      ['TargetObject', event.field('TargetObject'), meaning],
      ['Details', event.field('Details'), 'new value'],
      ['Image', event.field('Image'), 'with which program'],
      ['User', event.field('User'), 'who did it'],
    ];
  },
  grade(group) {
    if (!group.steps.has('by-a-program') && !group.steps.has('by-a-command'))
      return { severity: 'informational', confidence: 'low', because: 'done by the host itself, as group policy does' };
    if (group.steps.has('set-back') && (group.distinct > 1 || isLmLevel(group)))
      return { severity: 'high', confidence: 'high', because: 'lowered and set back within minutes: to catch answers, not to configure' };
    if (group.distinct > 1 || isLmLevel(group)) return { because: 'set by a program, not by policy' };
    return { severity: 'low', because: 'one setting, set by a program' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const program = anchor.eventId === REGISTRY_AUDIT ? baseName(given(anchor.field('ProcessName'))) : programWords(anchor);
    const names = [...new Set(group.sample.filter(({ step }) => step !== 'set-back').map(({ event }) => valueName(event)))];
    const back = group.steps.has('set-back') ? ', and raised at least one again' : '';
    const host = facts.name(anchor.computerEntity, anchor.computer);
    return `${program || 'A program'} lowered ${plural(names.length, 'NTLM setting')} (${names.join(', ')}) on ${host}${back}.`;
  },
  benignCauses: ['Group policy or a hardening script that is rolled back.', 'An administrator who makes room for an old device.'],
  firstResponse: [
    'Set the values back to what policy says and keep the records.',
    'Find what ran in the program named here, and for whom; look for NTLM sessions to other hosts in those minutes.',
    'Reset the passwords of the accounts that were logged on to the host.',
  ],
};
