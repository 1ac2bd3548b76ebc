import type { StylesheetJson } from 'cytoscape';
import type { EntityKind } from '../../../shared/model/entity.ts';
import type { EdgeFamily } from '../../../shared/model/graph.ts';
import type { Palette } from './palette.ts';

export const SHAPE_OF_KIND: Readonly<Record<EntityKind, string>> = {
  user: 'ellipse',
  computer: 'round-rectangle',
  group: 'round-hexagon',
  service: 'round-diamond',
  address: 'round-tag',
  'well-known': 'round-octagon',
};

/** The head of a line says its family to those who do not see colors; `tee` is kept for what was refused. */
export const HEAD_OF_FAMILY: Readonly<Record<EdgeFamily, string>> = {
  logon: 'triangle',
  kerberos: 'diamond',
  ntlm: 'square',
  'remote-execution': 'chevron',
  share: 'circle',
  change: 'triangle-cross',
};

/** One letter for the pill on a line, the same as in the legend. */
export const LETTER_OF_FAMILY: Readonly<Record<EdgeFamily, string>> = {
  logon: 'L',
  kerberos: 'K',
  ntlm: 'N',
  'remote-execution': 'X',
  share: 'S',
  change: 'C',
};

/** Styles read most values from the element, so a new scene changes numbers and no rules. */
export function canvasStyle(palette: Palette): StylesheetJson {
  const rules = [
    {
      selector: 'node',
      style: {
        width: 'data(size)',
        height: 'data(size)',
        shape: 'data(shape)',
        'background-color': 'data(fill)',
        'background-image': 'data(icon)',
        'background-width': '64%',
        'background-height': '64%',
        'border-width': 'data(ring)',
        'border-color': 'data(ringColor)',
        'border-style': 'data(ringStyle)',
        'z-index': 'data(rank)',
        'overlay-opacity': 0,
        'underlay-color': palette.tone.accent,
        'underlay-padding': 6,
        'underlay-opacity': 0,
        'underlay-shape': 'ellipse',
      },
    },
    {
      selector: 'edge',
      style: {
        width: 'data(width)',
        'line-color': 'data(color)',
        'line-opacity': 'data(strength)',
        'curve-style': 'straight',
        'target-arrow-shape': 'data(head)',
        'target-arrow-color': 'data(color)',
        'source-arrow-shape': 'data(tail)',
        'source-arrow-color': 'data(color)',
        'arrow-scale': 0.78,
        'z-index': 'data(rank)',
        'overlay-opacity': 0,
        'underlay-color': palette.tone.accent,
        'underlay-padding': 3,
        'underlay-opacity': 0,
      },
    },
    { selector: 'edge.loop', style: { 'curve-style': 'bezier' } },
    {
      selector: 'edge.alerted',
      style: { 'underlay-color': 'data(alertColor)', 'underlay-opacity': 0.22 },
    },
    {
      selector: 'edge.fan',
      style: {
        'curve-style': 'unbundled-bezier',
        'control-point-distances': 'data(bend)',
        'control-point-weights': 0.5,
        'line-opacity': 1,
      },
    },
    {
      selector: 'edge.fanned',
      style: {
        'line-opacity': 0,
        'target-arrow-shape': 'none',
        'source-arrow-shape': 'none',
        'underlay-opacity': 0,
      },
    },
    { selector: 'edge.near', style: { 'line-opacity': 1 } },
    { selector: 'node.near', style: { 'underlay-opacity': 0.1 } },
    { selector: 'node.hovered', style: { 'underlay-opacity': 0.16 } },
    {
      selector: 'edge.hovered',
      style: { 'line-opacity': 1, 'underlay-opacity': 0.16 },
    },
    {
      selector: 'node.chosen',
      style: {
        'underlay-opacity': 0.34,
        'border-color': palette.tone.accent,
        'border-width': 2.6,
      },
    },
    {
      selector: 'edge.chosen',
      style: {
        'line-opacity': 1,
        'underlay-color': palette.tone.accent,
        'underlay-opacity': 0.5,
        'underlay-padding': 4,
      },
    },
    { selector: '.faded', style: { opacity: 0.08 } },
    { selector: '.removed', style: { display: 'none' } },
    {
      selector: 'core',
      style: {
        'active-bg-opacity': 0,
        'selection-box-color': palette.tone.accent,
        'selection-box-opacity': 0.12,
        'selection-box-border-color': palette.tone.accent,
        'selection-box-border-width': 1,
      },
    },
  ];
  // The declared types do not know every documented property (shape names, opacity of a line, outline of the selection box).
  return rules as unknown as StylesheetJson;
}
