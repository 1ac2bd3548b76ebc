import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { ProblemError } from '../../../shared/result.ts';
import { useOwnDropTarget } from '../../app/drop-target.ts';
import { FileBrowser } from '../../app/file-browser.tsx';
import { bridge } from '../../data/bridge.ts';
import { call } from '../../data/client.ts';
import { ask } from '../../data/queries.ts';
import { uploadFiles } from '../../data/uploads.ts';
import { useChange } from '../../data/use-change.ts';
import { formatCounted } from '../../ui/number-format.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';

export type AddSigma = {
  readonly pickFiles: () => void;
  readonly pickFolder: () => void;
  readonly isAdding: boolean;
  readonly cancel: () => void;
  /** The file browser, while it is open. */
  readonly browser: ReactNode;
};

/** Everything that brings Sigma rules in: dialogs, the file browser where there is no dialog, files dropped while the part is on screen. */
export function useAddSigma(): AddSigma {
  const change = useChange();
  const hasNativeDialogs = useQuery(ask('app.status', {})).data?.hasNativeDialogs ?? false;
  const [browsing, setBrowsing] = useState<'files' | 'folder' | null>(null);
  const [isAdding, setIsAdding] = useState(false);

  const add = useCallback(
    async (paths: readonly string[], uploadIds: readonly string[]) => {
      if (paths.length + uploadIds.length === 0) return;
      setIsAdding(true);
      try {
        const { set, unreadable } = await change('sigma.add', { paths: [...paths], uploadIds: [...uploadIds] });
        showToast({
          title: `Added ${formatCounted(set.rules - unreadable, 'rule file')} from ${set.name}`,
          ...(unreadable > 0 ? { description: `${formatCounted(unreadable, 'file')} could not be read: see “Not supported”` } : {}),
        });
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'cancelled') showToast({ title: error.message });
        else showProblem(error);
      } finally {
        setIsAdding(false);
      }
    },
    [change],
  );
  const addDropped = useCallback(
    async (files: readonly File[]) => {
      const paths = files.map((file) => bridge().pathForFile(file));
      const withoutPath = files.filter((_, index) => !paths[index]);
      try {
        const uploadIds = withoutPath.length > 0 ? await uploadFiles(withoutPath, () => {}, new AbortController().signal) : [];
        await add(paths.filter(Boolean), uploadIds);
      } catch (error) {
        showProblem(error);
      }
    },
    [add],
  );
  const target = useMemo(
    () => ({
      title: 'Drop to add as Sigma rules',
      takes: 'Rules (.yml, .yaml), folders and ZIP archives of them',
      onFiles: (files: readonly File[]) => void addDropped(files),
    }),
    [addDropped],
  );
  useOwnDropTarget(target);
  const pick = (purpose: 'files' | 'folder') => {
    if (!hasNativeDialogs) return setBrowsing(purpose);
    call('files.pick', { purpose: purpose === 'folder' ? 'rules-folder' : 'rules' })
      .then(({ paths }) => add(paths, []))
      .catch(showProblem);
  };
  const browser = browsing && (
    <FileBrowser
      purpose={browsing}
      title={browsing === 'folder' ? 'Choose a folder of Sigma rules' : 'Choose Sigma rules (.yml, .zip)'}
      chooseLabel="Add"
      onClose={() => setBrowsing(null)}
      onChoose={(paths) => {
        setBrowsing(null);
        void add(paths, []);
      }}
    />
  );
  const cancel = () => void call('sigma.cancelAdd', {}).catch(showProblem);
  return { pickFiles: () => pick('files'), pickFolder: () => pick('folder'), isAdding, cancel, browser };
}
