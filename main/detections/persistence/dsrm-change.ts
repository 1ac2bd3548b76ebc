import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { actorAndHost, changedBy, computerName } from '../account-change.ts';
import { counts, type Detection } from '../detection.ts';
import { numberField, SECURITY, SYSMON } from '../record.ts';

const PASSWORD_SET = 4794;
const VALUE_SET = 13;
/** 1 and 2 let the account of restore mode log on while the directory runs; 0, the default, does not (Microsoft, "DsrmAdminLogonBehavior"). */
const LOGON_BEHAVIOR = /\\Control\\Lsa\\DsrmAdminLogonBehavior$/i;
const OPENED = /^DWORD \(0x0*[12]\)$/i;

function isOpened(event: IdentityEvent): boolean {
  return LOGON_BEHAVIOR.test(event.field('TargetObject')) && OPENED.test(event.field('Details').trim());
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
    { ...SYSMON, eventIds: [VALUE_SET], needs: 'Sysmon on domain controllers, with a rule for the registry keys of Lsa', optional: true },
  ],
  matches(event) {
    if (event.eventId === VALUE_SET) return isOpened(event) ? counts('logon-opened') : null;
    const status = numberField(event, 'Status');
    return counts(Number.isNaN(status) || status === 0 ? 'password-set' : 'refused');
  },
  over: {
    by: actorAndHost,
    byWords: 'same account and controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event, facts) {
    if (event.eventId === VALUE_SET) {
      return [
        ['TargetObject', event.field('TargetObject'), 'whether the restore mode account may log on while the directory runs'],
        ['Details', event.field('Details'), 'it may'],
        ['Image', event.field('Image'), 'program that wrote it'],
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
    return steps.has('password-set') ? {} : { severity: 'low', because: 'the attempt failed' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const where = computerName(anchor, facts);
    if (anchor.eventId === VALUE_SET) return `The restore mode account of ${where} was let in while the directory runs.`;
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
