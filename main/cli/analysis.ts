import type { AlertDetail, AlertEntity, AlertEvidence } from '../../shared/model/alert.ts';
import type { Reject } from '../../shared/model/event-batch.ts';
import type { FileReport, ImportReport } from '../../shared/model/import.ts';
import type { IncidentDetail } from '../../shared/model/incident.ts';
import type { SigmaMatch } from '../../shared/model/sigma.ts';
import { formatMoment } from '../../shared/model/time.ts';
import type { EngineSession } from './ask-engine.ts';
import { givenPaths, type PathOf } from './given-paths.ts';

/** What `keepwatch analyze` found: the form of its JSON. Moments are ISO 8601 in UTC with seven digits. */
export type Analysis = {
  readonly keepwatch: string;
  readonly imports: readonly ImportedFile[];
  readonly alerts: readonly FoundAlert[];
  readonly incidents: readonly FoundIncident[];
  readonly cannotFire: readonly { readonly detection: string; readonly title: string; readonly reason: string }[];
};

type ImportedFile = {
  readonly path: string;
  readonly format: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly state: FileReport['state'];
  readonly note: string;
  readonly read: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly rejected: number;
  /** The first thousand of the rejected pieces: place and what was expected there. */
  readonly reasons: readonly Reject[];
  readonly firstAt: string | null;
  readonly lastAt: string | null;
};

type FoundAlert = {
  readonly id: string;
  readonly detection: string;
  readonly externalId: number | null;
  readonly title: string;
  readonly summary: string;
  readonly severity: string;
  readonly confidence: string;
  readonly techniques: readonly string[];
  readonly tactics: readonly string[];
  readonly firstAt: string;
  readonly lastAt: string;
  readonly incidentId: string;
  readonly entities: readonly AlertEntity[];
  /** `evidence` holds the first two hundred of these. */
  readonly evidenceCount: number;
  readonly evidence: readonly FoundEvidence[];
  /** Sigma rules that matched the same records. */
  readonly alsoMatched: readonly SigmaMatch[];
};

type FoundEvidence = {
  readonly file: string;
  readonly recordId: number;
  readonly time: string;
  readonly eventId: number;
  readonly computer: string;
  readonly key: string;
  readonly fields: readonly { readonly name: string; readonly value: string; readonly meaning: string }[];
};

type FoundIncident = {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly tactics: readonly string[];
  readonly alertIds: readonly string[];
  readonly entities: readonly AlertEntity[];
  readonly severityReasons: readonly string[];
  readonly headline: string;
  readonly story: readonly { readonly at: string; readonly text: string; readonly alertId: string }[];
};

/** Everything that the store knows after an import, page by page; in the order of time, so that the same evidence gives the same text. */
export async function collectAnalysis(
  session: EngineSession,
  report: ImportReport,
  version: string,
  paths: readonly string[],
): Promise<Analysis> {
  const asGiven = givenPaths(paths);
  const alerts: FoundAlert[] = [];
  for await (const { id } of session.rows((cursor, limit) => session.ask('alerts.page', { filter: {}, sort: 'oldest', cursor, limit }))) {
    alerts.push(describeAlert(await session.ask('alerts.get', { id }), asGiven));
  }
  const incidents: FoundIncident[] = [];
  for await (const { id } of session.rows((cursor, limit) => session.ask('incidents.page', { filter: {}, cursor, limit }))) {
    incidents.push(describeIncident(await session.ask('incidents.get', { id })));
  }
  const cannotFire = report.cannotFire.map(({ detection, title, reason }) => ({ detection, title, reason }));
  return { keepwatch: version, imports: report.files.map((file) => describeFile(file, asGiven)), alerts, incidents, cannotFire };
}

function describeFile(file: FileReport, asGiven: PathOf): ImportedFile {
  const { path, format, sha256, bytes, state, note, read, stored, duplicate, rejected, rejects } = file;
  return {
    path: asGiven(path),
    format,
    sha256,
    bytes,
    state,
    note,
    read,
    stored,
    duplicate,
    rejected,
    reasons: rejects,
    firstAt: momentOrNull(file.firstAt),
    lastAt: momentOrNull(file.lastAt),
  };
}

function describeAlert({ row, evidence }: AlertDetail, asGiven: PathOf): FoundAlert {
  const { id, detection, externalId, title, summary, severity, confidence, techniques, tactics, incidentId, entities, evidenceCount } = row;
  return {
    ...{ id, detection, externalId, title, summary, severity, confidence, techniques, tactics },
    firstAt: formatMoment(row.firstAt),
    lastAt: formatMoment(row.lastAt),
    ...{ incidentId, entities, evidenceCount },
    evidence: evidence.map((item) => describeEvidence(item, asGiven)),
    alsoMatched: row.alsoMatched ?? [],
  };
}

function describeEvidence(
  { file, recordId, at, tick, eventId, computer, eventKey, fields }: AlertEvidence,
  asGiven: PathOf,
): FoundEvidence {
  const named = fields.map(([name, value, meaning]) => ({ name, value, meaning }));
  return { file: asGiven(file), recordId, time: formatMoment(at, tick), eventId, computer, key: eventKey, fields: named };
}

function describeIncident({ row, story, headline }: IncidentDetail): FoundIncident {
  const { id, title, severity, tactics, alertIds, entities, severityReasons } = row;
  const steps = story.map(({ at, text, alertId }) => ({ at: formatMoment(at), text, alertId }));
  return {
    id,
    title,
    severity,
    firstAt: formatMoment(row.firstAt),
    lastAt: formatMoment(row.lastAt),
    tactics,
    alertIds,
    entities,
    severityReasons,
    headline,
    story: steps,
  };
}

function momentOrNull(at: number | null): string | null {
  return at === null ? null : formatMoment(at);
}
