import { useState } from 'react';
import { BOUNDS } from '../../../shared/contract/bounds.ts';
import type { ExclusionImport } from '../../../shared/contract/operations.ts';
import { ExclusionPreviewPart } from '../../app/exclusions/exclusion-preview.tsx';
import { useSettings } from '../../app/use-appearance-of-settings.ts';
import { call } from '../../data/client.ts';
import { useChange } from '../../data/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextField } from '../../ui/field.tsx';
import { formatCount, formatCounted } from '../../ui/number-format.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';
import styles from './settings.module.css';

type Looked = { readonly name: string; readonly text: string; readonly found: ExclusionImport };

/** What a file would do, asked when it is chosen and again when its rows get another author. */
function useLook() {
  const [looked, setLooked] = useState<Looked | null>(null);
  const [problem, setProblem] = useState('');
  const look = async (name: string, read: () => Promise<string>, author: string) => {
    setProblem('');
    setLooked(null);
    try {
      const text = await read();
      if (text.length > BOUNDS.exclusionText)
        setProblem(`The file is too long: at most ${formatCount(BOUNDS.exclusionText)} letters. Cut it into several.`);
      else setLooked({ name, text, found: await call('exclusions.importCsv', { text, author, mode: 'look' }) });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return { looked, problem, look };
}

function useApply(looked: Looked | null, author: string, onClose: () => void) {
  const change = useChange();
  return async () => {
    if (looked === null) return;
    try {
      const mode = looked.found.bad.length === 0 ? 'all' : 'good-rows';
      const { added } = await change('exclusions.importCsv', { text: looked.text, author, mode });
      showToast({
        title: `${formatCounted(added.length, 'exclusion')} added`,
        action: { label: 'Undo', run: () => void change('exclusions.remove', { ids: [...added] }).catch(showProblem) },
      });
      onClose();
    } catch (error) {
      showProblem(error);
    }
  };
}

/** Exclusions from a file: shows what they would do and which rows are wrong, then adds the good ones. */
export function ImportExclusions({ onClose }: { readonly onClose: () => void }) {
  const { analyst } = useSettings();
  const [author, setAuthor] = useState(analyst);
  const { looked, problem, look } = useLook();
  const apply = useApply(looked, author, onClose);
  const fresh = looked === null ? 0 : looked.found.good - looked.found.known;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Import exclusions"
      description="A CSV file whose first line names its columns: detection, entity, entity name, network, role, expires, reason, author. Nothing is added before you have seen what it would hide."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={fresh === 0} onClick={() => void apply()}>
            {looked === null ? 'Add' : applyWords(fresh, looked.found.bad.length)}
          </Button>
        </>
      }
    >
      <div className={styles.importFields}>
        <Field label="File">
          <input
            type="file"
            accept=".csv,text/csv"
            className={styles.file}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void look(file.name, () => file.text(), author);
            }}
          />
        </Field>
        <Field label="Author of rows that name none">
          <TextField
            value={author}
            maxLength={200}
            placeholder="Your name"
            onChange={(event) => setAuthor(event.target.value)}
            onBlur={() => looked && void look(looked.name, () => Promise.resolve(looked.text), author)}
          />
        </Field>
        {problem !== '' && (
          <p className={styles.warning} role="alert">
            {problem}
          </p>
        )}
        {looked && <Found found={looked.found} />}
      </div>
    </Dialog>
  );
}

function applyWords(fresh: number, bad: number): string {
  if (fresh === 0) return 'Nothing to add';
  return bad === 0 ? `Add ${formatCounted(fresh, 'exclusion')}` : `Add the ${formatCounted(fresh, 'good row')}, leave out ${bad}`;
}

function Found({ found }: { readonly found: ExclusionImport }) {
  const { good, known, bad, preview } = found;
  return (
    <>
      <p>
        {formatCounted(good, 'good row')}
        {known > 0 && `, of which ${formatCount(known)} ${known === 1 ? 'is' : 'are'} here already`}
        {bad.length > 0 ? `; ${formatCounted(bad.length, 'row')} cannot be read as ${bad.length === 1 ? 'it is' : 'they are'}:` : '.'}
      </p>
      {bad.length > 0 && (
        <table className={styles.badRows} aria-label="Bad rows">
          <tbody>
            {bad.map(({ line, reason }) => (
              <tr key={line}>
                <th scope="row">Line {line}</th>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {good > 0 && <ExclusionPreviewPart preview={preview} />}
    </>
  );
}
