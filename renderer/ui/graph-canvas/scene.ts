import type { EntityKind, EntityTag } from '../../../shared/model/entity.ts';
import type { EdgeFamily, GraphEdge } from '../../../shared/model/graph.ts';
import type { Severity } from '../../../shared/model/severity.ts';
import type { Micros } from '../../../shared/model/time.ts';

/** What a line needs to know of an alert. */
export type AlertMark = { readonly severity: Severity; readonly firstAt: Micros };
export type AlertMarks = ReadonlyMap<string, AlertMark>;

/** What the canvas draws. Positions are not part of it: they are memory, kept by whoever owns the board. */
export type Scene = {
  readonly nodes: readonly SceneNode[];
  readonly lines: readonly SceneLine[];
};

export type SceneNode = {
  readonly id: string;
  readonly kind: EntityKind;
  /** Short label for the canvas and the full name for hover and the table. */
  readonly label: string;
  readonly fullName: string;
  readonly tags: readonly EntityTag[];
  readonly severity: Severity | '';
  readonly alertCount: number;
  /** Members of a bundle; 0 for a single entity. */
  readonly members: number;
  /** Second line under the label of a bundle: "network logon". */
  readonly note: string;
  /** Greater is labeled earlier and drawn further in front. */
  readonly importance: number;
  readonly isPinned: boolean;
  readonly end: 'start' | 'target' | '';
};

/** All observed edges of one pair of nodes as one line. */
export type SceneLine = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly edges: readonly GraphEdge[];
  /** Family of the edge that matters most; the line takes its color. */
  readonly family: EdgeFamily;
  readonly count: number;
  /** Some edge runs from `to` to `from`. */
  readonly runsBack: boolean;
  readonly alertIds: readonly string[];
  readonly severity: Severity | '';
  /** When it mattered: its earliest alert, else its first record. */
  readonly at: Micros;
  /** 0 for the most common line of the scene, 1 for the rarest; rare lines are drawn on top and more saturated. */
  readonly rarity: number;
};

export type Point = { readonly x: number; readonly y: number };
export type Positions = ReadonlyMap<string, Point>;
