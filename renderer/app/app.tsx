import { Tooltip } from '@base-ui/react/tooltip';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Topics } from '../../shared/contract/topics.ts';
import { noteProgress } from '../data/import-progress.ts';
import { followHints } from '../data/live.ts';
import { ask } from '../data/queries.ts';
import { noteSigmaProgress } from '../data/sigma-progress.ts';
import { AppearanceContext } from '../ui/appearance.ts';
import { problemCode } from '../ui/error-state.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { showProblem, ToastArea } from '../ui/toast.tsx';
import { Frame } from './frame.tsx';
import { ImportEvidence } from './import-evidence.tsx';
import { StoreProblem } from './store-problem.tsx';
import { tellImportEnd } from './tell-import-end.ts';
import { useAppearanceOfSettings } from './use-appearance-of-settings.ts';

const FATAL = new Set(['store-locked', 'store-read-only', 'store-damaged', 'store-newer', 'disk-full']);

/** The window: what the engine says of itself decides whether it is the console or one full page that says what to do. */
export function App() {
  const client = useQueryClient();
  const [engineFailure, setEngineFailure] = useState<string | null>(null);
  useEffect(
    () =>
      followHints(client, (topic, hint) => {
        if (topic === 'imports.progress') {
          const progress = hint as Topics['imports.progress'];
          noteProgress(progress);
          if (progress.stage === 'done') tellImportEnd(progress.importId).catch(showProblem);
        }
        if (topic === 'sigma.progress') noteSigmaProgress(hint as Topics['sigma.progress']);
        if (topic === 'engine.failed') setEngineFailure((hint as { message: string }).message);
      }),
    [client],
  );
  const status = useQuery(ask('app.status', {}));
  const appearance = useAppearanceOfSettings();

  const isUnusable = status.isError && (FATAL.has(problemCode(status.error)) || !status.data);
  return (
    <AppearanceContext value={appearance}>
      <Tooltip.Provider delay={400}>
        {engineFailure !== null || isUnusable ? (
          <StoreProblem
            error={engineFailure === null ? status.error : new Error(engineFailure)}
            onRetry={() => {
              setEngineFailure(null);
              void client.resetQueries();
            }}
          />
        ) : status.data ? (
          <ImportEvidence>
            <Frame status={status.data} />
          </ImportEvidence>
        ) : (
          <LoadingState label="Opening the store" />
        )}
        <ToastArea />
      </Tooltip.Provider>
    </AppearanceContext>
  );
}
