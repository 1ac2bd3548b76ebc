import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { actorAndHost, changedBy, computerName } from '../account-change.ts';
import { type Detection, when } from '../detection.ts';
import { isOrder, ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { actorWords, numberField, SECURITY, SYSMON } from '../record.ts';

const PASSWORD_SET = 4794;
const VALUE_SET = 13;
/** 1 and 2 let the account of restore mode log on while the directory runs; 0, the default, does not (Microsoft, "DsrmAdminLogonBehavior"). */
const LOGON_BEHAVIOR = /\\Control\\Lsa\\DsrmAdminLogonBehavior$/i;
const OPENED = /^(?:DWORD \()?(?:0x)?0*[12]\)?$/i;
/** The same by `reg add` or a cmdlet: the name of the value, then what it becomes. */
const OPENING_COMMAND = /DsrmAdminLogonBehavior\b[^\r\n|;]{0,200}?(?:\/d|-value)\s+["']?(?:0x)?0*[12]\b/i;
const VALUE_AUDITED = 4657;

function valueName(event: IdentityEvent): string {
  return event.eventId === VALUE_SET ? event.field('TargetObject') : `${event.field('ObjectName')}\\${event.field('ObjectValueName')}`;
}

function valueWritten(event: IdentityEvent): string {
  return event.field(event.eventId === VALUE_SET ? 'Details' : 'NewValue').trim();
}

export const dsrmChange: Detection = {
  id: 'dsrm-change',
  externalId: 2438,
  catalogueName: 'Directory Services Restore Mode Password Change',
  title: 'Directory Services Restore Mode account changed',
  whatItSees:
    'The password of the restore mode account of a domain controller was set, or that account was let in while the directory runs.',
  whyItMatters:
    'It is a local administrator of the controller that the directory knows nothing of, and whose password hardly anybody changes.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Persistence'],
  techniques: ['T1098'],
  reads: [
    {
      ...SECURITY,
      eventIds: [PASSWORD_SET],
      needs: 'the Security log of a domain controller with "Audit User Account Management" on',
    },
    {
      ...SYSMON,
      eventIds: [VALUE_SET],
      needs: 'Sysmon on domain controllers, with a rule for the registry keys of Lsa',
      optional: true,
    },
    { ...SECURITY, eventIds: [VALUE_AUDITED], needs: '"Audit Registry" with an audit entry on the keys of Lsa', optional: true },
    ...ORDER_READS,
  ],
  steps: [
    {
      name: 'logon-opened',
      eventIds: [VALUE_SET, VALUE_AUDITED],
      conditions: [
        when('the setting for logons of the restore mode account is written', (event) => LOGON_BEHAVIOR.test(valueName(event))),
        when('it lets the account in while the directory runs', (event) => OPENED.test(valueWritten(event))),
      ],
    },
    orderedStep('a command lets the account in while the directory runs', OPENING_COMMAND),
    {
      name: 'refused',
      eventIds: [PASSWORD_SET],
      conditions: [when('the attempt failed', (event) => numberField(event, 'Status') > 0)],
    },
    { name: 'password-set', eventIds: [PASSWORD_SET], conditions: [] },
  ],
  over: {
    by: actorAndHost,
    byWords: 'same account and controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event, facts, step) {
    if (step === 'ordered') return [orderedField(event, 'lets the account in while the directory runs')];
    if (step === 'logon-opened') {
      return [
        ['TargetObject', valueName(event), 'whether the restore mode account may log on while the directory runs'],
        ['Details', valueWritten(event), 'it may'],
        ['Image', event.field('Image') || event.field('ProcessName') || '-', 'program that wrote it'],
      ];
    }
    return [
      ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
      ['Workstation', event.field('Workstation') || '-', 'where it was done from'],
      ['Status', event.field('Status'), '0x0: it was set'],
    ];
  },
  grade({ steps }) {
    if (steps.has('logon-opened')) return { severity: 'high', because: 'the account is let in while the directory runs' };
    if (steps.has('ordered')) return { severity: 'high', because: 'a command lets the account in while the directory runs' };
    return steps.has('password-set') ? {} : { severity: 'low', because: 'the attempt failed' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const where = computerName(anchor, facts);
    if (isOrder(anchor))
      return `${actorWords(anchor, facts.name)} ordered that the restore mode account of ${where} may log on while the directory runs.`;
    if (anchor.eventId !== PASSWORD_SET) return `The restore mode account of ${where} was let in while the directory runs.`;
    const did = group.steps.has('password-set') ? 'set' : 'tried to set';
    return `${changedBy(anchor, facts)} ${did} the restore mode password of ${where}.`;
  },
  benignCauses: ['An administrator renews the restore mode password, by hand or by a task.', 'Promotion of a new domain controller.'],
  firstResponse: [
    'Ask whoever is responsible for the controllers whether the change was ordered.',
    'Set the password anew, and DsrmAdminLogonBehavior to 0.',
    'Look for logons on the controller with its local Administrator.',
  ],
};
