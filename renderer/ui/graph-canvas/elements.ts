import type { ElementDefinition } from 'cytoscape';
import { FAMILY_OF_EDGE, type GraphEdge } from '../../../shared/model/graph.ts';
import { HEAD_OF_FAMILY, SHAPE_OF_KIND } from './canvas-style.ts';
import { glyphImage } from './glyphs.ts';
import { lineWidth } from './merge-edges.ts';
import type { Palette } from './palette.ts';
import type { SceneLine, SceneNode } from './scene.ts';

const SEVERITY_RANK = {
  '': 0,
  informational: 1,
  low: 2,
  medium: 3,
  high: 4,
} as const;

export function nodeSize(node: SceneNode): number {
  if (node.members > 0) return 38 + Math.min(10, Math.log2(node.members));
  return 30 + (node.severity === '' ? 0 : 4) + (node.end === '' ? 0 : 6) + Math.min(6, node.importance / 40);
}

export function nodeElement(node: SceneNode, palette: Palette): ElementDefinition {
  const color = palette.kind[node.kind];
  const isHoneytoken = node.tags.includes('honeytoken');
  const isSensitive = node.tags.includes('sensitive');
  return {
    group: 'nodes',
    data: {
      id: node.id,
      size: nodeSize(node),
      shape: node.members > 0 ? 'round-rectangle' : SHAPE_OF_KIND[node.kind],
      fill: palette.kindFill[node.kind],
      icon: glyphImage(node.members > 0 ? 'bundle' : node.kind, color),
      ring: isHoneytoken || isSensitive ? 2.4 : node.members > 0 ? 3 : 1.6,
      ringColor: isHoneytoken ? palette.tone.honeytoken : isSensitive ? palette.tone.sensitive : color,
      ringStyle: isHoneytoken ? 'dashed' : node.members > 0 ? 'double' : 'solid',
      rank: 1000 + SEVERITY_RANK[node.severity] * 10 + Math.round(node.importance),
    },
  };
}

export function lineElement(line: SceneLine, palette: Palette): ElementDefinition {
  const color = palette.family[line.family];
  const head = headOf(line.edges[0]);
  return {
    group: 'edges',
    classes: [line.severity === '' ? '' : 'alerted', line.from === line.to ? 'loop' : ''].filter((name) => name !== ''),
    data: {
      id: line.id,
      source: line.from,
      target: line.to,
      width: lineWidth(line.count),
      color,
      head,
      tail: line.runsBack ? head : 'none',
      strength: line.severity !== '' ? 1 : 0.22 + 0.55 * line.rarity,
      rank: Math.round(line.rarity * 100) + SEVERITY_RANK[line.severity] * 100,
      alertColor: line.severity === '' ? color : palette.severity[line.severity],
    },
  };
}

/** The edges of one line side by side, for as long as the pointer or the selection is on it. */
export function fanElements(line: SceneLine, palette: Palette): ElementDefinition[] {
  const middle = (line.edges.length - 1) / 2;
  return line.edges.map((edge, index) => {
    const bend = (index - middle) * Math.min(26, 130 / line.edges.length);
    const color = palette.family[FAMILY_OF_EDGE[edge.kind]];
    return {
      group: 'edges',
      classes: edge.alertIds.length > 0 ? ['fan', 'alerted'] : ['fan'],
      data: {
        id: edge.id,
        lineId: line.id,
        source: edge.from,
        target: edge.to,
        // The bend is measured from source to target, so an edge that runs back bends the other way to stay beside its sisters.
        bend: edge.from === line.from ? bend : -bend,
        width: lineWidth(edge.count),
        color,
        head: headOf(edge),
        tail: 'none',
        strength: 1,
        rank: 900,
        alertColor: line.severity === '' ? color : palette.severity[line.severity],
      },
    };
  });
}

function headOf(edge: GraphEdge): string {
  return edge.kind === 'logon-failed' ? 'tee' : HEAD_OF_FAMILY[FAMILY_OF_EDGE[edge.kind]];
}
