import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, unless, when } from '../detection.ts';
import { isOrder, ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { accountField, actorWords, given, isImpersonal, numberField, SECURITY, shortHost } from '../record.ts';

/** Trust directions and attributes of [MS-ADTS] 6.1.6.7.12 and 6.1.6.7.9. */
const OUTBOUND = 0x2;
const WITHIN_FOREST = 0x20;
const TREAT_AS_EXTERNAL = 0x40;

const ORDERED = /\b(?:netdom)(?:\.exe)?["']?\s+trust\s[^\r\n|&]{0,300}\s\/add\b/i;

function partnerOf(event: IdentityEvent): string {
  const name = event.field('DomainName') || /^CN=([^,]+)/i.exec(event.field('ObjectDN'))?.[1] || '';
  return given(name) || given(event.field('DomainSid')) || 'another domain';
}

function has(event: IdentityEvent, field: string, bit: number): boolean {
  return (numberField(event, field) & bit) !== 0;
}

export const trustAdded: Detection = {
  id: 'trust-added',
  externalId: null,
  catalogueName: '',
  title: 'Trust added to the domain',
  whatItSees: 'A trust with another domain or realm was made.',
  whyItMatters: 'Whoever rules a trusted domain can act in this one; a trust stays when passwords are changed.',
  severity: 'low',
  confidence: 'low',
  tactics: ['Defense Evasion', 'Privilege Escalation'],
  techniques: ['T1484', 'T1484.002'],
  reads: [
    { ...SECURITY, eventIds: [4706], needs: 'the Security log of a domain controller with "Audit Authentication Policy Change" on' },
    {
      ...SECURITY,
      eventIds: [5137],
      needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on',
      optional: true,
    },
    { ...SECURITY, eventIds: [4707], needs: '"Audit Authentication Policy Change" on domain controllers', optional: true },
    ...ORDER_READS,
  ],
  steps: [
    { name: 'trust', eventIds: [4706], conditions: [] },
    {
      name: 'trust-object',
      eventIds: [5137],
      conditions: [
        when('the new object is a trusted domain', (event) => event.field('ObjectClass').toLowerCase() === 'trusteddomain'),
        unless('a domain controller replicates the object', (event) => isImpersonal(accountField(event, 'Subject'))),
      ],
    },
    orderedStep('a command makes a trust', ORDERED),
    { name: 'removed', eventIds: [4707], accompanies: true, conditions: [] },
  ],
  over: {
    by: (event) => `${event.computerEntity || shortHost(event.computer)}|${partnerOf(event).toLowerCase()}`,
    byWords: 'same trusted domain',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event, _facts, step) {
    if (step === 'ordered') return [orderedField(event, 'makes a trust')];
    return [
      ['DomainName', partnerOf(event), step === 'removed' ? 'domain that is trusted no more' : 'domain that is trusted, or trusts'],
      ['TdoDirection', event.field('TdoDirection') || '-', '1: it trusts this domain; 2: this domain trusts it; 3: both'],
      ['SubjectUserName', event.field('SubjectUserName'), 'who did it'],
    ];
  },
  grade({ anchor, steps, sample }) {
    if (sample.some(({ event }) => has(event, 'TdoAttributes', WITHIN_FOREST)))
      return { severity: 'informational', because: 'the partner is a domain of the same forest' };
    if (steps.has('removed')) return { severity: 'medium', confidence: 'medium', because: 'the trust was removed again within the hour' };
    if (sample.some(({ event }) => has(event, 'TdoAttributes', TREAT_AS_EXTERNAL)))
      return { severity: 'medium', because: 'the trust lets the partner claim identities of this domain by SID history' };
    if (has(anchor, 'TdoDirection', OUTBOUND)) return { severity: 'medium', because: 'accounts of the partner may act in this domain' };
    return { because: 'nothing shows that the partner may act in this domain' };
  },
  summary({ anchor }, facts) {
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (isOrder(anchor)) return `${actorWords(anchor, facts.name)} ordered a trust with another domain on ${where}.`;
    return `${actorWords(anchor, facts.name)} made a trust with ${partnerOf(anchor)} on ${where}.`;
  },
  benignCauses: ['A merger, a migration or a new domain of the forest.'],
  firstResponse: [
    'Ask whoever is responsible for the forest whether the trust was ordered.',
    'Remove it if not, and look for logons of accounts of the partner since.',
  ],
};
