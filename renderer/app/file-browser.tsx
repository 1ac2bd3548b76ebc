import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowUp, File as FileIcon, Folder } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { FileEntry } from '../../shared/contract/operations.ts';
import { ask } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { formatBytes, formatCounted } from '../ui/number-format.ts';
import { type Column, Table } from '../ui/table.tsx';
import { TimeLabel } from '../ui/time-label.tsx';
import styles from './file-browser.module.css';
import { findByPrefix, joinPath } from './file-names.ts';

type Props = {
  /** `save` asks for a name in a folder; the answer is one path. */
  readonly purpose: 'files' | 'folder' | 'save';
  readonly title?: string;
  readonly suggestedName?: string;
  /** Words of the button that ends it; what is done with the files. */
  readonly chooseLabel?: string;
  readonly onChoose: (paths: readonly string[]) => void;
  readonly onClose: () => void;
};

const TITLES = { files: 'Choose evidence', folder: 'Choose a folder of evidence', save: 'Save as' } as const;
const TYPING_MS = 800;

const COLUMNS: readonly Column<FileEntry>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(0, 1fr)',
    render: ({ name, kind }) => (
      <span className={styles.name}>
        {kind === 'folder' ? <Folder size={14} aria-label="Folder" className={styles.folder} /> : <FileIcon size={14} aria-label="File" />}
        {name}
      </span>
    ),
  },
  {
    id: 'size',
    title: 'Size',
    width: '90px',
    align: 'end',
    render: ({ kind, sizeBytes }) => (kind === 'file' ? formatBytes(sizeBytes) : ''),
  },
  {
    id: 'modified',
    title: 'Changed',
    width: '130px',
    render: ({ modifiedAt }) => (modifiedAt > 0 ? <TimeLabel at={modifiedAt} precision="minute" /> : ''),
  },
];

/** Stands in for the system's file dialog where the runtime has none. */
export function FileBrowser({ purpose, title, suggestedName = '', chooseLabel = 'Import', onChoose, onClose }: Props) {
  const [path, setPath] = useState<string | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const [name, setName] = useState(suggestedName);
  const folder = useQuery({
    ...ask('files.browse', path === null ? {} : { path }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const entries = (folder.data?.entries ?? []).filter((entry) => purpose !== 'folder' || entry.kind === 'folder');

  const go = (next: string) => {
    setPath(next);
    setActive(null);
    setChecked(new Set());
  };
  const open = (entry: FileEntry) => {
    if (entry.kind === 'folder') go(entry.path);
    else if (purpose === 'files') onChoose([entry.path]);
    else setName(entry.name);
  };
  const here = folder.data?.path ?? '';
  // The folder before is still shown while the next one is read; nothing may go into it, or be taken from it, by mistake.
  const isOnTheWay = folder.isPlaceholderData || folder.isError;
  const activeEntry = entries.find((entry) => entry.path === active);
  const picked =
    checked.size > 0 ? [...checked] : activeEntry && (purpose === 'folder' || activeEntry.kind === 'file') ? [activeEntry.path] : [];
  const chosen =
    purpose === 'save'
      ? name.trim() && here
        ? [joinPath(here, name.trim())]
        : []
      : picked.length > 0 || purpose === 'files'
        ? picked
        : [here];
  const typeAhead = useTypeAhead(entries, active, setActive);

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title ?? TITLES[purpose]}
      width="wide"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={chosen.length === 0 || chosen[0] === '' || isOnTheWay} onClick={() => onChoose(chosen)}>
            {purpose === 'save'
              ? 'Save'
              : purpose === 'folder'
                ? `${chooseLabel} this folder`
                : chosen.length > 1
                  ? `${chooseLabel} ${formatCounted(chosen.length, 'item')}`
                  : chooseLabel}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens for type-ahead of the list inside. */}
      <div className={styles.browser} onKeyDown={typeAhead}>
        <PathBar path={here} parent={folder.data?.parent ?? null} onGo={go} />
        <nav className={styles.places} aria-label="Places">
          {folder.data?.places.map((place) => (
            <button
              key={place.path}
              type="button"
              className={styles.place}
              aria-current={place.path === here ? 'true' : undefined}
              onClick={() => go(place.path)}
            >
              <Folder size={14} aria-hidden="true" /> {place.name}
            </button>
          ))}
        </nav>
        <div className={styles.list}>
          {folder.isError ? (
            <ErrorState error={folder.error} onRetry={() => void folder.refetch()} />
          ) : folder.isPending ? (
            <LoadingState />
          ) : (
            <Table
              label="Files"
              rows={entries}
              rowKey={(entry) => entry.path}
              columns={COLUMNS}
              activeKey={active}
              onActivate={(entry) => {
                setActive(entry.path);
                if (purpose === 'save' && entry.kind === 'file') setName(entry.name);
              }}
              onOpen={open}
              {...(purpose === 'files' ? { checked, onCheck: setChecked } : {})}
              empty={<EmptyState icon={Folder} title="This folder is empty" />}
            />
          )}
        </div>
        {purpose === 'save' && (
          <div className={styles.saveAs}>
            <Field label="Name">
              <TextField value={name} onChange={(event) => setName(event.target.value)} />
            </Field>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function PathBar({ path, parent, onGo }: { readonly path: string; readonly parent: string | null; readonly onGo: (path: string) => void }) {
  const [text, setText] = useState(path);
  const followed = useRef(path);
  const id = useId();
  // The field follows the folder shown, unless somebody is typing another one.
  useEffect(() => {
    const before = followed.current;
    followed.current = path;
    setText((typed) => (typed === '' || typed === before ? path : typed));
  }, [path]);
  return (
    <form
      className={styles.path}
      onSubmit={(event) => {
        event.preventDefault();
        if (!text.trim()) return;
        followed.current = text;
        onGo(text.trim());
      }}
    >
      <Button isIcon aria-label="Folder above" disabled={parent === null} onClick={() => parent !== null && onGo(parent)}>
        <ArrowUp />
      </Button>
      <label htmlFor={id} className="only-read">
        Path
      </label>
      <TextField id={id} value={text} onChange={(event) => setText(event.target.value)} />
    </form>
  );
}

/** Letters typed one after the other jump to the first name that begins with them. */
function useTypeAhead(entries: readonly FileEntry[], active: string | null, onFound: (path: string) => void) {
  const typed = useRef('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      typed.current = '';
    }, TYPING_MS);
    typed.current += event.key;
    const found = findByPrefix(entries, typed.current, active);
    if (found) onFound(found.path);
  };
}
