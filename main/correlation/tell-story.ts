import type { IncidentDetail } from '../../shared/model/incident.ts';
import { findLinks, oldestFirst } from './find-links.ts';
import { type EntityFacts, type LinkableAlert, NOTHING_KNOWN, telling } from './link-rule.ts';
import { storyHeadline } from './story-headline.ts';
import { storyStages } from './story-stages.ts';

/**
 * The alerts of one incident as a story in the order of time: in one sentence and in stages by those that tell it (`telling`), line by line by all;
 * and why each belongs to it.
 */
export function tellStory(
  alerts: readonly LinkableAlert[],
  facts: EntityFacts = NOTHING_KNOWN,
): Pick<IncidentDetail, 'headline' | 'stages' | 'story' | 'links'> {
  const sorted = [...alerts].sort(oldestFirst);
  const ours = telling(sorted);
  const stages = storyStages(ours, facts);
  const story = sorted.map((alert) => ({ at: alert.firstAt, text: alert.summary, alertId: alert.id }));
  return { headline: storyHeadline(stages, ours, facts), stages, story, links: findLinks(alerts, facts) };
}
