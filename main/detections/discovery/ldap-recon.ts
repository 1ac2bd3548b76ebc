import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import { CLASSIC_POWERSHELL, DIRECTORY_SERVICE, POWERSHELL, typedText, typist } from '../recon-text.ts';
import { accountField, actorWords, clip, isImpersonal, numberField, plural, SECURITY, SYSMON } from '../record.ts';

const OBJECT_ACCESSED = 4662;
/** schemaIDGUID of group, user and computer ([MS-ADSC]). */
const ASKED_CLASSES = /bf967a(?:9c|ba|86)-0de6-11d0-a285-00aa003049e2/i;
/** ADS_RIGHT_DS_READ_PROP and ADS_RIGHT_DS_CONTROL_ACCESS ([MS-ADTS] 5.1.3.2): questions, not changes. */
const READING = 0x10 | 0x100;
const OBJECTS_AT_ONCE = 30;

/** Questions about the domain, each by what it asks. The first that fits counts. */
const QUESTIONS: readonly (readonly [step: string, sign: RegExp, meaning: string])[] = [
  [
    'weak-accounts',
    // Bits of userAccountControl: no password needed, delegation trusted, no pre-authentication ([MS-ADTS] 2.2.16).
    /userAccountControl:1\.2\.840\.113556\.1\.4\.80[34]:=(?:32|524288|4194304|16777216)\b|\(ms-?mcs-?admpwd=\*\)|msds-allowedtodelegateto=\*/i,
    'searches for accounts that are easy to abuse',
  ],
  ['protected-accounts', /\badmincount\s*=\s*1\b|\badminCount\s+-eq\s+["']?1/i, 'searches for the protected, ruling accounts'],
  [
    'hunting',
    /\b(?:Invoke-(?:User|Process|Stealth)Hunter|Find-(?:LocalAdminAccess|DomainUserLocation|DomainShare)|Get-Net(?:Domain|User|Group|Computer|Session|LoggedOn|ForestTrust)\w*|Get-Domain(?:User|Computer|Group|Trust|Controller|GPO|OU|ObjectAcl)\w*)\s*(?:-|\||$|\))/im,
    'functions for surveying a domain',
  ],
  [
    'everything-listed',
    /\bsamaccounttype\s*=\s*80530636[89]\b|\bGet-AD(?:User|Computer|Group)\s[^\r\n|]*-Filter\s+["']?\*|\(objectCategory=(?:person|computer|group)\)\s*["']?\s*$|\bobjectcategory=(?:person|computer|group)["']?(?:\s|$)/im,
    'lists all users, computers or groups',
  ],
  [
    'trusts',
    /\bnltest(?:\.exe)?["']?\s[^\r\n]*\/(?:domain_trusts|trusted_domains|all_trusts)\b|objectClass=trustedDomain\b/i,
    'lists the trusts of the domain',
  ],
  [
    'controllers',
    /\bnltest(?:\.exe)?["']?\s[^\r\n]*\/dclist\b|\bnet1?(?:\.exe)?["']?\s+group\s+["']?domain controllers/i,
    'lists the domain controllers',
  ],
  [
    'domain-accounts',
    /\bnet1?(?:\.exe)?["']?\s+(?:group|user|users|accounts|localgroup)\b(?![^\r\n]*\/(?:add|del(?:ete)?|active|random)\b)[^\r\n]*\/do(?:main)?\b/i,
    'lists accounts, groups or the password policy of the domain',
  ],
  [
    'domain-accounts',
    /\bdsquery(?:\.exe)?["']?\s+(?:\*|user|computer|group|server|subnet|ou)\b|\bdsquery(?:\.exe)?["']?\s+\*/i,
    'lists objects of the directory',
  ],
];

function questionOf(event: IdentityEvent): (typeof QUESTIONS)[number] | undefined {
  const { text } = typedText(event);
  return text === '' ? undefined : QUESTIONS.find(([, sign]) => sign.test(text));
}

function isObjectRead(event: IdentityEvent): boolean {
  const mask = numberField(event, 'AccessMask');
  return ASKED_CLASSES.test(event.field('ObjectType')) && (mask & READING) !== 0 && (mask & ~READING) === 0;
}

export const ldapRecon: Detection = {
  id: 'ldap-recon',
  externalId: null,
  catalogueName: '',
  title: 'Directory surveyed',
  whatItSees:
    'An account listed users, groups, trusts or weak settings of the domain by command, script or search, or read very many objects.',
  whyItMatters: 'A survey of the directory comes before the choice of the account to take over; any account may make it.',
  severity: 'low',
  confidence: 'medium',
  tactics: ['Discovery'],
  techniques: ['T1087.002', 'T1069.002', 'T1482', 'T1018'],
  reads: [
    { ...SYSMON, eventIds: [1], needs: 'Sysmon process creation' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" on and command lines included', optional: true },
    {
      ...SECURITY,
      eventIds: [OBJECT_ACCESSED],
      needs: 'the Security log of a domain controller with auditing of directory reads',
      optional: true,
    },
    { ...POWERSHELL, eventIds: [4103, 4104], needs: 'PowerShell script block and module logging', optional: true },
    { ...CLASSIC_POWERSHELL, eventIds: [800], needs: 'PowerShell module logging', optional: true },
    { ...DIRECTORY_SERVICE, eventIds: [1644], needs: 'a domain controller with logging of expensive searches on', optional: true },
  ],
  matches(event) {
    if (event.eventId === OBJECT_ACCESSED) {
      return isObjectRead(event) && !isImpersonal(accountField(event, 'Subject')) ? counts('objects-read') : null;
    }
    const question = questionOf(event);
    return question === undefined ? null : counts(question[0]);
  },
  over: {
    by: typist,
    byWords: 'same account and host',
    thresholds: [{ within: 2 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => questionOf(event)?.[0] ?? event.field('ObjectName').toLowerCase(), words: 'distinct questions or objects' },
    requires: [{ 'objects-read': OBJECTS_AT_ONCE }, ...[...new Set(QUESTIONS.map(([step]) => step))].map((step) => ({ [step]: 1 }))],
  },
  explain(event) {
    if (event.eventId === OBJECT_ACCESSED) {
      return [
        ['SubjectUserName', event.field('SubjectUserName'), 'account that read'],
        ['ObjectName', event.field('ObjectName'), 'one of the objects that were read'],
      ];
    }
    const { field, text } = typedText(event);
    return [[field || 'CommandLine', clip(text), questionOf(event)?.[2] ?? 'what was asked']];
  },
  grade({ steps }) {
    const questions = [...steps.keys()].filter((step) => step !== 'objects-read').length;
    if (questions >= 4) return { severity: 'medium', because: `${questions} kinds of questions in one go` };
    if (steps.has('weak-accounts') || steps.has('hunting')) return { because: 'questions that administration seldom asks' };
    if (steps.has('objects-read')) return { confidence: 'low', because: `${steps.get('objects-read')} objects read within minutes` };
    if (questions >= 2) return { because: `${questions} kinds of questions in one go` };
    return { severity: 'informational', confidence: 'low', because: 'administrators ask this too' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const what = plural(group.count, 'question or object read', 'questions and object reads');
    return `${actorWords(anchor, facts.name)} surveyed the directory on ${where} (${what}).`;
  },
  benignCauses: [
    'An administrator who looks up accounts or domain controllers.',
    'Logon and inventory scripts, directory synchronization, identity management.',
    'A security assessment with permission.',
  ],
  firstResponse: [
    'Ask whoever owns the account what they, or a tool of theirs, looked for.',
    'See what the same session ran before and after, and where the account logged on next.',
  ],
};
