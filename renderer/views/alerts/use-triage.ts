import { useCallback } from 'react';
import type { AlertRow, AlertStatus, Classification } from '../../../shared/model/alert.ts';
import { useChange } from '../../data/use-change.ts';
import { CLASSIFICATION_WORDS, STATUS_WORDS } from '../../ui/alert-words.ts';
import { formatCounted } from '../../ui/number-format.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';

export type Triage = { readonly status?: AlertStatus; readonly classification?: Classification; readonly comment?: string };

function words({ status, classification, comment }: Triage): string {
  if (status) return STATUS_WORDS[status].toLowerCase();
  if (classification) return `classified: ${CLASSIFICATION_WORDS[classification].toLowerCase()}`;
  return comment === '' ? 'comment removed' : 'comment saved';
}

/** What the rows had before, so that undoing gives each its own state back. */
function undoOf(rows: readonly AlertRow[], triage: Triage): readonly (Triage & { readonly ids: string[] })[] {
  const groups = new Map<string, Triage & { ids: string[] }>();
  for (const row of rows) {
    const before: Triage = {
      ...(triage.status ? { status: row.status } : {}),
      ...(triage.classification ? { classification: row.classification } : {}),
      ...(triage.comment === undefined ? {} : { comment: row.comment }),
    };
    const key = JSON.stringify(before);
    const group = groups.get(key) ?? { ...before, ids: [] };
    group.ids.push(row.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Sets status, classification or comment of alerts, and offers to undo it. */
export function useTriage() {
  const change = useChange();
  return useCallback(
    async (rows: readonly AlertRow[], triage: Triage) => {
      if (rows.length === 0) return;
      try {
        await change('alerts.update', { ids: rows.map(({ id }) => id), ...triage });
        showToast({
          title: rows.length === 1 ? `Alert ${words(triage)}` : `${formatCounted(rows.length, 'alert')} ${words(triage)}`,
          description: rows.length === 1 ? rows[0]!.title : '',
          action: {
            label: 'Undo',
            run: () => {
              for (const undo of undoOf(rows, triage)) void change('alerts.update', undo).catch(showProblem);
            },
          },
        });
      } catch (error) {
        showProblem(error);
      }
    },
    [change],
  );
}
