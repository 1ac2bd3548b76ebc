import type { FileReport, ImportState } from '../../../shared/model/import.ts';
import type { Tone } from '../../ui/badge.tsx';

export const STATE_WORDS: Readonly<Record<ImportState, { readonly word: string; readonly tone: Tone }>> = {
  running: { word: 'Running', tone: 'accent' },
  done: { word: 'Done', tone: 'good' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
  failed: { word: 'Failed', tone: 'danger' },
  interrupted: { word: 'Interrupted', tone: 'warning' },
};

export const FILE_STATE_WORDS: Readonly<Record<FileReport['state'], { readonly word: string; readonly tone: Tone }>> = {
  done: { word: 'Read', tone: 'good' },
  'already-imported': { word: 'Known already', tone: 'neutral' },
  unreadable: { word: 'Unreadable', tone: 'danger' },
  'not-recognized': { word: 'Not recognized', tone: 'warning' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
};
