import { useMemo } from 'react';
import type { IncidentEdit } from '../../../shared/model/incident.ts';
import { useChange } from '../../data/use-change.ts';
import { formatCounted } from '../../ui/number-format.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';

/** Merging, splitting and taking back, each with a way back. What fails is told, and comes back as null. */
export function useIncidentEdits() {
  const change = useChange();
  return useMemo(() => {
    const setUndone = (editId: number, undone: boolean) => change('incidents.undoEdit', { editId, undone });
    const undo = ({ id }: IncidentEdit) => ({ label: 'Undo', run: () => void setUndone(id, true).catch(showProblem) });
    return {
      merge: async (ids: readonly string[]): Promise<string | null> => {
        try {
          const { edit, incidentId } = await change('incidents.merge', { ids: [...ids] });
          showToast({ title: `${formatCounted(ids.length, 'incident')} merged into one`, action: undo(edit) });
          return incidentId;
        } catch (error) {
          showProblem(error);
          return null;
        }
      },
      split: async (id: string, alertIds: readonly string[]): Promise<string | null> => {
        try {
          const { edit, restId } = await change('incidents.split', { id, alertIds: [...alertIds] });
          const description = alertIds.length === 1 ? 'It is an incident of its own now.' : 'They are an incident of their own now.';
          showToast({ title: `${formatCounted(alertIds.length, 'alert')} split off`, description, action: undo(edit) });
          return restId;
        } catch (error) {
          showProblem(error);
          return null;
        }
      },
      takeBack: async ({ id, kind }: IncidentEdit): Promise<void> => {
        try {
          await setUndone(id, true);
          showToast({
            title: kind === 'merge' ? 'Merge taken back' : 'Split taken back',
            action: { label: 'Undo', run: () => void setUndone(id, false).catch(showProblem) },
          });
        } catch (error) {
          showProblem(error);
        }
      },
    };
  }, [change]);
}
