import { createHash } from 'node:crypto';
import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { AlertEntity, AlertRow, EntityRole } from '../../shared/model/alert.ts';
import type { IdentityEvent } from '../../shared/model/event.ts';
import { formatMoment } from '../../shared/model/time.ts';
import { type Detection, type Explained, type Group, type Step, stepOf } from './detection.ts';
import { createFacts, type FactSource, type Facts } from './facts.ts';
import { OBSERVED_EVENT_IDS, Observations } from './observations.ts';
import { isWeakUserTicket, ticketClient } from './tickets.ts';
import { longestWithin, OpenGroup } from './window.ts';
import { durationWords } from './words.ts';

type EvidenceDraft = { readonly eventIndex: number; readonly step: string; readonly fields: readonly Explained[] };
type Count = { readonly name: string; readonly found: string; readonly required: string };

/** All that a detection says of an alert; the store adds what people say of it. */
export type AlertDraft = Omit<AlertRow, 'incidentId' | 'isTest' | 'hiddenBy' | 'status' | 'classification' | 'comment'> & {
  /** At most `BOUNDS.evidencePerAlert`, oldest first; `evidenceCount` is the true number. */
  readonly evidence: readonly EvidenceDraft[];
  readonly conditions: readonly Count[];
};

/** A detection that broke, or a limit that was met; the others went on. */
export type DetectionFailure = { readonly detection: string; readonly reason: string };

export type DetectionResult = { readonly alerts: readonly AlertDraft[]; readonly failures: readonly DetectionFailure[] };

export type DetectionInput = {
  /** Oldest first; only events whose id is in `eventIdsRead`. */
  readonly events: Iterable<IdentityEvent>;
  readonly facts: FactSource;
};

const EVENTS_PER_TURN = 400;
const OPEN_GROUPS_HELD = 50_000;
const ALERTS_HELD = 20_000;
const ENTITIES_PER_ALERT = 60;

/**
 * Records in which the recording host is only the witness: a domain controller that issued a ticket, checked a password or keeps the
 * groups of its domain. Elsewhere the host is where it happened. Witnesses tie no alerts together.
 */
const WITNESSED = new Set([4728, 4729, 4756, 4757, 4768, 4769, 4771, 4776]);

/** Event ids that must be handed to `runDetections`: what detections read and what their facts live on. */
export function eventIdsRead(detections: readonly Detection[]): ReadonlySet<number> {
  const ids = new Set<number>(OBSERVED_EVENT_IDS);
  for (const detection of detections) for (const reading of detection.reads) for (const id of reading.eventIds) ids.add(id);
  return ids;
}

/** One detection on its way through the events. */
type Track = {
  readonly detection: Detection;
  readonly stepsById: ReadonlyMap<number, readonly Step[]>;
  readonly within: number;
  readonly open: Map<string, OpenGroup>;
  broken: boolean;
};

/**
 * Runs all detections over the events in one ordered pass. Yields every few hundred events, so that the caller can give
 * time to other work. The same events give the same alerts with the same ids, whatever files they came from.
 */
export function* runDetections(detections: readonly Detection[], input: DetectionInput): Generator<void, DetectionResult> {
  const seen = new Observations();
  const facts = createFacts(input.facts, seen);
  const tracks = detections.map(
    (detection): Track => ({
      detection,
      stepsById: stepsByEventId(detection.steps),
      within: longestWithin(detection.over),
      open: new Map(),
      broken: false,
    }),
  );
  const byEventId = indexByEventId(tracks);
  const result = { alerts: [] as AlertDraft[], failures: [] as DetectionFailure[] };
  let turn = 0;
  for (const event of input.events) {
    seen.observe(event);
    for (const track of byEventId.get(event.eventId) ?? []) {
      if (!track.broken && isRead(track.detection, event)) guard(track, result.failures, () => follow(track, event, facts, result));
    }
    if (event.kind === 'service-ticket-request')
      seen.observeAfter(event, isWeakUserTicket(event) ? event.field('ServiceName') : '', ticketClient(event));
    if (++turn % EVENTS_PER_TURN === 0) yield;
  }
  for (const track of tracks)
    if (!track.broken) guard(track, result.failures, () => closeBefore(track, Number.POSITIVE_INFINITY, facts, result));
  result.alerts.sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1));
  return result;
}

