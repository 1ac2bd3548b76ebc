import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Step, unless, when } from '../detection.ts';
import { DIRECTORY_SERVICE, LDAP_CLIENT, SCRIPT_READINGS, TYPED_IDS, typedText, typist } from '../recon-text.ts';
import { accountField, actorWords, baseName, clip, isImpersonal, LOCAL_SYSTEM, numberField, plural, SECURITY, SYSMON } from '../record.ts';

const OBJECT_ACCESSED = 4662;
const SHARE_OBJECT = 5145;
const FILE_CREATED = 11;
const SCRIPTS = new Set([4103, 4104]);
/** schemaIDGUID of group, user and computer ([MS-ADSC]). */
const ASKED_CLASSES = /bf967a(?:9c|ba|86)-0de6-11d0-a285-00aa003049e2/i;
/** ADS_RIGHT_DS_READ_PROP and ADS_RIGHT_DS_CONTROL_ACCESS ([MS-ADTS] 5.1.3.2): questions, not changes. */
const READING = 0x10 | 0x100;
const OBJECTS_AT_ONCE = 30;
/** What collectors for attack paths write: a time, and either the kind of object or the archive of all. */
const COLLECTION = /\\\d{14}_(?:\w+_)?(?:bloodhound\.zip|(?:users|groups|computers|domains|gpos|ous|containers|sessions)\.json)$/i;

