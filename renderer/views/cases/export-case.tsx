import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { Answer } from '../../../shared/contract/operations.ts';
import type { CaseRow } from '../../../shared/model/case-file.ts';
import { FileBrowser } from '../../app/file-browser.tsx';
import { fileNameOf } from '../../app/file-names.ts';
import { call } from '../../data/client.ts';
import { ask } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Segments } from '../../ui/segments.tsx';
import { showProblem } from '../../ui/toast.tsx';
import styles from './cases.module.css';

type Form = 'zip' | 'folder';

/** Writes the case file and shows where it lies and what its hash is. */
export function ExportCase({ row, onClose }: { readonly row: CaseRow; readonly onClose: () => void }) {
  const [form, setForm] = useState<Form>('zip');
  const [isBrowsing, setIsBrowsing] = useState(false);
  const [isWriting, setIsWriting] = useState(false);
  const [result, setResult] = useState<Answer<'cases.export'> | null>(null);
  const hasNativeDialogs = useQuery(ask('app.status', {})).data?.hasNativeDialogs ?? false;
  const suggestedName = form === 'zip' ? `${fileNameOf(row.title)}.zip` : fileNameOf(row.title);

  const write = async (path: string | undefined) => {
    setIsBrowsing(false);
    if (!path) return;
    setIsWriting(true);
    try {
      setResult(await call('cases.export', { caseId: row.id, path, form }));
    } catch (error) {
      showProblem(error);
    } finally {
      setIsWriting(false);
    }
  };
  const choose = () => {
    if (!hasNativeDialogs) return setIsBrowsing(true);
    call('files.pick', { purpose: 'save-case', suggestedName }).then(({ paths }) => write(paths[0]), showProblem);
  };
  if (isBrowsing) {
    return (
      <FileBrowser
        purpose="save"
        title="Save the case file"
        suggestedName={suggestedName}
        onClose={() => setIsBrowsing(false)}
        onChoose={(paths) => void write(paths[0])}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={result ? 'Case file written' : 'Export the case'}
      description={
        result
          ? undefined
          : 'A report that opens in any browser without a network, the timeline as CSV and JSON Lines, the graph, the records as evidence, and a manifest of SHA-256 hashes.'
      }
      actions={
        result ? (
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" disabled={isWriting} onClick={choose}>
              {isWriting ? 'Writing…' : 'Choose where to save'}
            </Button>
          </>
        )
      }
    >
      {result ? (
        <div className={styles.result}>
          <CircleCheck size={20} aria-hidden="true" />
          <Facts
            facts={[
              ['Saved as', <Copied key="path" text={result.path} />],
              ['Files', String(result.files)],
              [form === 'zip' ? 'SHA-256 of the file' : 'SHA-256 of the manifest', <Copied key="hash" text={result.sha256} />],
              ['To check it later', <Copied key="verify" text={`keepwatch verify "${result.path}"`} />],
            ]}
          />
        </div>
      ) : (
        <>
          <Segments
            label="Form"
            value={form}
            onChange={setForm}
            options={[
              { value: 'zip', label: 'One ZIP file' },
              { value: 'folder', label: 'A folder' },
            ]}
          />
          {isWriting && <Progress value={null} label="Writing the case file" />}
        </>
      )}
    </Dialog>
  );
}

function Copied({ text }: { readonly text: string }) {
  return (
    <span className={styles.copied}>
      <code>{text}</code>
      <CopyButton label={`Copy ${text}`} text={text} />
    </span>
  );
}
