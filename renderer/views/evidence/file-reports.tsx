import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { FileReport } from '../../../shared/model/import.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatBytes, formatCount } from '../../ui/number-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './file-reports.module.css';
import { FILE_STATE_WORDS } from './import-words.ts';

const PAGE = 100;

/** One line a file; opened, it names the hash and every place that could not be read. */
export function FileReports({ files }: { readonly files: readonly FileReport[] }) {
  const [shown, setShown] = useState(PAGE);
  const ordered = [...files].sort((a, b) => weight(b) - weight(a) || a.path.localeCompare(b.path));
  return (
    <>
      <ul className={styles.files}>
        {ordered.slice(0, shown).map((file) => (
          <FileLine key={`${file.fileId}:${file.path}`} file={file} />
        ))}
      </ul>
      {files.length > shown && (
        <Button size="small" look="quiet" onClick={() => setShown(shown + PAGE * 5)}>
          Show more ({formatCount(files.length - shown)} left)
        </Button>
      )}
    </>
  );
}

/** What needs a look comes first. */
function weight(file: FileReport): number {
  if (file.state === 'unreadable') return 3;
  if (file.rejected > 0) return 2;
  return file.state === 'not-recognized' ? 1 : 0;
}

function FileLine({ file }: { readonly file: FileReport }) {
  const [isOpen, setIsOpen] = useState(false);
  const { word, tone } = FILE_STATE_WORDS[file.state];
  const cut = Math.max(file.path.lastIndexOf('/'), file.path.lastIndexOf('\\')) + 1;
  return (
    <li className={styles.file}>
      <button type="button" className={styles.line} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />}
        <span className={styles.name} title={file.path}>
          <span className={styles.folder}>{file.path.slice(0, cut)}</span>
          <span className={styles.base}>{file.path.slice(cut)}</span>
        </span>
        <span className={styles.number}>
          {formatCount(file.stored)} stored
          {file.duplicate > 0 && `, ${formatCount(file.duplicate)} duplicate`}
        </span>
        {file.rejected > 0 && <Badge tone="warning">{formatCount(file.rejected)} rejected</Badge>}
        <Badge tone={tone}>{word}</Badge>
      </button>
      {isOpen && (
        <div className={styles.detail}>
          <dl className={styles.facts}>
            <Fact name="Path" value={file.path} />
            <Fact name="Format" value={`${file.format || 'not recognized'}, ${formatBytes(file.bytes)}`} />
            {file.sha256 && (
              <div>
                <dt>SHA-256</dt>
                <dd className={styles.hash}>
                  <code>{file.sha256}</code>
                  <CopyButton label="Copy the SHA-256" text={file.sha256} />
                </dd>
              </div>
            )}
            {file.firstAt !== null && file.lastAt !== null && (
              <div>
                <dt>Covers</dt>
                <dd>
                  <TimeLabel at={file.firstAt} /> – <TimeLabel at={file.lastAt} />
                </dd>
              </div>
            )}
            <Fact
              name="Records"
              value={`${formatCount(file.read)} read = ${formatCount(file.stored)} stored + ${formatCount(file.duplicate)} duplicate; ${formatCount(file.rejected)} rejected`}
            />
            {file.note && <Fact name="Note" value={file.note} />}
          </dl>
          {file.rejects.length > 0 && <Rejects file={file} />}
        </div>
      )}
    </li>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Rejects({ file }: { readonly file: FileReport }) {
  const shown = file.rejects.slice(0, 200);
  return (
    <table className={styles.rejects}>
      <caption>
        Not read: {formatCount(shown.length)} of {formatCount(file.rejected)} places
      </caption>
      <thead>
        <tr>
          <th scope="col">Offset</th>
          <th scope="col">Record</th>
          <th scope="col">Bytes</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((reject, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two places may be alike in all they say.
          <tr key={index}>
            <td>{reject.offset < 0 ? 'whole file' : `0x${reject.offset.toString(16)}`}</td>
            <td>{reject.record ?? ''}</td>
            <td>{reject.length || ''}</td>
            <td className={styles.reason}>{reject.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
