import type { IncidentDetail } from '../../shared/model/incident.ts';
import { findLinks, oldestFirst } from './find-links.ts';
import type { LinkableAlert } from './link-rule.ts';

/** The alerts of one incident as a story in the order of time, and why each belongs to it. */
export function tellStory(alerts: readonly LinkableAlert[]): Pick<IncidentDetail, 'story' | 'links'> {
  const story = [...alerts].sort(oldestFirst).map((alert) => ({ at: alert.firstAt, text: alert.summary, alertId: alert.id }));
  return { story, links: findLinks(alerts) };
}
