import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Group, type Step, unless, when } from '../detection.ts';
import { accountField, actorWords, clip, isImpersonal, numberField, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import { commandLineOf } from '../remote-process.ts';

const REQUESTS = [4886, 4887];
const TEMPLATES = [4899, 4900];
const PROCESS = [1, 4688];
const SETTINGS = [4882, 4885, 4890, 4891, 4892, 5123, 5124];
/** Principal names and host names that a requester asks to be put into the certificate; attributes are one a line. */
const ALTERNATIVE_NAME = /\bSAN:[^\r\n]*?(?:upn|dns)=([^&\r\n]+)/i;
const SUPPLIES_SUBJECT = /CT_FLAG_ENROLLEE_SUPPLIES_SUBJECT(?!_)/;
/** EDITF_ATTRIBUTESUBJECTALTNAME2: the authority takes names from the request, whatever the template says. */
const NAMES_FROM_REQUEST = 0x40000;
/** Options of tools and of the authority's own command that ask for, or allow, the name of another. */
const COMMAND = /\s\/altname:|\s-upn\s[^\r\n]*\s-template\s|\s-template\s[^\r\n]*\s-upn\s|\+EDITF_ATTRIBUTESUBJECTALTNAME2\b/i;
const STEP_WORDS: Readonly<Record<string, string>> = {
  'name-of-another': 'asked for a certificate in the name of another',
  'by-command': 'used a command that asks for, or allows, certificates in the name of another',
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

/** The first name that the requester wants in the certificate; empty where the request names none. */
function wantedName(event: IdentityEvent): string {
  return ALTERNATIVE_NAME.exec(event.field('Attributes'))?.[1] ?? '';
}

function isPrincipal(event: IdentityEvent): boolean {
  return /upn=/i.test(event.field('Attributes'));
}

const isPerson: Condition = unless('the service writes down its settings in its own name', (event) =>
  isImpersonal(accountField(event, 'Subject')),
);

const STEPS: readonly Step[] = [
  {
    name: 'name-of-another',
    eventIds: REQUESTS,
    conditions: [
      when('the request asks for a name in the certificate', (event) => wantedName(event) !== ''),
      when('the requester is named', (event) => requesterOf(event) !== ''),
      unless(
        'a host asks for the names of services that it offers',
        (event) => requesterOf(event).endsWith('$') && !wantedName(event).includes('@'),
      ),
      unless('the name is the own one of the requester', (event) => plainName(wantedName(event)) === plainName(requesterOf(event))),
    ],
  },
  {
    name: 'by-command',
    eventIds: PROCESS,
    conditions: [when('a command asks for, or allows, certificates in the name of another', (event) => COMMAND.test(commandLineOf(event)))],
  },
  {
    name: 'template-opened',
    eventIds: TEMPLATES,
    conditions: [
      when('requesters may now choose the name', (event) => SUPPLIES_SUBJECT.test(event.field('NewTemplateContent'))),
      when('they could not before', (event) => !SUPPLIES_SUBJECT.test(event.field('OldTemplateContent'))),
    ],
  },
  { name: 'template', eventIds: TEMPLATES, conditions: [] },
  {
    name: 'authority-opened',
    eventIds: [4891],
    conditions: [
      when('the flags of the policy changed', (event) => event.field('Entry').toLowerCase() === 'editflags'),
      when('names are now taken from requests', (event) => (numberField(event, 'Value') & NAMES_FROM_REQUEST) !== 0),
      isPerson,
    ],
  },
  {
    name: 'audit-off',
    eventIds: [4885],
    conditions: [when('nothing is audited from now on', (event) => numberField(event, 'AuditFilter') === 0), isPerson],
  },
  {
    name: 'audit-off',
    eventIds: [5123],
    conditions: [
      when('the audit filter of the responder changed', (event) => event.field('PropertyName').toLowerCase() === 'auditfilter'),
      when('nothing is audited there from now on', (event) => numberField(event, 'NewValue') === 0),
      isPerson,
    ],
  },
  { name: 'security-changed', eventIds: [4882, 5124], conditions: [isPerson] },
  { name: 'setting', eventIds: SETTINGS, conditions: [isPerson] },
];

function whatChanged(event: IdentityEvent): string {
  const fields = [
    'CommandLine',
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

function fieldOf(event: IdentityEvent): string {
  if (PROCESS.includes(event.eventId)) return 'CommandLine';
  return REQUESTS.includes(event.eventId) ? 'Attributes' : 'NewValue';
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
    { ...SYSMON, eventIds: [1], needs: 'Sysmon process creation', optional: true },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
  ],
  steps: STEPS,
  over: {
    by: (event) =>
      `${event.actorEntity || (requesterOf(event) || event.field('User')).toLowerCase()}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same account and authority',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain: (event, _facts, step) => [
    ['SubjectUserName', event.field('SubjectUserName') || event.field('User') || requesterOf(event), 'who did it'],
    [fieldOf(event), clip(whatChanged(event)), STEP_WORDS[step] ?? 'what changed'],
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
    if (steps.has('by-command')) return { severity: 'medium', confidence: 'medium', because: 'a command that has no other use' };
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
