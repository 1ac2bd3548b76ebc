import type { EntityKind } from '../../../shared/model/entity.ts';

/** Line drawings on a 24 x 24 field, one for every kind of entity and one for a bundle. */
export const GLYPH_PATHS: Readonly<Record<EntityKind | 'bundle', string>> = {
  user: '<circle cx="12" cy="8.2" r="3.7"/><path d="M4.8 20c.5-4.3 3.4-6.6 7.2-6.6s6.7 2.3 7.2 6.6"/>',
  computer: '<rect x="3.5" y="4.8" width="17" height="11" rx="1.6"/><path d="M9 19.7h6M12 15.8v3.9"/>',
  group:
    '<circle cx="9" cy="8.8" r="3.2"/><path d="M2.8 19.4c.4-3.7 2.9-5.8 6.2-5.8s5.8 2.1 6.2 5.8"/><path d="M15 5.9a3.1 3.1 0 0 1 0 5.8M17.2 14.1c2.3.7 3.7 2.5 4 5.3"/>',
  service:
    '<circle cx="12" cy="12" r="3.2"/><path d="M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M18 6l-2.1 2.1M8.1 15.9 6 18"/>',
  address:
    '<circle cx="12" cy="12" r="8.2"/><path d="M3.8 12h16.4M12 3.8c2.7 2.4 3.9 5.2 3.9 8.2s-1.2 5.8-3.9 8.2c-2.7-2.4-3.9-5.2-3.9-8.2s1.2-5.8 3.9-8.2z"/>',
  'well-known': '<path d="M12 3.6 19 6.4v5.2c0 4.2-2.8 7.3-7 8.8-4.2-1.5-7-4.6-7-8.8V6.4z"/>',
  bundle:
    '<rect x="3.5" y="9.5" width="13" height="10.5" rx="1.6"/><path d="M6.5 9.5V8a1.5 1.5 0 0 1 1.5-1.5h10A1.5 1.5 0 0 1 19.5 8v7a1.5 1.5 0 0 1-1.5 1.5h-1.5M9.5 6.5V5.5A1.5 1.5 0 0 1 11 4h9.5"/>',
};

const cache = new Map<string, string>();

/** A glyph as an image for the canvas, in one color. */
export function glyphImage(kind: EntityKind | 'bundle', color: string): string {
  const key = `${kind} ${color}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 24 24" fill="none" stroke="${color}" stroke-width="2.1" stroke-linecap="round" stroke-linejoin="round">${GLYPH_PATHS[kind]}</svg>`;
  const image = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
  cache.set(key, image);
  return image;
}
