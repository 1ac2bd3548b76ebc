import type { Input } from '../../shared/contract/operations.ts';
import type { BlindMatrix, BlindSpot } from '../../shared/model/blind-spot.ts';
import { ok, problem, type Result } from '../../shared/result.ts';
import { type BlindQuestion, blindMatrix, listBlindSpots } from '../blind-spots/blind-matrix.ts';
import type { BlindSpots } from '../blind-spots/blind-spots.ts';
import { wantedOf } from '../blind-spots/wanted.ts';
import { detectionRegistry } from '../detections/registry.ts';
import type { Workspace } from '../engine/workspace.ts';
import { LruCache } from '../lib/lru-cache.ts';
import { inTurns } from '../sync/detect.ts';
import { hostsAround } from './hosts-around.ts';
import { knownBlindSpots, whenReloaded } from './known-blind-spots.ts';
import type { Operations } from './operation.ts';

type Asked = Omit<Input<'detections.blindSpots'>, 'cursor' | 'limit'>;
type Answers = {
  readonly matrix: Promise<Omit<BlindMatrix, 'next' | 'cannotFire'> | null>;
  readonly list: Promise<{ readonly spots: readonly BlindSpot[]; readonly isCut: boolean } | null>;
};
const ANSWERS_HELD = 12;
/** Answers to the last questions, so that the next page of one costs nothing. */
const ANSWERED = new WeakMap<BlindSpots, LruCache<string, Partial<Answers>>>();

const GONE = problem('failed', 'The evidence changed while this was looked at. Ask again.');

export const blindSpotOperations: Operations<'detections.blindMatrix' | 'detections.blindSpots'> = {
  'detections.blindMatrix': async ({ cursor, limit, ...asked }, { workspace, runner }) => {
    const question = await questionOf(workspace, asked);
    if (!question.ok) return question;
    const { spots, ...rest } = question.value;
    const matrix = await answer(spots, 'matrix', asked, () => inTurns(blindMatrix(spots, rest), whenReloaded(workspace)));
    if (matrix === null) return GONE;
    const cannotFire = runner.cannotFire().find(({ detection }) => detection === asked.detection)?.reason ?? '';
    return ok({ ...matrix, ...pageAt(matrix.rows, cursor, limit), cannotFire });
  },

  'detections.blindSpots': async ({ cursor, limit, ...asked }, { workspace }) => {
    const question = await questionOf(workspace, asked);
    if (!question.ok) return question;
    const { spots, ...rest } = question.value;
    const list = await answer(spots, 'list', asked, () => inTurns(listBlindSpots(spots, rest), whenReloaded(workspace)));
    if (list === null) return GONE;
    return ok({ ...pageAt(list.spots, cursor, limit), total: list.isCut ? null : list.spots.length, searched: 1 });
  },
};

async function questionOf(workspace: Workspace, asked: Asked): Promise<Result<BlindQuestion & { readonly spots: BlindSpots }>> {
  const detection = asked.detection === undefined ? null : detectionRegistry.find(({ id }) => id === asked.detection);
  if (detection === undefined) return problem('not-found', `There is no detection ${asked.detection}. Choose one from the list.`);
  if (asked.entity !== undefined && workspace.entity(asked.entity) === null)
    return problem('not-found', 'Nothing in the stored records names this entity any more.');
  const spots = await knownBlindSpots(workspace);
  if (spots === null) return GONE;
  const wanted = detection === null ? null : wantedOf(detection.reads);
  const hosts = asked.entity === undefined ? null : hostsAround(workspace, spots, asked.entity, wanted);
  return ok({ spots, wanted, span: asked.span ?? { from: null, to: null }, hosts });
}

function answer<Part extends keyof Answers>(
  spots: BlindSpots,
  part: Part,
  asked: Asked,
  run: () => NonNullable<Answers[Part]>,
): Answers[Part] {
  const held = ANSWERED.get(spots) ?? new LruCache<string, Partial<Answers>>(ANSWERS_HELD, () => 1);
  ANSWERED.set(spots, held);
  const key = JSON.stringify([part, asked.detection, asked.entity, asked.span?.from, asked.span?.to]);
  const known = held.get(key)?.[part];
  if (known !== undefined) return known as Answers[Part];
  const fresh = run();
  held.set(key, { [part]: fresh } as Partial<Answers>);
  return fresh as Answers[Part];
}

/** The cursor is the position of the next row. */
function pageAt<Row>(rows: readonly Row[], cursor: string | null, limit: number): { rows: readonly Row[]; next: string | null } {
  const from = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const to = from + limit;
  return { rows: rows.slice(from, to), next: to < rows.length ? String(to) : null };
}
