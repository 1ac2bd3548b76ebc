import * as z from 'zod/mini';
import { ALERT_STATUSES, type AlertDetail, type AlertRow, CLASSIFICATIONS } from '../model/alert.ts';
import type { BlindMatrix, BlindSpot } from '../model/blind-spot.ts';
import type { CaseDetail, CaseRow } from '../model/case-file.ts';
import type { CatalogueRow } from '../model/catalogue.ts';
import { ENTITY_TAGS, type EntityDetail, type EntityRow } from '../model/entity.ts';
import type { EventDetail, EventRow } from '../model/event.ts';
import { EDGE_KINDS, type EdgeKind, type GraphView, type PathHop } from '../model/graph.ts';
import type { CannotFire, ImportReport, ImportRow } from '../model/import.ts';
import type { IncidentDetail, IncidentEdit, IncidentRow } from '../model/incident.ts';
import type { Severity } from '../model/severity.ts';
import {
  SIGMA_STATES,
  SIGMA_SWITCHES,
  type SigmaOverview,
  type SigmaRuleDetail,
  type SigmaRuleRow,
  type SigmaSet,
} from '../model/sigma.ts';
import type { Micros } from '../model/time.ts';
import { type DetectionTuning, type ExclusionRow, LEVELS, type Level, MODES, type Mode } from '../model/tuning.ts';
import type { WhyNotAnswer } from '../model/why-not.ts';
import { BOUNDS } from './bounds.ts';
import {
  alertFilter,
  blindQuestion,
  entityFilter,
  eventFilter,
  exclusionDraft,
  graphQuery,
  ids,
  integer,
  micros,
  nothing,
  path,
  rowLimit,
  span,
  text,
} from './inputs.ts';

