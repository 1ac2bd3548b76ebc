import type { SigmaState } from '../../../shared/model/sigma.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';

const STATES: Readonly<Record<SigmaState, readonly [word: string, tone: Tone]>> = {
  fired: ['Fired', 'accent'],
  loaded: ['Loaded', 'good'],
  'cannot-fire': ['Cannot fire here', 'warning'],
  unsupported: ['Not supported', 'danger'],
  off: ['Switched off', 'neutral'],
};

export function sigmaStateWord(state: SigmaState): string {
  return STATES[state][0];
}

export function SigmaStateBadge({ state, title }: { readonly state: SigmaState; readonly title?: string | undefined }) {
  const [word, tone] = STATES[state];
  return (
    <Badge tone={tone} title={title}>
      {word}
    </Badge>
  );
}

const LEVEL_TONES: Readonly<Record<string, Tone>> = { critical: 'danger', high: 'danger', medium: 'warning' };

export function SigmaLevelBadge({ level }: { readonly level: string }) {
  return level === '' ? null : <Badge tone={LEVEL_TONES[level] ?? 'neutral'}>{level}</Badge>;
}
