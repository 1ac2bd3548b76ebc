import { FolderInput, Waypoints } from 'lucide-react';
import { linkTo } from '../../app/router.ts';
import { call } from '../../data/client.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { showProblem } from '../../ui/toast.tsx';

/** Nothing is in the store yet: what to do next. */
export function FirstSteps({ isImporting }: { readonly isImporting: boolean }) {
  if (isImporting) return <LoadingState label="Reading evidence; the first events appear here" />;
  return (
    <EmptyState
      icon={Waypoints}
      title="No evidence yet"
      actions={
        <>
          <Button look="primary" onClick={() => location.assign(linkTo('evidence'))}>
            <FolderInput /> Import evidence
          </Button>
          <Button onClick={() => void call('imports.startDemo', {}).catch(showProblem)}>Open the demo investigation</Button>
        </>
      }
    >
      Drop Windows event logs (EVTX, JSON, folders or ZIP archives) anywhere on this window. Identities, hosts and what connects them are
      drawn here as soon as the first records are read.
    </EmptyState>
  );
}
