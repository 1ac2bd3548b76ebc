import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { CaseDetail, CaseNote } from '../../../shared/model/case-file.ts';
import { useChange } from '../../data/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';
import styles from './cases.module.css';

export function CaseNotes({ detail }: { readonly detail: CaseDetail }) {
  const caseId = detail.row.id;
  const change = useChange();
  const [text, setText] = useState('');
  const add = () => change('cases.addNote', { caseId, text: text.trim() }).then(() => setText(''), showProblem);
  const remove = async (note: CaseNote) => {
    try {
      await change('cases.removeNote', { caseId, noteId: note.id });
      showToast({
        title: 'Note removed',
        action: { label: 'Undo', run: () => void change('cases.addNote', { caseId, text: note.text }).catch(showProblem) },
      });
    } catch (error) {
      showProblem(error);
    }
  };
  return (
    <Section title="Notes" count={detail.notes.length}>
      <ul className={styles.notes}>
        {detail.notes.map((note) => (
          <Note
            key={note.id}
            note={note}
            onSave={(next) => change('cases.changeNote', { caseId, noteId: note.id, text: next })}
            onRemove={() => void remove(note)}
          />
        ))}
      </ul>
      <div className={styles.newNote}>
        <TextArea
          aria-label="New note"
          value={text}
          maxLength={30_000}
          placeholder="Write a note"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim()) void add();
          }}
        />
        <Button disabled={!text.trim()} onClick={() => void add()}>
          Add note
        </Button>
      </div>
    </Section>
  );
}

function Note({
  note,
  onSave,
  onRemove,
}: {
  readonly note: CaseNote;
  readonly onSave: (text: string) => Promise<unknown>;
  readonly onRemove: () => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const save = () => {
    if (draft === null) return;
    onSave(draft.trim()).then(() => setDraft(null), showProblem);
  };
  return (
    <li className={styles.note}>
      <div className={styles.noteHead}>
        <TimeLabel at={note.at} precision="minute" />
        <span className={styles.tools}>
          <Button look="quiet" size="small" isIcon aria-label="Edit the note" onClick={() => setDraft(note.text)}>
            <Pencil />
          </Button>
          <Button look="quiet" size="small" isIcon aria-label="Remove the note" onClick={onRemove}>
            <Trash2 />
          </Button>
        </span>
      </div>
      {draft === null ? (
        <p className={styles.noteText}>{note.text}</p>
      ) : (
        <>
          <TextArea aria-label="Note" value={draft} maxLength={30_000} autoFocus onChange={(event) => setDraft(event.target.value)} />
          <div className={styles.noteButtons}>
            <Button size="small" look="primary" disabled={!draft.trim()} onClick={save}>
              Save
            </Button>
            <Button size="small" onClick={() => setDraft(null)}>
              Discard
            </Button>
          </div>
        </>
      )}
    </li>
  );
}
