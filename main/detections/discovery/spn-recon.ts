import { MINUTE } from '../../../shared/model/time.ts';
import { type Detection, type Step, when } from '../detection.ts';
import { DIRECTORY_SERVICE, LDAP_CLIENT, SCRIPT_READINGS, TYPED_IDS, typedText, typist } from '../recon-text.ts';
import { actorWords, clip, plural, SECURITY, SYSMON } from '../record.ts';

/** All names at once: administrators look up the name of one service, or of one account. */
const ALL_NAMES =
  /\(\s*servicePrincipalName\s*=\s*\*\s*\)|["']\s*servicePrincipalName\s*=\s*\*\s*["']|ServicePrincipalNames?\s+-(?:ne|like)\s+["']?(?:\$null|\*)|\bGet-(?:Net|Domain)User\s[^\r\n]*-SPN\b/i;
const SETSPN_ALL = /\bsetspn(?:\.exe)?["']?\s[^\r\n|;&]*-q\s+["']?\*\/\*/i;
/** The class of .NET by which a script takes a service ticket without using the service, and functions that do nothing else. */
const TICKET_TAKEN =
  /New-Object\s[^\r\n;]*KerberosRequestorSecurityToken|KerberosRequestorSecurityToken\]?::new|\b(?:Invoke-Kerberoast|Get-DomainSPNTicket|Request-SPNTicket)\b|\.exe["']?\s+kerberoast\b/i;

/** What a text may ask, by name of the step; the first that fits. */
const QUESTIONS: readonly (readonly [name: string, sign: RegExp, meaning: string])[] = [
  ['ticket-taken', TICKET_TAKEN, 'takes a service ticket without using the service'],
  ['all-names-by-command', SETSPN_ALL, 'lists the service names of all accounts'],
  ['all-names-by-filter', ALL_NAMES, 'searches for every account with a service name'],
];

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
    ...SCRIPT_READINGS,
    { ...DIRECTORY_SERVICE, eventIds: [1644], needs: 'a domain controller with logging of expensive searches on', optional: true },
    { ...LDAP_CLIENT, eventIds: [30], needs: 'the debug log of the LDAP client', optional: true },
  ],
  steps: QUESTIONS.map(
    ([name, sign, meaning]): Step => ({
      name,
      eventIds: TYPED_IDS,
      conditions: [when(`it ${meaning}`, (event) => sign.test(typedText(event).text))],
    }),
  ),
  over: {
    by: typist,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event, _facts, step) {
    const { field, text } = typedText(event);
    return [[field, clip(text), QUESTIONS.find(([name]) => name === step)?.[2] ?? 'what was asked']];
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
