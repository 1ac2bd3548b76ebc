import type { Picture, PictureEdge } from './graph-picture.ts';

export type Place = { readonly x: number; readonly y: number };
export type Places = { readonly of: ReadonlyMap<string, Place>; readonly width: number; readonly height: number };

const COLUMN = 290;
const ROW = 84;
const MARGIN_X = 110;
const MARGIN_Y = 46;
const MOST_ROWS = 12;
const SWEEPS = 6;
const WIDTH = 1040;
/** Looking for circles takes the square of their number. */
const MOST_ORDERED = 1_000;

/** Positions as the analyst left them, fitted to the page; without any, columns that follow the direction of the connections. */
export function placeNodes(picture: Picture, given: readonly { readonly id: string; readonly x: number; readonly y: number }[]): Places {
  const known = new Map(given.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)).map(({ id, x, y }) => [id, { x, y }]));
  const isPlaced = picture.nodes.length > 0 && picture.nodes.every((node) => known.has(node.id));
  return isPlaced ? fitToPage(picture, known) : layInColumns(picture);
}

function fitToPage(picture: Picture, known: ReadonlyMap<string, Place>): Places {
  const points = picture.nodes.map((node) => known.get(node.id)!);
  const reach = (values: readonly number[]) =>
    values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [values[0], values[0]]);
  const [left, right] = reach(points.map((point) => point.x));
  const [top, bottom] = reach(points.map((point) => point.y));
  // Nodes of 30 units must stay apart, whatever the zoom they were left at.
  const scale = Math.max(0.35, Math.min(1.6, (WIDTH - 2 * MARGIN_X) / Math.max(1, right - left)));
  const of = new Map(
    picture.nodes.map((node, index) => [
      node.id,
      { x: MARGIN_X + (points[index].x - left) * scale, y: MARGIN_Y + (points[index].y - top) * scale },
    ]),
  );
  return { of, width: Math.max(480, (right - left) * scale + 2 * MARGIN_X), height: (bottom - top) * scale + 2 * MARGIN_Y };
}

function layInColumns({ nodes, edges }: Picture): Places {
  const column = columnsOf(
    nodes.map((node) => node.id),
    edges,
  );
  const rows: string[][] = [];
  for (const { id } of nodes) {
    let at = column.get(id)!;
    while ((rows[at]?.length ?? 0) >= MOST_ROWS) at += 1;
    while (rows.length <= at) rows.push([]);
    rows[at].push(id);
  }
  orderRows(rows, edges);
  const filled = rows.filter((list) => list.length > 0);
  const tallest = Math.max(1, ...filled.map((list) => list.length));
  const step = filled.length < 2 ? COLUMN : Math.min(COLUMN * 1.4, Math.max(COLUMN, (WIDTH - 2 * MARGIN_X) / (filled.length - 1)));
  const of = new Map<string, Place>();
  filled.forEach((list, index) => {
    const top = MARGIN_Y + ((tallest - list.length) * ROW) / 2;
    list.forEach((id, row) => {
      of.set(id, { x: MARGIN_X + index * step, y: top + row * ROW });
    });
  });
  return { of, width: Math.max(480, (filled.length - 1) * step + 2 * MARGIN_X), height: (tallest - 1) * ROW + 2 * MARGIN_Y + 16 };
}

/** Longest way from a node that nothing leads to; connections that would close a circle are left out. */
function columnsOf(ids: readonly string[], edges: readonly PictureEdge[]): Map<string, number> {
  const forward = new Map<string, string[]>(ids.map((id) => [id, []]));
  const incoming = new Map<string, number>(ids.map((id) => [id, 0]));
  for (const { from, to } of edges.slice(0, MOST_ORDERED)) {
    if (from === to || reaches(forward, to, from)) continue;
    forward.get(from)!.push(to);
    incoming.set(to, incoming.get(to)! + 1);
  }
  const column = new Map<string, number>(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => incoming.get(id) === 0);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    for (const next of forward.get(id)!) {
      column.set(next, Math.max(column.get(next)!, column.get(id)! + 1));
      incoming.set(next, incoming.get(next)! - 1);
      if (incoming.get(next) === 0) ready.push(next);
    }
  }
  return column;
}

function reaches(forward: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  const waiting = [from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === to) return true;
    for (const next of forward.get(id) ?? []) if (!seen.has(next)) waiting.push(next);
    for (const next of forward.get(id) ?? []) seen.add(next);
  }
  return false;
}

/** Each column in the order of the middle of its neighbors, a few times to and fro: fewer lines cross. */
function orderRows(rows: string[][], edges: readonly PictureEdge[]): void {
  const neighbors = new Map<string, string[]>();
  for (const { from, to } of edges) {
    neighbors.set(from, [...(neighbors.get(from) ?? []), to]);
    neighbors.set(to, [...(neighbors.get(to) ?? []), from]);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const height = new Map<string, number>();
    for (const list of rows) setHeights(list, height);
    for (const list of rows) {
      const middle = new Map(
        list.map((id) => {
          const around = neighbors.get(id) ?? [];
          const sum = around.reduce((total, other) => total + height.get(other)!, 0);
          return [id, around.length === 0 ? height.get(id)! : sum / around.length];
        }),
      );
      list.sort((a, b) => middle.get(a)! - middle.get(b)! || (a < b ? -1 : 1));
      setHeights(list, height);
    }
  }
}

/** From 0 at the top to 1 at the bottom. */
function setHeights(list: readonly string[], height: Map<string, number>): void {
  for (const [index, id] of list.entries()) height.set(id, (index + 0.5) / list.length);
}
