import type { AlertEntity } from '../../shared/model/alert.ts';
import type { StoryStage } from '../../shared/model/incident.ts';
import type { EntityFacts, LinkableAlert } from './link-rule.ts';
import { listNames } from './list-names.ts';
import { isAct, type StageParts, type StageWords, type StoryAct } from './story-act.ts';
import { STORY_ACTS } from './story-acts.table.ts';

const ENTITIES_PER_STAGE = 12;
/** Beyond so many the rest joins the last of them: a story of a hundred stages is none. */
const STAGES_PER_ACT = 8;
const PLACES: ReadonlySet<string> = new Set(['computer', 'address']);

/** Alerts of one kind of act, as they are gathered. */
type Gathered = {
  readonly act: StoryAct;
  readonly alerts: LinkableAlert[];
  readonly accounts: Set<string>;
  readonly hosts: Set<string>;
  readonly detections: Set<string>;
  repeats: number;
};

/**
 * Folds alerts (oldest first) into the stages of a story, in the order in which they begin. Each alert is in exactly one stage: that of the same
 * kind of act by or on the same account, else of the same place. What one detection saw before of the same accounts and hosts is counted as a
 * repetition.
 */
export function storyStages(alerts: readonly LinkableAlert[], facts: EntityFacts): StoryStage[] {
  const stages = gather(alerts);
  const taken = new Set<string>();
  let lastPlaces: readonly AlertEntity[] = [];
  return stages.map((stage) => {
    const parts = partsOf(stage.alerts);
    const words = wordsFor(facts, taken, lastPlaces);
    const text = `${stage.act.clause(parts, words)}${timesWords(stage.repeats)}`;
    if (stage.act.takes) for (const { id } of parts.objects.length > 0 ? parts.objects : parts.accounts) taken.add(id);
    lastPlaces = parts.places;
    const { tactics } = stage.alerts[0];
    const tactic = stage.alerts.some((alert) => alert.tactics.includes(stage.act.tactic)) ? stage.act.tactic : (tactics[0] ?? '');
    return { at: stage.alerts[0].firstAt, text, alertIds: stage.alerts.map(({ id }) => id), entities: entitiesOf(parts), tactic };
  });
}

function gather(alerts: readonly LinkableAlert[]): Gathered[] {
  const byAct = new Map<string, Gathered[]>();
  const stages: Gathered[] = [];
  for (const alert of alerts) {
    const act = STORY_ACTS.find((candidate) => isAct(candidate, alert))!;
    const known = byAct.get(act.id) ?? [];
    const accounts = alert.entities.filter(({ kind, role }) => kind === 'user' && role !== 'host').map(({ id }) => id);
    const hosts = alert.entities.filter(({ kind, role }) => PLACES.has(kind) && role !== 'host').map(({ id }) => id);
    let stage =
      known.find((candidate) => isSameStage(candidate, accounts, hosts)) ?? (known.length >= STAGES_PER_ACT ? known.at(-1) : undefined);
    if (stage === undefined) {
      stage = { act, alerts: [], accounts: new Set(), hosts: new Set(), detections: new Set(), repeats: 0 };
      stages.push(stage);
      byAct.set(act.id, [...known, stage]);
    } else if (
      stage.detections.has(alert.detection) &&
      accounts.every((id) => stage!.accounts.has(id)) &&
      hosts.every((id) => stage!.hosts.has(id))
    ) {
      stage.repeats++;
    }
    stage.alerts.push(alert);
    stage.detections.add(alert.detection);
    for (const id of accounts) stage.accounts.add(id);
    for (const id of hosts) stage.hosts.add(id);
  }
  return stages;
}

/** What is done to many accounts (guessing, taking secrets) is one stage by its place, what is done with an account by that account. */
function isSameStage(stage: Gathered, accounts: readonly string[], hosts: readonly string[]): boolean {
  if (accounts.some((id) => stage.accounts.has(id))) return true;
  const isByPlace = stage.act.takes === true || stage.accounts.size === 0 || accounts.length === 0;
  return isByPlace && hosts.some((id) => stage.hosts.has(id));
}

function partsOf(alerts: readonly LinkableAlert[]): StageParts {
  const entities = alerts.flatMap((alert) => alert.entities);
  const unique = (isWanted: (entity: AlertEntity) => boolean) => [
    ...new Map(entities.filter(isWanted).map((entity) => [entity.id, entity])).values(),
  ];
  const sources = unique(({ role }) => role === 'source');
  const actors = unique(({ role, kind }) => role === 'actor' && kind === 'user');
  return {
    sources,
    places: unique(({ role, kind, id }) => kind === 'computer' && role === 'target' && !sources.some((source) => source.id === id)),
    actors,
    accounts: unique(({ role, kind, id }) => role === 'target' && kind === 'user' && !actors.some((actor) => actor.id === id)),
    objects: unique(({ role, kind }) => role === 'object' && kind !== 'computer' && kind !== 'address'),
  };
}

function entitiesOf({ sources, actors, objects, accounts, places }: StageParts): AlertEntity[] {
  const all = [...sources, ...actors, ...places, ...objects, ...accounts];
  return [...new Map(all.map((entity) => [entity.id, entity])).values()].slice(0, ENTITIES_PER_STAGE);
}

function wordsFor(facts: EntityFacts, taken: ReadonlySet<string>, lastPlaces: readonly AlertEntity[]): StageWords {
  const list = (entities: readonly AlertEntity[]) => listNames(telling(entities, facts).map((entity) => nameOf(entity, facts)));
  const isThere = (places: readonly AlertEntity[]) => places.length === 1 && lastPlaces.length === 1 && places[0].id === lastPlaces[0].id;
  return {
    list,
    on: (places) => (places.length === 0 ? '' : isThere(places) ? ' there' : ` on ${list(places)}`),
    from: (sources) => (sources.length === 0 ? '' : ` from ${list(sources)}`),
    by: (actors) => (actors.length === 0 ? '' : ` by ${list(actors)}`),
    isTaken: (accounts) => accounts.some(({ id }) => taken.has(id)),
  };
}

/** Of many names those that matter most come first, so that they are not among the hidden ones. */
function telling(entities: readonly AlertEntity[], facts: EntityFacts): readonly AlertEntity[] {
  const weight = ({ id }: AlertEntity) => (facts.isDomainController(id) || facts.markOf(id) !== null ? 0 : 1);
  return entities.length > 3 ? [...entities].sort((a, b) => weight(a) - weight(b)) : entities;
}

function nameOf({ id, kind, name }: AlertEntity, facts: EntityFacts): string {
  if (kind === 'computer' && facts.isDomainController(id)) return `the domain controller ${name}`;
  const mark = kind === 'user' ? facts.markOf(id) : null;
  return mark === null ? name : `the ${mark} account ${name}`;
}

function timesWords(repeats: number): string {
  if (repeats === 0) return '';
  return repeats === 1 ? ' (and once more)' : ` (and ${repeats.toLocaleString('en-US')} more times)`;
}
