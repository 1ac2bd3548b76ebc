import { useCallback } from 'react';
import { type EvidenceItem, useAddEvidence } from '../data/current-case.ts';
import { useChange } from '../data/use-change.ts';
import { showProblem, showToast } from '../ui/toast.tsx';

/** "Add to case", the same from everywhere: adds, says where, and offers to undo. */
export function useAddToCase(): (items: readonly EvidenceItem[]) => Promise<void> {
  const addEvidence = useAddEvidence();
  const change = useChange();
  return useCallback(
    async (items) => {
      if (items.length === 0) return;
      try {
        const { row, addedIds } = await addEvidence(items);
        if (addedIds.length === 0) {
          showToast({ title: `Already in case “${row.title}”` });
          return;
        }
        showToast({
          title: `Added to case “${row.title}”`,
          description: items.length === 1 ? items[0]!.label : `${items.length} pieces of evidence`,
          action: {
            label: 'Undo',
            run: () => void change('cases.removeEvidence', { caseId: row.id, evidenceIds: [...addedIds] }).catch(showProblem),
          },
        });
      } catch (error) {
        showProblem(error);
      }
    },
    [addEvidence, change],
  );
}
