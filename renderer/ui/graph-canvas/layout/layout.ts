import type { Point } from '../scene.ts';

/** What the layout worker is asked. Order of nodes and edges does not matter: the answer is the same for the same set. */
export type LayoutRequest = {
  readonly mode: 'force' | 'layered' | 'place-new';
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
  /** Positions that must not change: pinned nodes, and for `place-new` everything already drawn. */
  readonly fixed: readonly (readonly [id: string, x: number, y: number])[];
  /** Ends of a path; layered only. Empty means: found from the edges. */
  readonly start: string;
  readonly target: string;
};

export type LayoutNode = {
  readonly id: string;
  readonly radius: number;
  readonly labelWidth: number;
};
export type LayoutEdge = {
  readonly from: string;
  readonly to: string;
  readonly weight: number;
  readonly at: number;
  readonly hasAlert: boolean;
};
export type LayoutAnswer = readonly (readonly [id: string, x: number, y: number])[];

/** FNV-1a, 32 bits: a stable start position for every id on every machine. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** A seeded source of numbers in [0, 1) (mulberry32), because the same board must look the same tomorrow. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function sortById<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

export function sortEdges(edges: readonly LayoutEdge[]): LayoutEdge[] {
  return [...edges].sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to) || a.at - b.at);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function answerOf(positions: ReadonlyMap<string, Point>): LayoutAnswer {
  return [...positions].map(([id, { x, y }]) => [id, Math.round(x * 10) / 10, Math.round(y * 10) / 10] as const);
}