function stepsByEventId(steps: readonly Step[]): Map<number, Step[]> {
  const ids = new Set(steps.flatMap((step) => step.eventIds));
  return new Map([...ids].map((id) => [id, steps.filter((step) => step.eventIds.includes(id))]));
}

function indexByEventId(tracks: readonly Track[]): Map<number, Track[]> {
  const index = new Map<number, Track[]>();
  for (const track of tracks) {
    for (const id of new Set(track.detection.reads.flatMap((reading) => reading.eventIds))) {
      const held = index.get(id);
      if (held) held.push(track);
      else index.set(id, [track]);
    }
  }
  return index;
}

/** Logs that many providers share: there the provider decides, elsewhere the channel says enough. */
const SHARED_CHANNELS = new Set(['system', 'application']);

/** Event ids mean something only together with who wrote them: 1102 and 4625 exist in other channels too. */
function isRead(detection: Detection, event: IdentityEvent): boolean {
  const { channel, eventId } = event;
  return detection.reads.some((reading) => {
    if (!reading.eventIds.includes(eventId)) return false;
    if (channel !== '' && !sameText(reading.channel, channel)) return false;
    // The provider is asked last: it is the one part that costs a look into the record.
    return channel !== '' && !SHARED_CHANNELS.has(channel.toLowerCase())
      ? true
      : event.provider === '' || sameText(reading.provider, productOf(event.provider));
  });
}

/** A named instance of SQL Server writes under a name of its own: `MSSQL$SALES`. */
function productOf(provider: string): string {
  return /^mssql\$/i.test(provider) ? 'MSSQLSERVER' : provider;
}