/** Every question a window may ask: a schema for the input here, a type for the answer in `Answers`. */
export const OPERATIONS = {
  'app.status': nothing,
  'app.cannotFire': nothing,
  'files.browse': z.strictObject({ path: z.optional(path) }),
  'files.pick': z.strictObject({
    purpose: z.enum(['evidence', 'folder', 'rules', 'rules-folder', 'save-case']),
    suggestedName: z.optional(text(255)),
  }),
  'uploads.begin': z.strictObject({ name: text(1024), sizeBytes: integer }),
  'uploads.append': z.strictObject({ uploadId: text(64), base64: text(Math.ceil(BOUNDS.uploadChunkBytes / 3) * 4 + 4) }),
  'uploads.discard': z.strictObject({ uploadId: text(64) }),
  'imports.start': z.strictObject({ paths: z.array(path).check(z.maxLength(BOUNDS.pathsPerImport)), uploadIds: z.optional(ids) }),
  'imports.startDemo': nothing,
  'imports.cancel': z.strictObject({ importId: integer }),
  'imports.list': nothing,
  'imports.report': z.strictObject({ importId: integer }),
  'imports.remove': z.strictObject({ importId: integer }),
  'events.page': z.strictObject({
    filter: eventFilter,
    order: z.enum(['oldest-first', 'newest-first']),
    /** Opaque, from the answer before; null for the first page. */
    cursor: z.nullable(text(128)),
    /** Jump to the page that begins at this moment; only with a null cursor. */
    startAt: z.optional(micros),
    limit: rowLimit,
  }),
  'events.count': z.strictObject({ filter: eventFilter }),
  'events.histogram': z.strictObject({
    filter: eventFilter,
    from: micros,
    to: micros,
    buckets: z.int().check(z.minimum(1), z.maximum(BOUNDS.histogramBuckets)),
  }),
  'events.detail': z.strictObject({ index: integer }),
  'events.locate': z.strictObject({ keys: ids }),
  'graph.view': graphQuery,
  'graph.bundle': z.strictObject({ query: graphQuery, of: text(512), edgeKind: z.enum(EDGE_KINDS), outgoing: z.boolean() }),
  'graph.neighbors': z.strictObject({ entity: text(512), query: graphQuery }),
  'graph.path': z.strictObject({ from: text(512), to: text(512), query: graphQuery }),
  'alerts.page': z.strictObject({
    filter: alertFilter,
    sort: z.enum(['severity', 'newest', 'oldest', 'title', 'detection', 'status']),
    cursor: z.nullable(text(128)),
    limit: rowLimit,
  }),
  'alerts.get': z.strictObject({ id: text(64) }),
  'alerts.update': z.strictObject({
    ids,
    status: z.optional(z.enum(ALERT_STATUSES)),
    classification: z.optional(z.enum(CLASSIFICATIONS)),
    comment: z.optional(text()),
  }),
  'incidents.page': z.strictObject({ filter: alertFilter, cursor: z.nullable(text(128)), limit: rowLimit }),
  'incidents.get': z.strictObject({ id: text(64) }),
  'incidents.update': z.strictObject({
    ids,
    status: z.optional(z.enum(ALERT_STATUSES)),
    classification: z.optional(z.enum(CLASSIFICATIONS)),
  }),
  /** The alerts of all these incidents belong together. */
  'incidents.merge': z.strictObject({ ids }),
  /** These alerts of the incident form one of their own. */
  'incidents.split': z.strictObject({ id: text(64), alertIds: ids }),
  /** Takes an edit back, or makes it again. */
  'incidents.undoEdit': z.strictObject({ editId: integer, undone: z.boolean() }),
  'entities.page': z.strictObject({
    filter: entityFilter,
    sort: z.enum(['alerts', 'events', 'name', 'newest']),
    cursor: z.nullable(text(128)),
    limit: rowLimit,
  }),
  'entities.get': z.strictObject({ id: text(512) }),
  'entities.tag': z.strictObject({ id: text(512), tag: z.enum(ENTITY_TAGS), on: z.boolean() }),
  'search.everything': z.strictObject({ text: text(256), limit: rowLimit }),
  'cases.list': nothing,
  'cases.create': z.strictObject({ title: text(300), author: text(300) }),
  'cases.get': z.strictObject({ caseId: integer }),
  'cases.update': z.strictObject({
    caseId: integer,
    title: z.optional(text(300)),
    author: z.optional(text(300)),
    summary: z.optional(text()),
  }),
  'cases.remove': z.strictObject({ caseId: integer }),
  'cases.restore': z.strictObject({ caseId: integer }),
  'cases.addNote': z.strictObject({ caseId: integer, text: text() }),
  'cases.changeNote': z.strictObject({ caseId: integer, noteId: integer, text: text() }),
  'cases.removeNote': z.strictObject({ caseId: integer, noteId: integer }),
  'cases.addEvidence': z.strictObject({
    caseId: integer,
    items: z
      .array(
        z.strictObject({
          kind: z.enum(['event', 'alert', 'incident', 'graph']),
          key: text(512),
          label: text(1000),
          note: z.optional(text()),
          /** JSON of a `GraphSnapshot`, for kind graph only. */
          snapshot: z.optional(text(8_000_000)),
        }),
      )
      .check(z.maxLength(BOUNDS.bulkIds)),
  }),
  'cases.removeEvidence': z.strictObject({ caseId: integer, evidenceIds: z.array(integer).check(z.maxLength(BOUNDS.bulkIds)) }),
  'cases.export': z.strictObject({ caseId: integer, path, form: z.enum(['zip', 'folder']) }),
  'cases.verify': z.strictObject({ path }),
  'settings.get': nothing,
  'settings.set': z.strictObject({ name: z.enum(['theme', 'time-zone', 'density', 'analyst']), value: text(200) }),
  'detections.list': nothing,
  'detections.catalogue': nothing,
  'detections.whyNot': z.strictObject({ detection: text(128), entity: text(512), span }),
  /** Of one detection, or of the logs as such. */
  'detections.blindMatrix': blindQuestion,
  'detections.blindSpots': blindQuestion,
  'tuning.get': nothing,
  'tuning.set': z.strictObject({ detection: text(64), level: z.optional(z.enum(LEVELS)), mode: z.optional(z.enum(MODES)) }),
  'exclusions.list': nothing,
  'exclusions.add': z.strictObject({ draft: exclusionDraft, author: text(200) }),
  'exclusions.change': z.strictObject({ id: integer, draft: exclusionDraft, author: text(200) }),
  'exclusions.remove': z.strictObject({ ids: z.array(integer).check(z.maxLength(BOUNDS.bulkIds)) }),
  'exclusions.restore': z.strictObject({ ids: z.array(integer).check(z.maxLength(BOUNDS.bulkIds)) }),
  /** `id`: of the exclusion that the draft is to replace. */
  'exclusions.preview': z.strictObject({ draft: exclusionDraft, id: z.optional(integer) }),
  'exclusions.importCsv': z.strictObject({
    text: text(BOUNDS.exclusionText),
    /** Of rows that name none. */
    author: text(200),
    /** `look` changes nothing; `good-rows` leaves bad rows out; `all` adds nothing where a row is bad. */
    mode: z.enum(['look', 'good-rows', 'all']),
  }),
  'exclusions.exportCsv': nothing,
  'sigma.overview': nothing,
  'sigma.add': z.strictObject({ paths: z.array(path).check(z.maxLength(BOUNDS.pathsPerImport)), uploadIds: z.optional(ids) }),
  'sigma.cancelAdd': nothing,
  'sigma.rules': z.strictObject({
    states: z.optional(z.array(z.enum(SIGMA_STATES)).check(z.maxLength(SIGMA_STATES.length))),
    setId: z.optional(integer),
    text: z.optional(text(256)),
    cursor: z.nullable(text(128)),
    limit: rowLimit,
  }),
  'sigma.rule': z.strictObject({ fileId: integer }),
  'sigma.switch': z.strictObject({ kind: z.enum(SIGMA_SWITCHES), value: text(300), on: z.boolean() }),
  'sigma.removeSet': z.strictObject({ setId: integer }),
  'sigma.restoreSet': z.strictObject({ setId: integer }),
} as const;

