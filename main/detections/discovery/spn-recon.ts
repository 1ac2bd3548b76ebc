import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import { CLASSIC_POWERSHELL, DIRECTORY_SERVICE, POWERSHELL, typedText, typist } from '../recon-text.ts';
import { actorWords, clip, plural, SECURITY, SYSMON } from '../record.ts';

/** All names at once: administrators look up the name of one service, or of one account. */
const ALL_NAMES =
  /\(\s*servicePrincipalName\s*=\s*\*\s*\)|["']\s*servicePrincipalName\s*=\s*\*\s*["']|ServicePrincipalNames?\s+-(?:ne|like)\s+["']?(?:\$null|\*)/i;
const SETSPN_ALL = /\bsetspn(?:\.exe)?["']?\s[^\r\n|;&]*-q\s+["']?\*\/\*/i;
/** The class of .NET by which a script takes a service ticket without using the service. */
const TICKET_TAKEN = /New-Object\s[^\r\n;]*KerberosRequestorSecurityToken/i;

function stepOf(event: IdentityEvent): string {
  const { text } = typedText(event);
  if (text === '') return '';
  if (TICKET_TAKEN.test(text)) return 'ticket-taken';
  if (SETSPN_ALL.test(text)) return 'all-names-by-command';
  return ALL_NAMES.test(text) ? 'all-names-by-filter' : '';
}

const MEANINGS: Readonly<Record<string, string>> = {
  'ticket-taken': 'takes a service ticket without using the service',
  'all-names-by-command': 'lists the service names of all accounts',
  'all-names-by-filter': 'searches for every account with a service name',
};

export const spnRecon: Detection = {
  id: 'spn-recon',
  externalId: null,
  catalogueName: '',
  title: 'Service principal names of all accounts searched',
  whatItSees: 'A command, script or directory search asked for every account that has a service name, or a script took service tickets.',
  whyItMatters: 'The list names the accounts whose tickets can be guessed offline (Kerberoasting); few have another use for it.',
  severity: 'low',
  confidence: 'medium',
  tactics: ['Discovery', 'Credential Access'],
  techniques: ['T1087.002', 'T1558.003'],
  reads: [
    { ...SYSMON, eventIds: [1], needs: 'Sysmon process creation' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" on and command lines included', optional: true },
    { ...POWERSHELL, eventIds: [4103, 4104], needs: 'PowerShell script block and module logging', optional: true },
    { ...CLASSIC_POWERSHELL, eventIds: [800], needs: 'PowerShell module logging', optional: true },
    { ...DIRECTORY_SERVICE, eventIds: [1644], needs: 'a domain controller with logging of expensive searches on', optional: true },
  ],
  matches(event) {
    const step = stepOf(event);
    return step === '' ? null : counts(step);
  },
  over: {
    by: typist,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    const { field, text } = typedText(event);
    return [[field || 'CommandLine', clip(text), MEANINGS[stepOf(event)] ?? 'what was asked']];
  },
  grade({ steps }) {
    if (steps.has('ticket-taken')) return { severity: 'medium', because: 'a script took service tickets' };
    return steps.has('all-names-by-command') ? {} : { because: 'inventory of service names uses the same search' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const did = group.steps.has('ticket-taken') ? 'took service tickets by script' : 'searched for all accounts with service names';
    return `${actorWords(anchor, facts.name)} ${did} on ${where} (${plural(group.count, 'record')}).`;
  },
  benignCauses: [
    'An administrator who looks for duplicate or forgotten service names.',
    'Inventory, migration or security assessment software.',
  ],
  firstResponse: [
    'Ask whoever ran it why; see what else the same session did.',
    'Look on the domain controllers for service tickets with weak encryption that the account took afterwards.',
  ],
};
