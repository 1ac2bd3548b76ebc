import type { StoryStage } from '../../shared/model/incident.ts';
import { SEVERITIES, severityRank } from '../../shared/model/severity.ts';
import type { EntityFacts, LinkableAlert } from './link-rule.ts';
import { plural } from './plural.ts';

const MOST_CLAUSES = 6;

/**
 * One sentence of the stages in their order. Of more than six the weightiest are told and the rest is counted; what begins with a name keeps its
 * small letter.
 */
export function storyHeadline(stages: readonly StoryStage[], alerts: readonly LinkableAlert[], facts: EntityFacts): string {
  if (stages.length === 0) return '';
  const told = weightiest(stages, alerts, facts);
  const clauses = told.map((stage) => stage.text);
  const left = stages.length - told.length;
  if (left > 0) clauses.push(plural(left, 'more step'));
  const last = clauses[clauses.length - 1];
  const sentence = clauses.length === 1 ? last : `${clauses.slice(0, -1).join('; ')}; and ${last}`;
  const beginsWithName = told[0].entities.some(({ name }) => sentence.startsWith(name));
  return `${beginsWithName ? sentence : sentence[0].toUpperCase() + sentence.slice(1)}.`;
}

/** By the worst alert; that a domain controller was reached is told in any case. Of equals one of each tactic first. */
function weightiest(stages: readonly StoryStage[], alerts: readonly LinkableAlert[], facts: EntityFacts): readonly StoryStage[] {
  if (stages.length <= MOST_CLAUSES) return stages;
  const rankOf = new Map(alerts.map((alert) => [alert.id, severityRank(alert.severity)]));
  const weight = (stage: StoryStage) =>
    stage.entities.some(({ id, name, role }) => role === 'target' && facts.isDomainController(id) && stage.text.includes(name))
      ? SEVERITIES.length
      : stage.alertIds.reduce((worst, id) => Math.max(worst, rankOf.get(id) ?? 0), 0);
  const seen = new Map<string, number>();
  const ranked = stages.map((stage) => {
    const key = `${weight(stage)}|${stage.tactic}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return { stage, weight: weight(stage), nth: seen.get(key)! };
  });
  ranked.sort((a, b) => b.weight - a.weight || a.nth - b.nth || a.stage.at - b.stage.at);
  const chosen = new Set(ranked.slice(0, MOST_CLAUSES).map(({ stage }) => stage));
  return stages.filter((stage) => chosen.has(stage));
}
