import { useCallback } from 'react';
import { useChange } from '../../data/use-change.ts';
import { formatCounted } from '../../ui/number-format.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';

/** Removes exclusions, says so, and offers to bring them back. */
export function useRemoveExclusions(): (ids: readonly number[]) => Promise<void> {
  const change = useChange();
  return useCallback(
    async (ids) => {
      try {
        const { changed } = await change('exclusions.remove', { ids: [...ids] });
        showToast({
          title: `${formatCounted(changed, 'exclusion')} removed`,
          description: 'What they hid is back in the queue.',
          action: { label: 'Undo', run: () => void change('exclusions.restore', { ids: [...ids] }).catch(showProblem) },
        });
      } catch (error) {
        showProblem(error);
      }
    },
    [change],
  );
}
