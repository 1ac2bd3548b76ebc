import { severityRank } from '../../shared/model/severity.ts';
import type { SigmaMatch } from '../../shared/model/sigma.ts';
import { SIGMA_PREFIX } from '../../shared/model/sigma.ts';
import type { AlertDraft } from '../detections/run.ts';
import type { SigmaGroup } from './sigma-groups.ts';

export type Folded = {
  /** Groups that become alerts of their own. */
  readonly kept: SigmaGroup[];
  /** By id of our alert: the rules that matched its records too. */
  readonly matches: ReadonlyMap<string, readonly SigmaMatch[]>;
};

const MATCHES_PER_ALERT = 50;
/** Authors of rules grade higher than we do: "high" for a cleared log is our "medium". */
const STEP = 1;

/**
 * A Sigma rule that sees what one of our alerts shows already does not fill the queue twice: where at least half of a group's records are evidence of
 * alerts of ours, and these are at most one step less severe, the rule is named in them instead. What we hold for harmless never hides a grave rule.
 */
export function foldSigma(alerts: readonly Pick<AlertDraft, 'id' | 'severity' | 'evidence'>[], groups: readonly SigmaGroup[]): Folded {
  const byEvent = new Map<number, (typeof alerts)[number][]>();
  for (const alert of alerts) {
    for (const { eventIndex } of alert.evidence) {
      const held = byEvent.get(eventIndex);
      if (held) held.push(alert);
      else byEvent.set(eventIndex, [alert]);
    }
  }
  const matches = new Map<string, Map<string, SigmaMatch>>();
  const kept = groups.filter((group) => {
    const counts = new Map<string, number>();
    let covered = 0;
    for (const { index } of group.sample) {
      const ours = (byEvent.get(index) ?? []).filter((alert) => severityRank(alert.severity) >= severityRank(group.severity) - STEP);
      if (ours.length > 0) covered++;
      for (const { id } of ours) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    if (covered * 2 < group.sample.length) return true;
    for (const [id, records] of counts) addMatch(matches, id, group, records);
    return false;
  });
  return { kept, matches: new Map([...matches].map(([id, held]) => [id, [...held.values()]])) };
}

function addMatch(matches: Map<string, Map<string, SigmaMatch>>, id: string, { rule }: SigmaGroup, records: number): void {
  const held = matches.get(id) ?? new Map<string, SigmaMatch>();
  matches.set(id, held);
  const detection = SIGMA_PREFIX + rule.key;
  const known = held.get(detection);
  if (known === undefined && held.size >= MATCHES_PER_ALERT) return;
  held.set(detection, { detection, title: rule.title, level: rule.level, records: (known?.records ?? 0) + records });
}
