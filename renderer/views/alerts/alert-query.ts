import type { AlertFilter } from '../../../shared/contract/inputs.ts';
import type { Input } from '../../../shared/contract/operations.ts';
import { ALERT_SHELVES, ALERT_SOURCES, ALERT_STATUSES, type AlertShelf, CLASSIFICATIONS } from '../../../shared/model/alert.ts';
import { SEVERITIES } from '../../../shared/model/severity.ts';
import type { RouteParams } from '../../app/router.ts';

/** What the queue shows, as it stands in the address: links and the back button carry it. */
export type AlertQuery = {
  readonly status: 'open' | 'resolved' | 'all';
  /** Empty: what is worse than informational, in the queue; all elsewhere. */
  readonly severities: NonNullable<AlertFilter['severities']>;
  readonly classifications: NonNullable<AlertFilter['classifications']>;
  readonly sources: NonNullable<AlertFilter['sources']>;
  readonly tactics: readonly string[];
  readonly detections: readonly string[];
  readonly entities: readonly string[];
  readonly from: number | null;
  readonly to: number | null;
  readonly text: string;
  readonly shown: AlertShelf;
  /** Hidden by this exclusion. */
  readonly exclusion: number | null;
  readonly sort: Input<'alerts.page'>['sort'];
};

export const ATTACK_SEVERITIES = SEVERITIES.filter((severity) => severity !== 'informational');
const SORTS: readonly AlertQuery['sort'][] = ['severity', 'newest', 'oldest', 'title', 'detection', 'status'];

function list(value: string | undefined): string[] {
  return value ? value.split('|').filter(Boolean) : [];
}

function oneOf<Value extends string>(all: readonly Value[], values: readonly string[]): Value[] {
  return all.filter((value) => values.includes(value));
}

function micros(value: string | undefined): number | null {
  const number = Number(value);
  return value && Number.isSafeInteger(number) ? number : null;
}

export function parseAlertQuery(params: Readonly<Record<string, string>>): AlertQuery {
  return {
    status: params.status === 'all' || params.status === 'resolved' ? params.status : 'open',
    severities: oneOf(SEVERITIES, list(params.severity)),
    classifications: oneOf(CLASSIFICATIONS, list(params.classification)),
    sources: oneOf(ALERT_SOURCES, list(params.source)),
    tactics: list(params.tactic),
    detections: list(params.detection),
    entities: list(params.entity),
    from: micros(params.from),
    to: micros(params.to),
    text: params.text ?? '',
    shown: ALERT_SHELVES.find((shelf) => shelf === params.shown) ?? 'queue',
    exclusion: micros(params.exclusion),
    sort: SORTS.find((sort) => sort === params.sort) ?? 'severity',
  };
}

export function paramsOfAlertQuery(query: AlertQuery, alert: string | null): RouteParams {
  return {
    status: query.status === 'open' ? '' : query.status,
    severity: query.severities.join('|'),
    classification: query.classifications.join('|'),
    source: query.sources.join('|'),
    tactic: query.tactics.join('|'),
    detection: query.detections.join('|'),
    entity: query.entities.join('|'),
    from: query.from,
    to: query.to,
    text: query.text,
    shown: query.shown === 'queue' ? '' : query.shown,
    exclusion: query.exclusion,
    sort: query.sort === 'severity' ? '' : query.sort,
    alert,
  };
}

export function filterOfAlertQuery(query: AlertQuery): AlertFilter {
  return {
    ...(query.status === 'all'
      ? {}
      : { statuses: query.status === 'open' ? [...ALERT_STATUSES].filter((status) => status !== 'resolved') : ['resolved'] }),
    ...severitiesOf(query),
    ...(query.shown === 'queue' ? {} : { shown: query.shown }),
    ...(query.exclusion !== null ? { exclusionId: query.exclusion } : {}),
    ...(query.classifications.length > 0 ? { classifications: query.classifications } : {}),
    ...(query.sources.length > 0 ? { sources: query.sources } : {}),
    ...(query.tactics.length > 0 ? { tactics: [...query.tactics] } : {}),
    ...(query.detections.length > 0 ? { detections: [...query.detections] } : {}),
    ...(query.entities.length > 0 ? { entities: [...query.entities] } : {}),
    ...(query.from !== null || query.to !== null ? { span: { from: query.from, to: query.to } } : {}),
    ...(query.text.trim() ? { text: query.text.trim() } : {}),
  };
}

/** True when nothing but the usual is asked, so an empty answer means an empty queue. */
export function isPlainQuery(query: AlertQuery): boolean {
  const { severities, ...rest } = filterOfAlertQuery({ ...query, status: 'all' });
  return query.severities.length === 0 && Object.keys(rest).length === 0;
}

/** Ordinary work that is only worth a look beside something else does not stand among attacks unless it is asked for. */
function severitiesOf({ severities, shown }: AlertQuery): Pick<AlertFilter, 'severities'> {
  if (severities.length > 0) return { severities };
  return shown === 'queue' ? { severities: ATTACK_SEVERITIES } : {};
}

/** What the informational alerts are that the same question leaves out; null where it leaves out none. */
export function informationalLeftOut(query: AlertQuery): AlertFilter | null {
  return query.severities.length === 0 && query.shown === 'queue' ? { ...filterOfAlertQuery(query), severities: ['informational'] } : null;
}
