import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import type { CaseCheck } from '../../../shared/contract/operations.ts';
import { FileBrowser } from '../../app/file-browser.tsx';
import { call } from '../../data/client.ts';
import { ask } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field, TextField } from '../../ui/field.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import styles from './cases.module.css';

/** Checks every file of a case file against its manifest. */
export function VerifyCase({ onClose }: { readonly onClose: () => void }) {
  const [path, setPath] = useState('');
  const [isBrowsing, setIsBrowsing] = useState(false);
  const [check, setCheck] = useState<CaseCheck | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isChecking, setIsChecking] = useState(false);
  const hasNativeDialogs = useQuery(ask('app.status', {})).data?.hasNativeDialogs ?? false;
  const verify = async (chosen: string) => {
    setPath(chosen);
    setCheck(null);
    setError(null);
    setIsChecking(true);
    try {
      setCheck(await call('cases.verify', { path: chosen }));
    } catch (problem) {
      setError(problem);
    } finally {
      setIsChecking(false);
    }
  };
  const choose = () => {
    if (!hasNativeDialogs) return setIsBrowsing(true);
    call('files.pick', { purpose: 'evidence' }).then(({ paths }) => (paths[0] ? verify(paths[0]) : undefined), setError);
  };
  if (isBrowsing) {
    return (
      <FileBrowser
        purpose="files"
        title="Choose a case file"
        chooseLabel="Verify"
        onClose={() => setIsBrowsing(false)}
        onChoose={(paths) => {
          setIsBrowsing(false);
          if (paths[0]) void verify(paths[0]);
        }}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Verify a case file"
      description="Compares every file with the hashes of the manifest. A folder is checked by the path of its manifest.json or of the folder itself."
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <form
        className={styles.verify}
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim()) void verify(path.trim());
        }}
      >
        <Field label="Path">
          <TextField value={path} onChange={(event) => setPath(event.target.value)} />
        </Field>
        <Button onClick={choose}>Choose…</Button>
        <Button look="primary" type="submit" disabled={!path.trim() || isChecking}>
          {isChecking ? 'Checking…' : 'Verify'}
        </Button>
      </form>
      {error !== null && <ErrorState error={error} />}
      {check && (
        <div className={styles.check} role="status">
          <p className={check.intact ? styles.intact : styles.broken}>
            {check.intact ? <CircleCheck size={18} aria-hidden="true" /> : <CircleX size={18} aria-hidden="true" />}
            <strong>{check.intact ? 'Intact' : 'Not intact'}</strong>
          </p>
          <p>
            “{check.title}”, {formatCounted(check.files, 'file')}, created {check.createdAt}
          </p>
          {check.problems.length > 0 && (
            <ul className={styles.problems}>
              {check.problems.slice(0, 200).map((problem) => (
                <li key={`${problem.path}:${problem.reason}`}>
                  <code>{problem.path}</code> {problem.reason}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Dialog>
  );
}
