import { useSigmaProgress } from '../../data/sigma-progress.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { Progress } from '../../ui/progress.tsx';
import styles from './sigma.module.css';
import type { AddSigma } from './use-add-sigma.tsx';

/** One line while rules are read, compiled or matched; nothing else waits for it. */
export function SigmaBusy({ add }: { readonly add: AddSigma }) {
  const progress = useSigmaProgress();
  if (progress === null && !add.isAdding) return null;
  const stage = progress?.stage ?? 'reading';
  const done = progress?.done ?? 0;
  const words =
    stage === 'matching'
      ? `Matching rules: ${formatCount(done)} of ${formatCount(progress?.total ?? 0)} events`
      : stage === 'compiling'
        ? `Compiling rules: ${formatCount(done)}`
        : `Reading rules${done > 0 ? `: ${formatCount(done)}` : ''}`;
  return (
    <div className={styles.busy} role="status">
      <span>{words}</span>
      <Progress label={words} value={progress && progress.total > 0 ? progress.done / progress.total : null} />
      {add.isAdding && stage === 'reading' && (
        <Button size="small" onClick={add.cancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}