/** Questions about the domain, each by what it asks. The first that fits counts. */
const QUESTIONS: readonly (readonly [step: string, sign: RegExp, meaning: string])[] = [
  [
    'weak-accounts',
    // Bits of userAccountControl: no password needed, delegation trusted, no pre-authentication ([MS-ADTS] 2.2.16).
    /userAccountControl:1\.2\.840\.113556\.1\.4\.80[34]:=(?:32|524288|4194304|16777216)\b|\(ms-?mcs-?admpwd=\*\)|msds-allowedtodelegateto=\*/i,
    'searches for accounts that are easy to abuse',
  ],
  [
    'protected-accounts',
    /\badmincount\s*=\s*1\b|\badminCount\s+-eq\s+["']?1|\(primaryGroupID=51[2-9]\)/i,
    'searches for the protected, ruling accounts',
  ],
  [
    'hunting',
    /\bInvoke-(?:BloodHound|ADRecon)\b|\bSharpHound\b|\s--?CollectionMethods?\s|\s-c\s+(?:DCOnly\b|All\s+-d\s)|\b(?:Invoke-(?:User|Process|Stealth)Hunter|Find-(?:LocalAdminAccess|DomainUserLocation|DomainShare)|Get-Net(?:Domain|User|Group|Computer|Session|LoggedOn|ForestTrust)\w*|Get-Domain(?:User|Computer|Group|Trust|Controller|GPO|OU|ObjectAcl)\w*)\s*(?:-|\||$|\))/im,
    'functions for surveying a domain',
  ],
  [
    'everything-listed',
    /\bsamaccounttype\s*=\s*80530636[89]\b|\bgroupType:1\.2\.840\.113556\.1\.4\.803:=2147483648\b|\b(?:csvde|ldifde)(?:\.exe)?["']?\s(?![^\r\n]*\s-i\b)[^\r\n]*-f\s|\bADExplorer(?:64)?(?:\.exe)?["']?\s[^\r\n]*-snapshot\b|\bGet-AD(?:User|Computer|Group)\s[^\r\n|]*-Filter\s+["']?\*|\(objectCategory=(?:person|computer|group)\)\s*["']?\s*$|\bobjectcategory=(?:person|computer|group)["']?(?:\s|$)/im,
    'lists all users, computers or groups',
  ],
  [
    'trusts',
    /\bnltest(?:\.exe)?["']?\s[^\r\n]*\/(?:domain_trusts|trusted_domains|all_trusts)\b|objectClass=trustedDomain\b|\bGet-ADTrust\b|\bGetAllTrustRelationships\s*\(|-sc\s+trustdmp\b/i,
    'lists the trusts of the domain',
  ],
  [
    'controllers',
    /\bnltest(?:\.exe)?["']?\s[^\r\n]*\/dclist\b|\bnet1?(?:\.exe)?["']?\s+(?:group\s+["']?domain controllers|view\s[^\r\n]*\/domain\b)|-sc\s+dclist\b/i,
    'lists the domain controllers or hosts',
  ],
  [
    'domain-accounts',
    /\bnet1?(?:\.exe)?["']?\s+(?:group|user|users|accounts|localgroup)\b(?![^\r\n]*\/(?:add|del(?:ete)?|active|random)\b)[^\r\n]*\/do(?:main)?\b|\bminPwdLength\b|\bGet-AD\w*PasswordPolicy\b|\bGet-DomainPolicy\b/i,
    'lists accounts, groups or the password policy of the domain',
  ],
  ['domain-accounts', /\bdsquery(?:\.exe)?["']?\s+(?:\*|(?:user|computer|group|server|subnet|ou)\b)/i, 'lists objects of the directory'],
];

const isPerson: Condition = unless('a computer or a service of Windows asks', (event) => isImpersonal(accountField(event, 'Subject')));

const isNotOfSystem: Condition = unless(
  'the system runs a script of its own (deployment, management)',
  (event) => SCRIPTS.has(event.eventId) && event.actor?.sid === LOCAL_SYSTEM,
);

function pipeStep(name: string, pipe: string, meaning: string): Step {
  const isPipe = when(meaning, (event) => baseName(event.field('RelativeTargetName')).toLowerCase() === pipe);
  return { name, eventIds: [SHARE_OBJECT], conditions: [isPipe, isPerson] };
}

/** Each is common alone; asked of one host together they are a survey of it. */
const PIPES: readonly Step[] = [
  pipeStep('accounts-pipe', 'samr', 'the pipe of the account database is opened ([MS-SAMR])'),
  pipeStep('names-pipe', 'lsarpc', 'the pipe that translates names and SIDs is opened ([MS-LSAT])'),
  pipeStep('sessions-pipe', 'srvsvc', 'the pipe that tells of sessions is opened ([MS-SRVS])'),
];
const NO_QUESTIONS = new Set(['objects-read', ...PIPES.map(({ name }) => name)]);

const OBJECTS_READ: Step = {
  name: 'objects-read',
  eventIds: [OBJECT_ACCESSED],
  conditions: [
    when('the object is a user, group or computer', (event) => ASKED_CLASSES.test(event.field('ObjectType'))),
    when('properties are read', (event) => (numberField(event, 'AccessMask') & READING) !== 0),
    when('nothing is changed', (event) => (numberField(event, 'AccessMask') & ~READING) === 0),
    isPerson,
  ],
};

const COLLECTED: Step = {
  name: 'collection-file',
  eventIds: [FILE_CREATED],
  conditions: [
    when('a file is named as collectors of attack paths name theirs', (event) => COLLECTION.test(event.field('TargetFilename'))),
  ],
};

export const ldapRecon: Detection = {
  id: 'ldap-recon',
  externalId: null,
  catalogueName: '',
  title: 'Directory surveyed',
  whatItSees:
    'An account listed users, groups, trusts or weak settings of the domain by command, script, search or collector, or read very many objects.',
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
    { ...SECURITY, eventIds: [SHARE_OBJECT], needs: 'Security logs with "Audit Detailed File Share" on', optional: true },
    { ...SYSMON, eventIds: [FILE_CREATED], needs: 'Sysmon file creation', optional: true },
    ...SCRIPT_READINGS,
    { ...DIRECTORY_SERVICE, eventIds: [1644], needs: 'a domain controller with logging of expensive searches on', optional: true },
    { ...LDAP_CLIENT, eventIds: [30], needs: 'the debug log of the LDAP client', optional: true },
  ],
  steps: [
    OBJECTS_READ,
    COLLECTED,
    ...PIPES,
    ...QUESTIONS.map(
      ([name, sign, meaning]): Step => ({
        name,
        eventIds: TYPED_IDS,
        conditions: [when(`it ${meaning}`, (event) => sign.test(typedText(event).text)), isNotOfSystem],
      }),
    ),
  ],
  over: {
    by: typist,
    byWords: 'same account and host',
    thresholds: [{ within: 2 * MINUTE, atLeast: 1 }],
    requires: [
      { 'objects-read': OBJECTS_AT_ONCE },
      { 'accounts-pipe': 2, 'names-pipe': 1, 'sessions-pipe': 1 },
      { 'collection-file': 1 },
      ...[...new Set(QUESTIONS.map(([name]) => name))].map((name) => ({ [name]: 1 })),
    ],
  },
  explain(event, _facts, step) {
    switch (event.eventId) {
      case OBJECT_ACCESSED:
        return [
          ['SubjectUserName', event.field('SubjectUserName'), 'account that read'],
          ['ObjectName', event.field('ObjectName'), 'one of the objects that were read'],
        ];
      case SHARE_OBJECT:
        return [
          ['SubjectUserName', event.field('SubjectUserName'), 'account that asked'],
          ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe that was opened'],
          ['IpAddress', event.field('IpAddress'), 'where it came from'],
        ];
      case FILE_CREATED:
        return [
          ['TargetFilename', event.field('TargetFilename'), 'result of a collector'],
          ['Image', event.field('Image'), 'program that wrote it'],
        ];
      default: {
        const { field, text } = typedText(event);
        return [[field, clip(text), QUESTIONS.find(([name]) => name === step)?.[2] ?? 'what was asked']];
      }
    }
  },
  grade({ steps }) {
    if (steps.has('collection-file'))
      return { severity: 'medium', confidence: 'high', because: 'a collector of attack paths wrote its result' };
    const questions = [...steps.keys()].filter((step) => !NO_QUESTIONS.has(step)).length;
    if (questions >= 4) return { severity: 'medium', because: `${questions} kinds of questions in one go` };
    if (steps.has('weak-accounts') || steps.has('hunting')) return { because: 'questions that administration seldom asks' };
    const read = steps.get('objects-read') ?? 0;
    if (read >= OBJECTS_AT_ONCE) return { confidence: 'low', because: `${read} objects read within minutes` };
    if (questions >= 2) return { because: `${questions} kinds of questions in one go` };
    const because =
      questions === 1 ? 'administrators ask this too' : 'accounts, names and sessions of one host in one go; consoles ask so too';
    return { severity: 'informational', confidence: 'low', because };
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
