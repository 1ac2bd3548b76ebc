import { plural } from './plural.ts';
import type { StageParts, StageWords, StoryAct } from './story-act.ts';

/** Whose secrets: the accounts named as objects, else those it was done to; without any, just what it was. */
function secretsOf({ objects, accounts }: StageParts, words: StageWords, fallback: string): string {
  const owners = objects.length > 0 ? objects : accounts;
  return owners.length > 0 ? `the credentials of ${words.list(owners)}` : fallback;
}

function placesOf({ places, sources }: StageParts, words: StageWords): string {
  return places.length > 0 ? words.on(places) : words.from(sources);
}

/** Who did it: those who acted, else the accounts as which somebody came. */
function doers({ actors, accounts }: StageParts) {
  return actors.length > 0 ? actors : accounts;
}

/** Where hosts are known they are the subject, else the phrase that says it without them. */
function onHosts(parts: StageParts, words: StageWords, rest: string, without: string): string {
  const many = parts.places.length > 1;
  return parts.places.length > 0
    ? `${words.list(parts.places)} ${many ? 'were' : 'was'} ${rest}${words.by(parts.actors)}`
    : `${without}${words.by(parts.actors)}${words.from(parts.sources)}`;
}

/** From the particular to the general; the first that an alert fits tells it. Names of techniques and tactics: ATT&CK. */
export const STORY_ACTS: readonly StoryAct[] = [
  {
    id: 'replication',
    techniques: ['T1003.006', 'T1207'],
    tactic: 'Credential Access',
    clause: (parts, words) =>
      `the directory was replicated${parts.places.length > 0 ? ` from ${words.list(parts.places)}` : ''}${words.by(parts.actors)}`,
  },
  {
    id: 'roasting',
    techniques: ['T1558.003', 'T1558.004'],
    tactic: 'Credential Access',
    takes: true,
    clause: (parts, words) =>
      `tickets that give away ${secretsOf(parts, words, 'credentials')} were taken${words.from(parts.sources)}${parts.sources.length > 0 ? '' : words.on(parts.places)}`,
  },
  {
    id: 'guessing',
    techniques: ['T1110'],
    tactic: 'Credential Access',
    takes: true,
    clause: (parts, words) =>
      `passwords of ${parts.accounts.length > 3 ? plural(parts.accounts.length, 'account') : words.list(parts.accounts) || 'accounts'} were tried${words.from(parts.sources)}${parts.places.length > 0 ? ` against ${words.list(parts.places)}` : ''}`,
  },
  {
    id: 'dumping',
    techniques: ['T1003', 'T1555', 'T1552', 'T1649', 'T1187', 'T1557'],
    tactic: 'Credential Access',
    takes: true,
    clause: (parts, words) => {
      const what = parts.objects.length > 0 ? secretsOf(parts, words, '') : 'credentials';
      return `${what} were taken${placesOf(parts, words)}${words.by(parts.actors)}`;
    },
  },
  {
    id: 'forging',
    techniques: ['T1558', 'T1134.005', 'T1556'],
    tactic: 'Credential Access',
    clause: (parts, words) => `proof of identity${ofWhom(doers(parts), words)} was forged${placesOf(parts, words)}`,
  },
  {
    id: 'stolen-credentials',
    techniques: ['T1550', 'T1134'],
    tactic: 'Lateral Movement',
    clause: (parts, words) => {
      const owners = [...parts.accounts, ...parts.objects];
      const whose = owners.length > 0 ? `the credentials of ${words.list(owners)}` : 'stolen credentials';
      return `${whose}${words.isTaken(owners) ? ', put at risk before,' : ''} were used${words.from(parts.sources)}${parts.places.length > 0 ? ` against ${words.list(parts.places)}` : ''}`;
    },
  },
  {
    id: 'traces',
    techniques: ['T1070', 'T1562'],
    tactic: 'Defense Evasion',
    clause: (parts, words) => `traces were removed or hidden${placesOf(parts, words)}${words.by(parts.actors)}`,
  },
  {
    id: 'accounts',
    techniques: ['T1098', 'T1136', 'T1484', 'T1222'],
    tactic: 'Persistence',
    clause: (parts, words) => {
      const changed = [...parts.accounts, ...parts.objects];
      return `${changed.length > 0 ? words.list(changed) : 'accounts or rights'} ${changed.length > 1 || changed.length === 0 ? 'were' : 'was'} created or given rights${words.by(parts.actors)}`;
    },
  },
  {
    id: 'remote-run',
    techniques: ['T1021.002', 'T1021.003', 'T1021.006', 'T1047', 'T1053', 'T1543.003', 'T1569', 'T1570', 'T1210', 'T1559'],
    tactic: 'Lateral Movement',
    clause: (parts, words) => onHosts(parts, words, `taken over${words.from(parts.sources)}`, 'programs were run on other hosts'),
  },
  {
    id: 'survey',
    tactics: ['Discovery', 'Reconnaissance'],
    tactic: 'Discovery',
    clause: (parts, words) => `the surroundings were surveyed${placesOf(parts, words)}${words.by(doers(parts))}`,
  },
  {
    id: 'entry',
    tactics: ['Initial Access'],
    tactic: 'Initial Access',
    clause: (parts, words) => onHosts(parts, words, `entered${words.from(parts.sources)}`, 'a way in was found'),
  },
  {
    id: 'execution',
    tactics: ['Execution'],
    tactic: 'Execution',
    clause: (parts, words) => onHosts(parts, words, 'taken over', 'programs were run'),
  },
  {
    id: 'movement',
    tactics: ['Lateral Movement'],
    tactic: 'Lateral Movement',
    clause: (parts, words) =>
      parts.places.length > 0
        ? `${words.list(parts.places)} ${parts.places.length > 1 ? 'were' : 'was'} reached${words.from(parts.sources)}${words.by(doers(parts))}`
        : `another host was reached${words.from(parts.sources)}${words.by(doers(parts))}`,
  },
  {
    id: 'secrets',
    tactics: ['Credential Access'],
    tactic: 'Credential Access',
    takes: true,
    clause: (parts, words) =>
      `${secretsOf(parts, words, 'credentials')} were put at risk${placesOf(parts, words)}${words.by(parts.actors)}`,
  },
  {
    id: 'rights',
    tactics: ['Privilege Escalation'],
    tactic: 'Privilege Escalation',
    clause: (parts, words) => `higher rights were gained${placesOf(parts, words)}${words.by(doers(parts))}`,
  },
  {
    id: 'foothold',
    tactics: ['Persistence'],
    tactic: 'Persistence',
    clause: (parts, words) => `a foothold was left${placesOf(parts, words)}${words.by(parts.actors)}`,
  },
  {
    id: 'evasion',
    tactics: ['Defense Evasion'],
    tactic: 'Defense Evasion',
    clause: (parts, words) => `defenses were evaded${placesOf(parts, words)}${words.by(parts.actors)}`,
  },
  {
    id: 'control',
    tactics: ['Command and Control'],
    tactic: 'Command and Control',
    clause: (parts, words) => onHosts(parts, words, 'controlled from outside', 'a host was controlled from outside'),
  },
  {
    id: 'collection',
    tactics: ['Collection', 'Exfiltration'],
    tactic: 'Collection',
    clause: (parts, words) => `data was gathered or carried off${placesOf(parts, words)}${words.by(parts.actors)}`,
  },
  {
    id: 'impact',
    tactics: ['Impact'],
    tactic: 'Impact',
    clause: (parts, words) => `damage was done${placesOf(parts, words)}${words.by(parts.actors)}`,
  },
  {
    id: 'other',
    tactic: '',
    clause: (parts, words) => `something unusual happened${placesOf(parts, words)}${words.by(doers(parts))}`,
  },
];

function ofWhom(owners: StageParts['actors'], words: StageWords): string {
  return owners.length > 0 ? ` of ${words.list(owners)}` : '';
}
