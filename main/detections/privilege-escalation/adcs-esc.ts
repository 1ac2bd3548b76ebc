import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection, type Group, type Match } from '../detection.ts';
import { accountField, actorWords, clip, isImpersonal, plural, SECURITY, shortHost } from '../record.ts';

const REQUESTS = [4886, 4887];
const TEMPLATES = [4899, 4900];
const SETTINGS = [4882, 4885, 4890, 4891, 4892, 5123, 5124];
/** Principal names and host names that a requester asks to be put into the certificate; attributes are one a line. */
const ALTERNATIVE_NAME = /\bSAN:[^\r\n]*?(?:upn|dns)=([^&\r\n]+)/i;
const SUPPLIES_SUBJECT = /CT_FLAG_ENROLLEE_SUPPLIES_SUBJECT(?!_)/;
/** EDITF_ATTRIBUTESUBJECTALTNAME2: the authority takes names from the request, whatever the template says. */
const NAMES_FROM_REQUEST = 0x40000;
const STEP_WORDS: Readonly<Record<string, string>> = {
  'name-of-another': 'asked for a certificate in the name of another',
  'template-opened': 'let requesters of a certificate template choose the name',
  'authority-opened': 'let the certification authority take names from requests',
  'audit-off': 'switched off the audit of certificate services',
  'security-changed': 'changed who may do what in certificate services',
  template: 'changed a certificate template',
  setting: 'changed a setting of certificate services',
};

/** `CORP\\alice`, `alice@corp.example` and `ws03.corp.example` by their first part. */
function plainName(name: string): string {
  const account = name.slice(name.lastIndexOf('\\') + 1).trim();
  return account
    .replace(/[@.].*$/, '')
    .replace(/\$$/, '')
    .toLowerCase();
}

function requesterOf(event: IdentityEvent): string {
  return event.field('Requester');
}

function isForAnother(event: IdentityEvent): boolean {
  const wanted = ALTERNATIVE_NAME.exec(event.field('Attributes'))?.[1] ?? '';
  const requester = requesterOf(event);
  // A host asks for names of services that it offers; only names of persons matter there.
  if (wanted === '' || requester === '' || (requester.endsWith('$') && !wanted.includes('@'))) return false;
  return plainName(wanted) !== plainName(requester);
}

function isPrincipal(event: IdentityEvent): boolean {
  return /upn=/i.test(event.field('Attributes'));
}

function matchSetting(event: IdentityEvent): Match {
  if (event.eventId === 4882 || event.eventId === 5124) return counts('security-changed');
  if (event.eventId === 4885) return counts(Number(event.field('AuditFilter')) === 0 ? 'audit-off' : 'setting');
  if (event.eventId === 5123) {
    const isAudit = event.field('PropertyName').toLowerCase() === 'auditfilter';
    return counts(isAudit && Number(event.field('NewValue')) === 0 ? 'audit-off' : 'setting');
  }
  if (event.eventId !== 4891) return counts('setting');
  const isOpened = event.field('Entry').toLowerCase() === 'editflags' && (Number(event.field('Value')) & NAMES_FROM_REQUEST) !== 0;
  return counts(isOpened ? 'authority-opened' : 'setting');
}

function match(event: IdentityEvent): Match {
  if (REQUESTS.includes(event.eventId)) return isForAnother(event) ? counts('name-of-another') : null;
  if (TEMPLATES.includes(event.eventId)) {
    const isOpened = SUPPLIES_SUBJECT.test(event.field('NewTemplateContent')) && !SUPPLIES_SUBJECT.test(event.field('OldTemplateContent'));
    return counts(isOpened ? 'template-opened' : 'template');
  }
  // Started services write down their settings in their own name.
  return isImpersonal(accountField(event, 'Subject')) ? null : matchSetting(event);
}

function whatChanged(event: IdentityEvent): string {
  const fields = [
    'Attributes',
    'NewTemplateContent',
    'NewSecuritySettings',
    'SecuritySettings',
    'AuditFilter',
    'NewValue',
    'Value',
    'Entry',
  ];
  return fields.map((name) => event.field(name)).find((value) => value.trim() !== '') ?? `event ${event.eventId}`;
}

function gravest(steps: Group['steps']): string {
  return Object.keys(STEP_WORDS).find((step) => steps.has(step)) ?? 'setting';
}

export const adcsEsc: Detection = {
  id: 'adcs-esc',
  externalId: 2435,
  catalogueName: 'Suspicious modifications to the AD CS security permissions/settings',
  title: 'Suspicious modifications to the AD CS security permissions/settings',
  whatItSees: 'Certificate services were opened to abuse, or a certificate was asked for in the name of another.',
  whyItMatters: 'A certificate in the name of an administrator is his identity for a year, whatever becomes of his password.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Privilege Escalation', 'Defense Evasion', 'Credential Access'],
  techniques: ['T1484', 'T1649', 'T1562.002'],
  reads: [
    { ...SECURITY, eventIds: [...REQUESTS, ...TEMPLATES], needs: '"Audit Certification Services" and the audit filter of the authority' },
    {
      ...SECURITY,
      eventIds: SETTINGS,
      needs: '"Audit Certification Services" and the audit filter of the authority or the online responder',
      optional: true,
    },
  ],
  matches: match,
  over: {
    by: (event) => `${event.actorEntity || requesterOf(event).toLowerCase()}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same account and authority',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain: (event) => [
    ['SubjectUserName', event.field('SubjectUserName') || requesterOf(event) || '-', 'who did it'],
    [
      REQUESTS.includes(event.eventId) ? 'Attributes' : 'NewValue',
      clip(whatChanged(event)),
      STEP_WORDS[match(event)?.step ?? ''] ?? 'what changed',
    ],
  ],
  grade({ steps, sample }) {
    if (steps.has('name-of-another')) {
      const isIssued = sample.some(({ event, step }) => step === 'name-of-another' && event.eventId === 4887);
      const isPerson = sample.some(({ event, step }) => step === 'name-of-another' && isPrincipal(event));
      if (isPerson && isIssued)
        return { severity: 'high', confidence: 'high', because: 'the certificate was issued in the name of another account' };
      return {
        severity: 'medium',
        confidence: 'medium',
        because: isPerson ? 'the name is that of another account' : 'the name is that of another host',
      };
    }
    if (steps.has('template-opened') || steps.has('authority-opened'))
      return { severity: 'medium', confidence: 'medium', because: 'whoever may enrol can now become anybody' };
    if (steps.has('audit-off')) return { severity: 'medium', confidence: 'medium', because: 'nothing is written down from now on' };
    if (steps.has('security-changed')) return { severity: 'low', because: 'permissions of the services changed' };
    return { because: 'a change that ordinary administration makes too' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const who = REQUESTS.includes(anchor.eventId) ? requesterOf(anchor) : actorWords(anchor, facts.name);
    const where = facts.name(anchor.computerEntity, anchor.computer);
    return `${who} ${STEP_WORDS[gravest(group.steps)] ?? 'changed certificate services'} on ${where} (${plural(group.count, 'record')}).`;
  },
  benignCauses: [
    'Administration of the authority, its templates and its responder.',
    'An operator who asks for the certificates of servers, with their names in the request.',
  ],
  firstResponse: [
    'Revoke the certificate and look for logons with it (4768 with certificate fields).',
    'Put the template or the setting back, and list what was issued since the change.',
    'Switch the audit filter of the authority on again (127).',
  ],
};