function sameText(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

function guard(track: Track, failures: DetectionFailure[], work: () => void): void {
  try {
    work();
  } catch (error) {
    track.broken = true;
    track.open.clear();
    failures.push({ detection: track.detection.id, reason: `stopped: ${error instanceof Error ? error.message : String(error)}` });
  }
}

function follow(track: Track, event: IdentityEvent, facts: Facts, result: { alerts: AlertDraft[]; failures: DetectionFailure[] }): void {
  const { detection, open } = track;
  closeBefore(track, event.at - track.within, facts, result);
  const step = stepOf(track.stepsById.get(event.eventId) ?? [], event, facts);
  if (step === null) return;
  const isCounted = step.accompanies !== true;
  const key = detection.over.by(event, facts);
  if (key === '') return;
  const value = isCounted ? (detection.over.distinct?.of(event, facts) ?? '') : '';
  const known = open.get(key);
  if (!isCounted) {
    known?.add(event, step.name, false, value);
    return;
  }
  if (known === undefined && open.size >= OPEN_GROUPS_HELD) dropOldest(track, result.failures);
  const group = known ?? new OpenGroup(key, detection.over, event.at);
  group.add(event, step.name, true, value);
  // Groups are held in the order of their last counted event, so that the ones to close are always in front.
  open.delete(key);
  open.set(key, group);
}

function dropOldest(track: Track, failures: DetectionFailure[]): void {
  const oldest = track.open.keys().next();
  if (!oldest.done) track.open.delete(oldest.value);
  const reason = `more than ${OPEN_GROUPS_HELD.toLocaleString('en-US')} groups at once; the oldest were let go`;
  if (!failures.some((failure) => failure.detection === track.detection.id && failure.reason === reason))
    failures.push({ detection: track.detection.id, reason });
}

function closeBefore(track: Track, at: number, facts: Facts, result: { alerts: AlertDraft[]; failures: DetectionFailure[] }): void {
  for (const [key, open] of track.open) {
    if (open.countedUntil >= at) return;
    track.open.delete(key);
    const group = open.close();
    if (group === null) continue;
    if (result.alerts.length < ALERTS_HELD) result.alerts.push(draftAlert(track.detection, group, facts));
    else if (result.failures.every((failure) => failure.detection !== '')) {
      result.failures.push({ detection: '', reason: `more than ${ALERTS_HELD.toLocaleString('en-US')} alerts; later ones are not kept` });
    }
  }
}

function draftAlert(detection: Detection, group: Group, facts: Facts): AlertDraft {
  const grade = detection.grade?.(group, facts) ?? {};
  const held = group.sample.slice(0, BOUNDS.evidencePerAlert);
  return {
    id: alertId(detection.id, group.anchor),
    detection: detection.id,
    externalId: detection.externalId,
    title: grade.title ?? detection.title,
    summary: detection.summary(group, facts),
    severity: grade.severity ?? detection.severity,
    confidence: grade.confidence ?? detection.confidence,
    techniques: detection.techniques,
    tactics: detection.tactics,
    firstAt: group.firstAt,
    lastAt: group.lastAt,
    entities: entitiesOf(group, facts),
    evidenceCount: [...group.steps.values()].reduce((sum, count) => sum + count, 0),
    evidence: held.map(({ event, step }) => ({
      eventIndex: event.index,
      step,
      fields: detection.explain(event, facts, step).filter(([, value]) => value !== '' && value !== '-'),
    })),
    conditions: conditionsOf(detection, group, grade.because ?? ''),
  };
}

/**
 * From the detection and the first event as it was logged (not from entity ids, which get better with more evidence): the same on every
 * workstation, after every run, in every order of files.
 */
export function alertId(detection: string, anchor: IdentityEvent): string {
  const logged = [
    anchor.computer.toLowerCase(),
    anchor.channel.toLowerCase(),
    anchor.eventId,
    anchor.recordId,
    formatMoment(anchor.at, anchor.tick),
  ];
  return createHash('sha256')
    .update(`${detection}\n${logged.join('\n')}`)
    .digest('hex')
    .slice(0, 32);
}

function conditionsOf(detection: Detection, group: Group, because: string): Count[] {
  const { over } = detection;
  const words = over.thresholds.map((threshold) => {
    const parts = [`at least ${threshold.atLeast}${threshold.step === undefined ? '' : ` ${threshold.step}`}`];
    if (threshold.atLeast === 1) return parts[0];
    if (threshold.distinct !== undefined && over.distinct) parts.push(`${threshold.distinct} ${over.distinct.words}`);
    return `${parts.join(' with ')} within ${durationWords(threshold.within)}`;
  });
  const span = durationWords(group.countedUntil - group.firstAt);
  const conditions: Count[] = [
    {
      name: `events, ${over.byWords}`,
      found: group.count === 1 ? '1' : `${group.count.toLocaleString('en-US')} over ${span}`,
      required: words.join(', or '),
    },
  ];
  if (over.distinct) conditions.push({ name: over.distinct.words, found: String(group.distinct), required: distinctRequired(detection) });
  if (over.requires) {
    const sets = over.requires.map((set) =>
      Object.entries(set)
        .map(([step, atLeast]) => `${step} (${atLeast})`)
        .join(' with '),
    );
    conditions.push({ name: 'steps', found: [...group.steps.keys()].join(', '), required: sets.join(', or ') });
  }
  if (because !== '') conditions.push({ name: 'graded by', found: because, required: '' });
  return conditions;
}

function distinctRequired(detection: Detection): string {
  const numbers = detection.over.thresholds.map((threshold) => threshold.distinct ?? 1);
  return `at least ${Math.min(...numbers)}`;
}

/** Who and what the group's events name, in the order they appear; sources first where an event names several. */
export function entitiesOf(
  group: { readonly sample: readonly { readonly event: IdentityEvent }[] },
  facts: Pick<FactSource, 'label'>,
): AlertEntity[] {
  const found = new Map<string, AlertEntity>();
  const add = (id: string, role: EntityRole, fallback: string): void => {
    if (id === '' || found.has(id) || found.size >= ENTITIES_PER_ALERT) return;
    const label = facts.label(id);
    found.set(id, { id, role, name: label?.name || fallback || id.slice(id.indexOf(':') + 1), kind: label?.kind ?? kindOfId(id) });
  };
  for (const { event } of group.sample) {
    add(event.sourceEntity, 'source', event.sourceHost || event.sourceAddress);
    add(event.actorEntity, 'actor', event.actor?.name ?? '');
    add(event.targetEntity, 'target', event.target?.name ?? '');
    add(event.counterpartEntity, 'object', event.counterpart?.name ?? '');
    add(event.computerEntity, WITNESSED.has(event.eventId) ? 'host' : 'target', event.computer);
  }
  return [...found.values()];
}

function kindOfId(id: string): AlertEntity['kind'] {
  if (id.startsWith('host:')) return 'computer';
  if (id.startsWith('address:')) return 'address';
  if (id.startsWith('service:')) return 'service';
  if (id.startsWith('group:')) return 'group';
  if (id.startsWith('sid:') && !/^sid:S-1-(5-21|12-1)-/.test(id)) return 'well-known';
  return 'user';
}
