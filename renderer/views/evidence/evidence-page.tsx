import { useQuery } from '@tanstack/react-query';
import { FolderPlus, Upload } from 'lucide-react';
import { useImportEvidence } from '../../app/import-evidence.tsx';
import { navigate, useRoute } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Split } from '../../ui/split.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CoveragePart } from './coverage-part.tsx';
import { DropZone } from './drop-zone.tsx';
import styles from './evidence.module.css';
import { ImportList } from './import-list.tsx';
import { ImportReportPanel } from './import-report-panel.tsx';
import { WhyNotPart } from './why-not-part.tsx';

const PARTS = ['imports', 'coverage', 'why-not'] as const;

export function EvidencePage() {
  const { params } = useRoute();
  const { pickFiles, pickFolder } = useImportEvidence();
  const imports = useQuery(ask('imports.list', {}));
  const blind = useQuery(ask('app.cannotFire', {}));
  const active = params.import ? Number(params.import) : null;
  const part = PARTS.find((known) => known === params.part) ?? 'imports';
  const open = (importId: number | null) => navigate('evidence', { import: importId }, 'replace');

  const importsTab = imports.isError ? (
    <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />
  ) : imports.isPending ? (
    <LoadingState />
  ) : imports.data.length === 0 ? (
    <DropZone />
  ) : (
    <Split
      size="wide"
      list={<ImportList imports={imports.data} active={active} onOpen={open} />}
      detail={active === null ? null : <ImportReportPanel key={active} importId={active} onClose={() => open(null)} />}
    />
  );
  return (
    <Page
      title="Evidence"
      summary={imports.data && formatCounted(imports.data.length, 'import')}
      actions={
        <>
          <Button onClick={pickFolder}>
            <FolderPlus aria-hidden="true" /> Import a folder
          </Button>
          <Button look="primary" onClick={pickFiles}>
            <Upload aria-hidden="true" /> Import files
          </Button>
        </>
      }
    >
      <Panel isFlush label="Evidence" className={styles.grow}>
        <Tabs
          label="Evidence"
          value={part}
          onChange={(next) => navigate('evidence', next === 'imports' ? {} : { part: next }, 'replace')}
          tabs={[
            { id: 'imports', label: 'Imports', count: imports.data?.length ?? 0, content: importsTab },
            {
              id: 'coverage',
              label: 'What could not be detected',
              count: blind.data?.length ?? 0,
              content: <CoveragePart />,
            },
            { id: 'why-not', label: 'Why it did not fire', content: <WhyNotPart /> },
          ]}
        />
      </Panel>
    </Page>
  );
}