export type OperationName = keyof typeof OPERATIONS;
export type Input<Name extends OperationName> = z.infer<(typeof OPERATIONS)[Name]>;

export type Page<Row> = {
  readonly rows: readonly Row[];
  /** Null at the end. */
  readonly next: string | null;
  /** Exact number of matches where counting is cheap, else null. */
  readonly total: number | null;
  /** For text searches: how far the search has looked, 0 to 1. Rows may be fewer than asked for while this is below 1 and `next` is set. */
  readonly searched: number;
};

export type AppStatus = {
  readonly version: string;
  /** "Electron 45.4.1" or "Chromium 156 (stand-in)". */
  readonly runtime: string;
  readonly storePath: string;
  readonly storeBytes: number;
  readonly events: number;
  readonly files: number;
  readonly alerts: number;
  /** Not resolved, and worse than informational. */
  readonly openAlerts: number;
  readonly incidents: number;
  readonly entities: number;
  readonly cases: number;
  /** First and last moment of all stored events. */
  readonly span: { readonly from: Micros; readonly to: Micros } | null;
  readonly runningImports: number;
  readonly memoryBytes: number;
  readonly hasNativeDialogs: boolean;
  /** Health notes of the store, empty when all is well. */
  readonly notes: readonly string[];
};

export type FileEntry = {
  readonly name: string;
  readonly path: string;
  readonly kind: 'folder' | 'file';
  readonly sizeBytes: number;
  readonly modifiedAt: Micros;
};

export type Histogram = {
  readonly from: Micros;
  readonly to: Micros;
  readonly bucketMicros: number;
  /** Events a bucket. */
  readonly counts: readonly number[];
  /** Alerts that begin in the bucket, by severity. */
  readonly alerts: Readonly<Record<Severity, readonly number[]>>;
  /** Spans without any record although records lie on both sides: gaps to be hatched. */
  readonly gaps: readonly { readonly from: Micros; readonly to: Micros }[];
  readonly total: number;
};

export type NeighborSummary = {
  readonly entity: string;
  readonly total: number;
  readonly groups: readonly {
    readonly edgeKind: EdgeKind;
    readonly outgoing: boolean;
    readonly entityKind: string;
    readonly count: number;
  }[];
};

export type SearchHit = {
  readonly kind: 'entity' | 'alert' | 'incident' | 'case' | 'detection';
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
};

export type DetectionRow = {
  readonly id: string;
  readonly externalId: number | null;
  readonly title: string;
  readonly severity: Severity;
  readonly techniques: readonly string[];
  readonly tactics: readonly string[];
  readonly whatItSees: string;
  readonly reads: readonly string[];
  readonly benignCauses: readonly string[];
  /** Those that count. */
  readonly alerts: number;
  readonly hiddenAlerts: number;
  readonly testAlerts: number;
  readonly cannotFire: string;
  readonly level: Level;
  readonly mode: Mode;
  /** What must come together, in words, at each level; empty where a single record suffices and no level changes that. */
  readonly levels: readonly { readonly level: Level; readonly words: readonly string[] }[];
  /** Benign causes that the detection leaves out by itself. */
  readonly exceptions: readonly string[];
};

/** What an exclusion would do to what is stored. */
export type ExclusionPreview = {
  readonly hides: number;
  /** Alerts that count now, those that it hides already included. */
  readonly of: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Of those that are hidden, how many nobody has resolved yet. */
  readonly open: number;
  /** Alerts of detections in test mode that it would hide, on top. */
  readonly inTest: number;
  /** Alerts that name the entity or the range beside others in the same part; they stay. */
  readonly shared: number;
  /** The worst first. */
  readonly examples: readonly AlertRow[];
};

export type ExclusionImport = {
  readonly good: number;
  /** Good rows that say what is stored already; they are not added again. */
  readonly known: number;
  readonly bad: readonly { readonly line: number; readonly reason: string }[];
  readonly added: readonly number[];
  /** What the good rows together would hide, or hide now. */
  readonly preview: ExclusionPreview;
};

export type CaseCheck = {
  readonly intact: boolean;
  readonly files: number;
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
  readonly title: string;
  readonly createdAt: string;
};

export type Settings = {
  readonly theme: 'system' | 'dark' | 'light';
  readonly 'time-zone': string;
  readonly density: 'compact' | 'comfortable';
  readonly analyst: string;
};

