import { navigate, useRoute } from '../../app/router.ts';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AboutPart } from './about-part.tsx';
import { AppearancePart } from './appearance-part.tsx';
import { CatalogueList } from './catalogue-list.tsx';
import { DetectionsPart } from './detections-part.tsx';
import { ExclusionsPart } from './exclusions-part.tsx';
import { KeyboardPart } from './keyboard-part.tsx';
import styles from './settings.module.css';
import { SigmaPart } from './sigma-part.tsx';
import { StoragePart } from './storage-part.tsx';

const PARTS = [
  { id: 'appearance', label: 'Appearance', content: <AppearancePart /> },
  { id: 'detections', label: 'Detections', content: <DetectionsPart /> },
  { id: 'exclusions', label: 'Exclusions', content: <ExclusionsPart /> },
  { id: 'catalogue', label: 'Catalogue', content: <CatalogueList /> },
  { id: 'sigma', label: 'Sigma', content: <SigmaPart /> },
  { id: 'storage', label: 'Storage', content: <StoragePart /> },
  { id: 'keyboard', label: 'Keyboard', content: <KeyboardPart /> },
  { id: 'about', label: 'About', content: <AboutPart /> },
];

export function SettingsPage() {
  const { params } = useRoute();
  const part = PARTS.find(({ id }) => id === params.part)?.id ?? 'appearance';
  return (
    <Page title="Settings">
      <Panel isFlush label="Settings" className={styles.grow}>
        <Tabs label="Settings" value={part} onChange={(next) => navigate('settings', { part: next }, 'replace')} tabs={PARTS} />
      </Panel>
    </Page>
  );
}
