import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { newlySetFlags } from '../account-change.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { isOrder, ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { actorWords, clip, given, isImpersonal, numberField, SECURITY, shortHost } from '../record.ts';

/** Service names that only domain controllers bear: global catalog and directory replication ([MS-DRSR] 2.2.3.2). */
const CONTROLLER_SPN = /(?:^|\s)(?:GC\/|E3514235-4B06-11D1-AB04-00C04FC2DCD2\/)\S+/i;
const SERVER_OBJECT = /^(?:CN=NTDS Settings,)?CN=[^,]+,CN=Servers,CN=[^,]+,CN=Sites,CN=Configuration,/i;
/** Schema id of the class `nTDSDSA`. */
const REPLICATION_AGENT_CLASS = /f0f8ffab-1191-11d0-a060-00aa006c33ed/i;
const CREATE_CHILD = 0x1;
const DELETE = 0x10000;
/** The command of the tool, and of the script that prepares permissions for it. */
const ORDERED = /\blsadump::dcshadow\b|(?<!function\s{1,4})\b(?:Invoke-DCShadow|Set-DCShadowPermissions)[ \t]+-/i;
/** SERVER_TRUST_ACCOUNT as SAM writes it: the computer became a controller in earnest. */
const SERVER_TRUST = 0x100;

function isController(event: IdentityEvent, facts: Facts): boolean {
  return (
    facts.isDomainController(event.targetEntity) === true ||
    given(event.field('TargetUserName')).toLowerCase() === `${shortHost(event.computer)}$`
  );
}

const byComputer = unless('a computer or the system keeps its own entries', (event) => isImpersonal(event.actor));
const OBJECT: readonly Condition[] = [
  when('the object stands among the servers of a site', (event) => SERVER_OBJECT.test(event.field('ObjectDN'))),
];

function subjectOf(event: IdentityEvent): string {
  if (event.eventId === 4742) return given(event.field('TargetUserName')).replace(/\$$/, '') || 'a computer';
  const name = event.field('ObjectDN') || event.field('AdditionalInfo') || event.field('SourceDRA');
  return /CN=(?!NTDS Settings)([^,]+)/i.exec(name)?.[1] ?? 'a host';
}

export const dcshadow: Detection = {
  id: 'dcshadow',
  externalId: 2028,
  catalogueName: 'Suspected DCShadow attack (domain controller promotion)',
  title: 'Suspected DCShadow attack (domain controller promotion)',
  whatItSees: 'A person gave a computer the names or directory objects of a domain controller, as if it were promoted.',
  whyItMatters: 'A pretended controller replicates any change into the directory, and no log of the real ones tells what was changed.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Defense Evasion'],
  techniques: ['T1207'],
  reads: [
    { ...SECURITY, eventIds: [4742], needs: 'the Security log of a domain controller with "Audit Computer Account Management" on' },
    {
      ...SECURITY,
      eventIds: [5137, 5141],
      needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on',
      optional: true,
    },
    {
      ...SECURITY,
      eventIds: [4662],
      needs: 'the Security log of a domain controller with "Audit Directory Service Access" on',
      optional: true,
    },
    { ...SECURITY, eventIds: [4928, 4929], needs: '"Audit Detailed Directory Service Replication" on', optional: true },
    ...ORDER_READS,
  ],
  steps: [
    {
      name: 'promoted',
      eventIds: [4742],
      accompanies: true,
      conditions: [when('a computer became a domain controller in earnest', (event) => (newlySetFlags(event) & SERVER_TRUST) !== 0)],
    },
    {
      name: 'controller-name',
      eventIds: [4742],
      conditions: [
        when('the computer has a service name of domain controllers', (event) => CONTROLLER_SPN.test(event.field('ServicePrincipalNames'))),
        byComputer,
        unless('the computer is a domain controller', isController),
      ],
    },
    {
      name: 'controller-object',
      eventIds: [4662],
      conditions: [
        when('a child object is created', (event) => numberField(event, 'AccessMask') === CREATE_CHILD),
        when('it stands among the servers of a site', (event) => SERVER_OBJECT.test(event.field('AdditionalInfo').trim())),
        byComputer,
      ],
    },
    {
      name: 'removed',
      eventIds: [4662],
      accompanies: true,
      conditions: [
        when('an object is deleted', (event) => numberField(event, 'AccessMask') === DELETE),
        when('it is a replication agent', (event) => REPLICATION_AGENT_CLASS.test(event.field('ObjectType'))),
      ],
    },
    { name: 'controller-object', eventIds: [5137], conditions: [...OBJECT, byComputer] },
    { name: 'removed', eventIds: [5141], accompanies: true, conditions: OBJECT },
    orderedStep('a command orders it', ORDERED),
    { name: 'replication-source', eventIds: [4928, 4929], accompanies: true, conditions: [] },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same domain controller',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event, _facts, step) {
    if (step === 'ordered') return [orderedField(event, 'orders it')];
    return [
      ['SubjectUserName', event.field('SubjectUserName') || event.field('SourceDRA'), 'who did it, or the source of the replication'],
      event.eventId === 4742
        ? [
            'ServicePrincipalNames',
            clip(CONTROLLER_SPN.exec(event.field('ServicePrincipalNames'))?.[0]?.trim() ?? ''),
            'name of a controller',
          ]
        : [
            'ObjectDN',
            clip(event.field('ObjectDN') || event.field('AdditionalInfo') || event.field('ObjectType')),
            'object of a controller',
          ],
    ];
  },
  grade({ steps }) {
    if (steps.has('promoted'))
      return { severity: 'low', confidence: 'low', because: 'the computer was promoted in earnest at the same time' };
    if (steps.has('removed') || steps.has('replication-source'))
      return { confidence: 'high', because: 'the controller was gone again, or replicated, within minutes' };
    if (steps.has('ordered')) return { because: 'the command of a tool that does this' };
    if (steps.has('controller-name')) return { because: 'a computer that is no controller got the service names of one' };
    return { severity: 'medium', because: 'only the object was seen: a promotion makes it too' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const who = actorWords(anchor, facts.name);
    if (isOrder(anchor)) return `${who} ordered a DCShadow attack on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
    return `${who} registered ${subjectOf(anchor)} as a domain controller on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
  },
  benignCauses: ['The promotion or the removal of a real domain controller.', 'Repair of the service names of a controller by hand.'],
  firstResponse: [
    'Ask whether a domain controller was promoted; isolate the named host if not.',
    'Compare directory data with a backup: replication metadata shows which attributes the false controller wrote.',
    'Disable the account that did it; it has the rights of Domain Admins.',
  ],
};
