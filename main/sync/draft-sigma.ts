import { SIGMA_PREFIX, type SigmaOrigin } from '../../shared/model/sigma.ts';
import { TACTICS, tacticsInOrder } from '../../shared/model/technique.table.ts';
import type { Micros } from '../../shared/model/time.ts';
import { type AlertDraft, alertId, entitiesOf } from '../detections/run.ts';
import { durationWords } from '../detections/words.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { RuleExplanation } from '../sigma/explain-rule.ts';
import type { LogPlace } from '../sigma/log-source.table.ts';
import type { SigmaGroup } from './sigma-groups.ts';
import type { LibraryRule } from './sigma-library.ts';
import { rowEvent } from './sigma-scan.ts';

/** An alert of a Sigma rule: as one of ours, with what its author says in place of what our catalogue says. */
export type SigmaDraft = AlertDraft & { readonly origin: SigmaOrigin };

/** `held`: records with their fields that the alert keeps. */
export function draftSigma(workspace: Workspace, group: SigmaGroup, explanation: RuleExplanation, held: number): SigmaDraft {
  const { rule, sample, count, firstAt, lastAt, gap } = group;
  const detection = SIGMA_PREFIX + rule.key;
  const entities = entitiesOf({ sample: sample.map((event) => ({ event })) }, labelsOf(workspace));
  const actor = entities.find((entity) => entity.role === 'actor') ?? entities.find((entity) => entity.kind === 'user');
  const host = entities.find((entity) => entity.id === sample[0].computerEntity)?.name ?? sample[0].computer;
  const records = count === 1 ? 'One record' : `${count.toLocaleString('en-US')} records`;
  const by = actor === undefined ? '' : ` by ${actor.name}`;
  const found = count === 1 ? '1' : `${count.toLocaleString('en-US')} over ${durationWords(lastAt - firstAt)}`;
  return {
    id: alertId(detection, sample[0]),
    detection,
    externalId: null,
    title: rule.title,
    summary: `${records} on ${host || 'an unnamed host'}${by} ${count === 1 ? 'matches' : 'match'} the Sigma rule “${rule.title}”.`,
    severity: group.severity,
    confidence: rule.status === 'stable' || rule.status === '' ? 'medium' : 'low',
    ...attackOf(rule.tags),
    firstAt,
    lastAt,
    entities,
    evidenceCount: count,
    evidence: sample
      .slice(0, held)
      .map((event) => ({ eventIndex: event.index, step: 'matched', fields: fieldsOf(workspace, rule, explanation, event.index) })),
    conditions: [{ name: 'records that match, by host and account', found, required: gapWords(gap) }],
    origin: { ...explanation.words, rule: rule.key, level: rule.level, status: rule.status, path: rule.path },
  };
}

function gapWords(gap: Micros): string {
  return Number.isFinite(gap)
    ? `at least 1, none more than ${durationWords(gap)} from the next`
    : 'at least 1, taken together: the rule matches often';
}

function labelsOf(workspace: Workspace): Parameters<typeof entitiesOf>[1] {
  return {
    label: (id) => {
      const entity = workspace.entity(id);
      return entity ? { name: entity.name, kind: entity.kind } : null;
    },
  };
}

function fieldsOf(workspace: Workspace, rule: LibraryRule, { explain }: RuleExplanation, index: number) {
  const event = rowEvent(workspace.events, index);
  const place = placeOf(rule.rule?.places ?? [], event.eventId, workspace.event(index).channel.toLowerCase());
  event.rename = place?.rename;
  // The analyst looks the field up in the record: there it has the record's name.
  return explain(event).map(([name, value, meaning]) => [place?.rename?.[name] ?? name, value, meaning] as const);
}

function placeOf(places: readonly LogPlace[], eventId: number, channel: string): LogPlace | undefined {
  return places.find((place) => place.channel === channel && (place.eventIds === null || place.eventIds.includes(eventId)));
}

/** Tags of the namespace `attack` name techniques (`attack.t1003.001`) and tactics (`attack.credential-access`, formerly with `_`). */
export function attackOf(tags: readonly string[]): { techniques: string[]; tactics: string[] } {
  const names = tags.flatMap((tag) => /^attack\.(.+)$/.exec(tag.toLowerCase())?.[1] ?? []);
  const techniques = [...new Set(names.filter((name) => /^t\d{4}(\.\d{3})?$/.test(name)).map((name) => name.toUpperCase()))];
  const plain = new Set(names.map((name) => name.replaceAll(/[-_]/g, ' ')));
  const tactics = TACTICS.map(({ name }) => name).filter((name) => plain.has(name.toLowerCase()));
  return { techniques, tactics: tacticsInOrder(tactics) };
}
