import { FileCode2 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './sigma.module.css';
import type { AddSigma } from './use-add-sigma.tsx';

/** What Sigma rules are, and how they come onto a workstation without a network. */
export function SigmaEmpty({ add }: { readonly add: AddSigma }) {
  return (
    <EmptyState
      icon={FileCode2}
      title="No Sigma rules yet"
      actions={
        <>
          <Button look="primary" disabled={add.isAdding} onClick={add.pickFiles}>
            Add files or a ZIP
          </Button>
          <Button disabled={add.isAdding} onClick={add.pickFolder}>
            Add a folder
          </Button>
        </>
      }
    >
      <div className={styles.words}>
        <p>
          Sigma is an open format in which analysts everywhere write down what to look for in logs, one rule a file. Keepwatch runs such
          rules beside its own detections and marks their alerts. None are shipped: which rules you trust is your decision.
        </p>
        <p>
          On a machine without a network: download a release of a rule collection (a ZIP, for example of the SigmaHQ repository) elsewhere,
          check its hash, carry it over on a medium, and add the ZIP here as it is, or drop it on this page. The rules are copied into the
          store; the medium can go.
        </p>
      </div>
    </EmptyState>
  );
}
