import * as z from 'zod/mini';
import { ALERT_SHELVES, ALERT_SOURCES, ALERT_STATUSES, CLASSIFICATIONS } from '../model/alert.ts';
import { ENTITY_KINDS, ENTITY_TAGS } from '../model/entity.ts';
import { EVENT_KINDS } from '../model/event.ts';
import { EDGE_KINDS } from '../model/graph.ts';
import { CONFIDENCES, SEVERITIES } from '../model/severity.ts';
import { EXCLUSION_ROLES } from '../model/tuning.ts';
import { BOUNDS } from './bounds.ts';

/** Pieces that several operations share. */
export const text = (most: number = BOUNDS.textLength) => z.string().check(z.maxLength(most));
export const micros = z.number().check(z.refine(Number.isSafeInteger));
export const integer = z.int().check(z.minimum(0));
export const rowLimit = z.int().check(z.minimum(1), z.maximum(BOUNDS.pageRows));
export const path = z.string().check(z.minLength(1), z.maxLength(4096));
const some = <Item extends z.ZodMiniType>(item: Item, most: number = BOUNDS.bulkIds) => z.array(item).check(z.maxLength(most));
export const ids = some(text(512));
export const nothing = z.strictObject({});

/** Half-open span `[from, to)` in microseconds; null ends are open. */
export const span = z.strictObject({ from: z.nullable(micros), to: z.nullable(micros) });

/** What could not be seen: in a span, by one detection, on or around one entity. */
export const blindQuestion = z.strictObject({
  span: z.optional(span),
  entity: z.optional(text(512)),
  detection: z.optional(text(128)),
  cursor: z.nullable(text(128)),
  limit: rowLimit,
});

/** Which events; all given conditions must hold, lists mean "any of". */
export const eventFilter = z.strictObject({
  span: z.optional(span),
  /** Entity ids; an event matches when any of its roles is one of them. */
  entities: z.optional(ids),
  /** Entity ids that must not take part. */
  withoutEntities: z.optional(ids),
  kinds: z.optional(some(z.enum(EVENT_KINDS))),
  eventIds: z.optional(some(integer)),
  /** Event ids (numbers) to leave out. */
  withoutEventIds: z.optional(some(integer)),
  channels: z.optional(some(text(256))),
  computers: z.optional(ids),
  importId: z.optional(integer),
  /** Evidence of these alerts only. */
  alertIds: z.optional(ids),
  /** Evidence of the alerts of one incident. */
  incidentId: z.optional(text(64)),
  /** Records behind one graph edge. */
  edge: z.optional(z.strictObject({ from: text(512), to: text(512), kind: z.enum(EDGE_KINDS) })),
  /** Logon id within one computer: the whole session. */
  session: z.optional(z.strictObject({ computer: text(512), logonId: text(32) })),
  /** Words that must all occur in the record's fields, case-insensitive. */
  text: z.optional(text(256)),
});
export type EventFilter = z.infer<typeof eventFilter>;

export const alertFilter = z.strictObject({
  span: z.optional(span),
  severities: z.optional(some(z.enum(SEVERITIES))),
  confidences: z.optional(some(z.enum(CONFIDENCES))),
  statuses: z.optional(some(z.enum(ALERT_STATUSES))),
  classifications: z.optional(some(z.enum(CLASSIFICATIONS))),
  /** Of imported alerts with the key of the catalogue, which may be long. */
  detections: z.optional(some(text(160))),
  sources: z.optional(some(z.enum(ALERT_SOURCES))),
  tactics: z.optional(some(text(64))),
  entities: z.optional(ids),
  incidentId: z.optional(text(64)),
  /** `queue`, which is also the default: what counts. Apart from it: alerts of detections in test mode, and what exclusions hide. */
  shown: z.optional(z.enum(ALERT_SHELVES)),
  /** Hidden by this exclusion; only with `shown: 'hidden'`. */
  exclusionId: z.optional(integer),
  text: z.optional(text(256)),
});
export type AlertFilter = z.infer<typeof alertFilter>;

export const entityFilter = z.strictObject({
  kinds: z.optional(some(z.enum(ENTITY_KINDS))),
  tags: z.optional(some(z.enum(ENTITY_TAGS))),
  text: z.optional(text(256)),
  withAlertsOnly: z.optional(z.boolean()),
});
export type EntityFilter = z.infer<typeof entityFilter>;

export const graphQuery = z.strictObject({
  span: z.optional(span),
  /** Start set; empty means the whole scope, ranked. */
  focus: z.optional(ids),
  /** Alerts or incidents whose entities and edges are the start set. */
  incidentId: z.optional(text(64)),
  alertIds: z.optional(ids),
  /** Hops around the focus. */
  depth: z.optional(z.int().check(z.minimum(0), z.maximum(4))),
  edgeKinds: z.optional(some(z.enum(EDGE_KINDS))),
  entityKinds: z.optional(some(z.enum(ENTITY_KINDS))),
  minCount: z.optional(integer),
  minDegree: z.optional(integer),
  alertsOnly: z.optional(z.boolean()),
  /** Tickets and logons of machine accounts; left out of the overview unless asked for. */
  machineTraffic: z.optional(z.boolean()),
  /** Fan-outs of more peers than this by one edge kind become one bundle. */
  bundleFrom: z.optional(integer),
  /** Entity ids that must be drawn on their own even inside a bundle (pinned, popped out). */
  keep: z.optional(ids),
  /** Entity ids the analyst has hidden. */
  hide: z.optional(ids),
  maxNodes: z.optional(z.int().check(z.minimum(1), z.maximum(BOUNDS.graphNodes))),
});
export type GraphQuery = z.infer<typeof graphQuery>;

/** An exclusion as a person states it; what must hold between its parts is checked in `main/tuning/check-draft.ts`. */
export const exclusionDraft = z.strictObject({
  detection: text(160),
  entity: text(512),
  entityName: text(512),
  role: z.enum(EXCLUSION_ROLES),
  network: text(64),
  expiresAt: z.nullable(micros),
  reason: text(1000),
});
