import './palette.css';
import type { EntityKind } from '../../../shared/model/entity.ts';
import type { EdgeFamily } from '../../../shared/model/graph.ts';
import type { Severity } from '../../../shared/model/severity.ts';

/** Tokens by what the canvas uses them for. */
const TONES = {
  ground: '--color-sunken',
  label: '--color-text',
  'label-quiet': '--color-text-faint',
  accent: '--color-selected-edge',
  sensitive: '--graph-sensitive',
  honeytoken: '--graph-honeytoken',
  pill: '--color-raised',
  'pill-text': '--color-text-soft',
} as const;
const KINDS: readonly EntityKind[] = ['user', 'computer', 'group', 'service', 'address', 'well-known'];
const FAMILIES: readonly EdgeFamily[] = ['logon', 'kerberos', 'ntlm', 'remote-execution', 'share', 'change'];
const SEVERITY_NAMES: readonly Severity[] = ['informational', 'low', 'medium', 'high'];

export type Palette = {
  readonly tone: Readonly<Record<keyof typeof TONES, string>>;
  readonly kind: Readonly<Record<EntityKind, string>>;
  readonly kindFill: Readonly<Record<EntityKind, string>>;
  readonly family: Readonly<Record<EdgeFamily, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
};

/** The colors of the theme that holds for `element` right now; a canvas cannot use custom properties by itself. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim() || '#888888';
  const table = <Name extends string>(names: readonly Name[], wrap: (name: Name) => string) =>
    Object.fromEntries(names.map((name) => [name, wrap(name)])) as Record<Name, string>;
  const tone = table(Object.keys(TONES) as (keyof typeof TONES)[], (name) => read(TONES[name]));
  return {
    tone,
    kind: table(KINDS, (name) => read(`--entity-${name}`)),
    kindFill: table(KINDS, (name) => mixColors(read(`--entity-${name}`), tone.ground, 0.17)),
    family: table(FAMILIES, (name) => read(`--edge-${name}`)),
    severity: table(SEVERITY_NAMES, (name) => read(`--severity-${name}`)),
  };
}

/** `share` of the first color in the second; both as `#rrggbb`. */
export function mixColors(color: string, ground: string, share: number): string {
  const channel = (text: string, index: number) => Number.parseInt(text.slice(1 + index * 2, 3 + index * 2), 16) || 0;
  const mixed = [0, 1, 2].map((index) => Math.round(channel(color, index) * share + channel(ground, index) * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
