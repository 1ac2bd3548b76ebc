import { BOUNDS } from '../../../shared/contract/bounds.ts';
import type { Input } from '../../../shared/contract/operations.ts';
import type { BlindSpot } from '../../../shared/model/blind-spot.ts';
import { call } from '../../data/client.ts';
import { saveText } from '../../ui/copy-text.ts';
import { formatCsv } from '../../ui/csv.ts';
import { formatCounted } from '../../ui/number-format.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';
import { BLIND_CSV } from './blind-words.ts';

/** Every reason behind the matrix as it is filtered, as a CSV file. */
export async function exportBlindSpots(asked: Omit<Input<'detections.blindSpots'>, 'cursor' | 'limit'>): Promise<void> {
  try {
    const rows: BlindSpot[] = [];
    let cursor: string | null = null;
    let isCut = false;
    do {
      const page: Awaited<ReturnType<typeof call<'detections.blindSpots'>>> = await call('detections.blindSpots', {
        ...asked,
        cursor,
        limit: BOUNDS.pageRows,
      });
      rows.push(...page.rows);
      cursor = page.next;
      isCut = page.total === null;
    } while (cursor !== null);
    saveText('keepwatch-blind-spots.csv', formatCsv(BLIND_CSV, rows), 'text/csv;charset=utf-8');
    const more = isCut ? '; there are more: choose a detection or a time to see fewer' : '';
    showToast({ title: `${formatCounted(rows.length, 'blind spot')} saved as keepwatch-blind-spots.csv${more}` });
  } catch (error) {
    showProblem(error);
  }
}
