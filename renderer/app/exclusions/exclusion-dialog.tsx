import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AlertEntity } from '../../../shared/model/alert.ts';
import type { ExclusionDraft } from '../../../shared/model/tuning.ts';
import { ask } from '../../data/queries.ts';
import { useChange } from '../../data/use-change.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';
import { useChangeSetting, useSettings } from '../use-appearance-of-settings.ts';
import { ExclusionFields } from './exclusion-fields.tsx';
import { draftOfForm, type ExclusionForm } from './exclusion-form.ts';
import { ExclusionPreviewPart } from './exclusion-preview.tsx';
import styles from './exclusions.module.css';

type Props = {
  readonly start: ExclusionForm;
  /** Of the exclusion that is changed; null for a new one. */
  readonly id?: number | null;
  readonly entities?: readonly AlertEntity[];
  readonly onClose: () => void;
};

/** Adds or changes an exclusion, and shows what it would hide while it is written. */
export function ExclusionDialog({ start, id = null, entities = [], onClose }: Props) {
  const { zone } = useAppearance();
  const { analyst } = useSettings();
  const [form, setForm] = useState(start);
  const [typed, setTyped] = useState<string | null>(null);
  const [openedAt] = useState(() => Date.now() * 1000);
  const author = typed ?? analyst;
  const { draft, wrong } = draftOfForm(form, zone, openedAt);
  const isScoped = draft.detection !== '' || draft.entity !== '' || draft.network.trim() !== '';
  const missing = [
    ...(isScoped ? [] : ['a detection, an entity or a range']),
    ...(draft.reason.trim() ? [] : ['the reason']),
    ...(author.trim() ? [] : ['your name']),
  ];
  const save = useSave(id, onClose);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title={id === null ? 'Exclude alerts' : 'Change the exclusion'}
      description="Alerts that match are hidden from the queue, its counts and incidents. They stay stored, and every exclusion can be taken back."
      actions={
        <>
          {missing.length > 0 && <span className={styles.missing}>Still needed: {missing.join(', ')}</span>}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={missing.length > 0 || wrong !== ''} onClick={() => void save(draft, author)}>
            {id === null ? 'Exclude' : 'Save'}
          </Button>
        </>
      }
    >
      <div className={styles.sides}>
        <div>
          <ExclusionFields
            form={form}
            author={author}
            entities={entities}
            onChange={(part) => setForm({ ...form, ...part })}
            onAuthor={setTyped}
          />
          {wrong !== '' && <p className={styles.wrong}>{wrong}</p>}
        </div>
        <LivePreview draft={draft} isScoped={isScoped} id={id} />
      </div>
    </Dialog>
  );
}

function useSave(id: number | null, onClose: () => void) {
  const change = useChange();
  const { analyst } = useSettings();
  const changeSetting = useChangeSetting();
  return async (draft: ExclusionDraft, author: string) => {
    try {
      if (analyst === '') changeSetting('analyst', author.trim());
      if (id !== null) {
        const row = await change('exclusions.change', { id, draft, author });
        showToast({ title: `Exclusion saved: it hides ${formatCounted(row.hides, 'alert')}` });
      } else {
        const row = await change('exclusions.add', { draft, author });
        showToast({
          title: `Exclusion added: it hides ${formatCounted(row.hides, 'alert')}`,
          description: 'Settings > Exclusions lists them all.',
          action: { label: 'Undo', run: () => void change('exclusions.remove', { ids: [row.id] }).catch(showProblem) },
        });
      }
      onClose();
    } catch (error) {
      showProblem(error);
    }
  };
}

function LivePreview({ draft, isScoped, id }: { readonly draft: ExclusionDraft; readonly isScoped: boolean; readonly id: number | null }) {
  // Reason and end do not change what would be hidden.
  const scope = JSON.stringify({ ...draft, reason: '', expiresAt: null });
  const [rested, setRested] = useState(scope);
  useEffect(() => {
    const timer = setTimeout(setRested, 150, scope);
    return () => clearTimeout(timer);
  }, [scope]);
  const answer = useQuery({
    ...ask('exclusions.preview', { draft: JSON.parse(rested) as ExclusionDraft, ...(id === null ? {} : { id }) }),
    enabled: isScoped,
    retry: false,
    placeholderData: keepPreviousData,
  });
  if (!isScoped) return <p className={styles.preview}>Choose a detection, an entity or a range to see what would be hidden.</p>;
  if (answer.isError) {
    return (
      <p className={styles.preview} role="alert">
        {answer.error.message}
      </p>
    );
  }
  return answer.data ? <ExclusionPreviewPart preview={answer.data} /> : <p className={styles.preview}>Counting…</p>;
}
