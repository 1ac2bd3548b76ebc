import { readToken } from '../appearance.ts';
import type { StripColors } from './paint-strip.ts';

let known: { readonly theme: string; readonly colors: StripColors } | null = null;

/** The colors of the theme in force, read once a theme. */
export function readStripColors(): StripColors {
  const theme = document.documentElement.dataset.theme ?? '';
  if (known?.theme === theme) return known.colors;
  const colors: StripColors = {
    ground: readToken('--color-sunken'),
    bar: readToken('--edge-logon'),
    barQuiet: readToken('--color-border-strong'),
    axis: readToken('--color-text-faint'),
    line: readToken('--color-border'),
    accent: readToken('--color-selected-edge'),
    hatch: readToken('--color-border'),
    severity: {
      high: readToken('--severity-high'),
      medium: readToken('--severity-medium'),
      low: readToken('--severity-low'),
      informational: readToken('--severity-informational'),
    },
  };
  known = { theme, colors };
  return colors;
}