export type Answers = {
  'app.status': AppStatus;
  'app.cannotFire': readonly CannotFire[];
  'files.browse': {
    readonly path: string;
    readonly parent: string | null;
    readonly entries: readonly FileEntry[];
    readonly places: readonly { readonly name: string; readonly path: string }[];
  };
  'files.pick': { readonly paths: readonly string[] };
  'uploads.begin': { readonly uploadId: string };
  'uploads.append': { readonly receivedBytes: number };
  'uploads.discard': null;
  'imports.start': { readonly importId: number };
  'imports.startDemo': { readonly importId: number };
  'imports.cancel': null;
  'imports.list': readonly ImportRow[];
  'imports.report': ImportReport;
  'imports.remove': { readonly events: number };
  'events.page': Page<EventRow>;
  'events.count': { readonly count: number; readonly exact: boolean };
  'events.histogram': Histogram;
  'events.detail': EventDetail;
  'events.locate': { readonly indexes: readonly number[] };
  'graph.view': GraphView;
  'graph.bundle': { readonly members: readonly (EntityRow & { readonly count: number; readonly lastSeenAt: Micros })[] };
  'graph.neighbors': NeighborSummary;
  'graph.path': { readonly hops: readonly PathHop[]; readonly view: GraphView };
  'alerts.page': Page<AlertRow>;
  'alerts.get': AlertDetail;
  'alerts.update': { readonly changed: number };
  'incidents.page': Page<IncidentRow>;
  'incidents.get': IncidentDetail;
  'incidents.update': { readonly changed: number };
  /** `incidentId`: of what came out of it. */
  'incidents.merge': { readonly edit: IncidentEdit; readonly incidentId: string };
  /** `restId`: of what they were split from; its id changes when its first alert goes. */
  'incidents.split': { readonly edit: IncidentEdit; readonly incidentId: string; readonly restId: string };
  'incidents.undoEdit': { readonly undone: boolean };
  'entities.page': Page<EntityRow>;
  'entities.get': EntityDetail;
  'entities.tag': EntityRow;
  'search.everything': readonly SearchHit[];
  'cases.list': readonly CaseRow[];
  'cases.create': CaseRow;
  'cases.get': CaseDetail;
  'cases.update': CaseRow;
  'cases.remove': null;
  'cases.restore': CaseRow;
  'cases.addNote': CaseDetail;
  'cases.changeNote': CaseDetail;
  'cases.removeNote': CaseDetail;
  'cases.addEvidence': CaseDetail;
  'cases.removeEvidence': CaseDetail;
  'cases.export': { readonly path: string; readonly files: number; readonly sha256: string };
  'cases.verify': CaseCheck;
  'settings.get': Settings;
  'settings.set': Settings;
  'detections.list': readonly DetectionRow[];
  'detections.catalogue': readonly CatalogueRow[];
  'detections.whyNot': WhyNotAnswer;
  'detections.blindMatrix': BlindMatrix;
  'detections.blindSpots': Page<BlindSpot>;
  'tuning.get': readonly DetectionTuning[];
  'tuning.set': DetectionTuning;
  'exclusions.list': readonly ExclusionRow[];
  'exclusions.add': ExclusionRow;
  'exclusions.change': ExclusionRow;
  'exclusions.remove': { readonly changed: number };
  'exclusions.restore': { readonly changed: number };
  'exclusions.preview': ExclusionPreview;
  'exclusions.importCsv': ExclusionImport;
  'exclusions.exportCsv': { readonly text: string; readonly rows: number };
  'sigma.overview': SigmaOverview;
  'sigma.add': { readonly set: SigmaSet; readonly unreadable: number };
  'sigma.cancelAdd': null;
  'sigma.rules': Page<SigmaRuleRow>;
  'sigma.rule': SigmaRuleDetail;
  'sigma.switch': null;
  'sigma.removeSet': null;
  'sigma.restoreSet': null;
};
export type Answer<Name extends OperationName> = Answers[Name];

type SameKeys = [OperationName] extends [keyof Answers] ? ([keyof Answers] extends [OperationName] ? true : never) : never;
/** The compiler names an operation that has no answer type, or an answer without an operation. @public */
export const CONTRACT_IS_COMPLETE: SameKeys = true;

/** What the window has: two functions and the path of a dropped file (empty where the runtime does not tell). */
export type Bridge = {
  /** `request` is the JSON of `{ operation, input }`; the answer is the JSON of a `Result`. */
  call(request: string): Promise<string>;
  /** `listener` gets the JSON of `{ topic, hint }`; returns what ends the subscription. */
  subscribe(listener: (message: string) => void): () => void;
  pathForFile(file: unknown): string;
};
