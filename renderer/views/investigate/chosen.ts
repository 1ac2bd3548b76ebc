import { lineIdOf } from '../../ui/graph-canvas/merge-edges.ts';
import type { Scene } from '../../ui/graph-canvas/scene.ts';
import type { Selection } from './state.ts';

/** Ids of the drawn elements that the selection of the view means. */
export function chosenElements(scene: Scene, selection: Selection): Set<string> {
  switch (selection.kind) {
    case 'none':
      return new Set();
    case 'nodes':
      return new Set(selection.ids);
    case 'line':
      return new Set([
        selection.edgeKind ? `${selection.from}|${selection.to}|${selection.edgeKind}` : lineIdOf(selection.from, selection.to),
      ]);
    case 'event':
      return new Set(selection.entities);
    case 'alert':
      return new Set([...selection.entities, ...scene.lines.filter((line) => line.alertIds.includes(selection.id)).map((line) => line.id)]);
  }
}
