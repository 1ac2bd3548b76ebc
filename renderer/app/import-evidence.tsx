import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { ProblemError } from '../../shared/result.ts';
import { bridge } from '../data/bridge.ts';
import { call } from '../data/client.ts';
import { ask } from '../data/queries.ts';
import { type UploadProgress, uploadFiles } from '../data/uploads.ts';
import { useChange } from '../data/use-change.ts';
import { formatCounted } from '../ui/number-format.ts';
import { showProblem, showToast } from '../ui/toast.tsx';
import { DropArea } from './drop-area.tsx';
import { FileBrowser } from './file-browser.tsx';
import { navigate } from './router.ts';

type Importing = {
  readonly pickFiles: () => void;
  readonly pickFolder: () => void;
  readonly startDemo: () => void;
  readonly importFiles: (files: readonly File[]) => void;
  /** Files on their way to the engine, null when none are. */
  readonly upload: { readonly progress: UploadProgress; readonly cancel: () => void } | null;
};

const nothing = () => {};
const ImportingContext = createContext<Importing>({
  pickFiles: nothing,
  pickFolder: nothing,
  startDemo: nothing,
  importFiles: nothing,
  upload: null,
});

export function useImportEvidence(): Importing {
  return useContext(ImportingContext);
}

/** Everything that brings evidence in: dialogs, the file browser where there is no dialog, files dropped on the window, the demo. */
export function ImportEvidence({ children }: { readonly children: ReactNode }) {
  const change = useChange();
  const hasNativeDialogs = useQuery(ask('app.status', {})).data?.hasNativeDialogs ?? false;
  const [browsing, setBrowsing] = useState<'files' | 'folder' | null>(null);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const aborter = useRef<AbortController | null>(null);

  const start = useCallback(
    async (paths: readonly string[], uploadIds: readonly string[]) => {
      if (paths.length + uploadIds.length === 0) return;
      await change('imports.start', { paths: [...paths], ...(uploadIds.length > 0 ? { uploadIds: [...uploadIds] } : {}) });
      showToast({
        title: `Import started: ${formatCounted(paths.length + uploadIds.length, 'item')}`,
        action: { label: 'Show', run: () => navigate('evidence') },
      });
    },
    [change],
  );
  const pick = useCallback(
    (purpose: 'evidence' | 'folder') => {
      if (!hasNativeDialogs) return setBrowsing(purpose === 'folder' ? 'folder' : 'files');
      call('files.pick', { purpose })
        .then(({ paths }) => start(paths, []))
        .catch(showProblem);
    },
    [hasNativeDialogs, start],
  );
  const importFiles = useCallback(
    async (files: readonly File[]) => {
      const paths = files.map((file) => bridge().pathForFile(file));
      const withoutPath = files.filter((_, index) => !paths[index]);
      aborter.current = new AbortController();
      try {
        const uploadIds = withoutPath.length > 0 ? await uploadFiles(withoutPath, setProgress, aborter.current.signal) : [];
        await start(paths.filter(Boolean), uploadIds);
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'cancelled')
          showToast({ title: 'Cancelled. Nothing of these files was stored.' });
        else showProblem(error);
      } finally {
        setProgress(null);
      }
    },
    [start],
  );
  const value = useMemo<Importing>(
    () => ({
      pickFiles: () => pick('evidence'),
      pickFolder: () => pick('folder'),
      startDemo: () => {
        change('imports.startDemo', {}).then(() => navigate('investigate'), showProblem);
      },
      importFiles: (files) => void importFiles(files),
      upload: progress ? { progress, cancel: () => aborter.current?.abort() } : null,
    }),
    [pick, change, importFiles, progress],
  );
  return (
    <ImportingContext value={value}>
      {children}
      <DropArea onFiles={value.importFiles} />
      {browsing && (
        <FileBrowser
          purpose={browsing}
          onClose={() => setBrowsing(null)}
          onChoose={(paths) => {
            setBrowsing(null);
            start(paths, []).catch(showProblem);
          }}
        />
      )}
    </ImportingContext>
  );
}
