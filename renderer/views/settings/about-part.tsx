import { useQuery } from '@tanstack/react-query';
import { ask } from '../../data/queries.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './settings.module.css';

const LIBRARIES = [
  ['SQLite as sql.js', 'public domain, MIT'],
  ['React', 'MIT'],
  ['Cytoscape.js', 'MIT'],
  ['d3-force', 'ISC'],
  ['TanStack Query and Virtual', 'MIT'],
  ['Base UI', 'MIT'],
  ['cmdk', 'MIT'],
  ['Lucide icons', 'ISC'],
  ['Zod', 'MIT'],
  ['yauzl and yazl', 'MIT'],
  ['Electron', 'MIT'],
] as const;

export function AboutPart() {
  const { data: status } = useQuery(ask('app.status', {}));
  const version = status?.version ?? '';
  const runtime = status?.runtime ?? '';
  return (
    <div className={styles.part}>
      <Section title="Keepwatch">
        <Facts
          facts={[
            ['Version', version],
            ['Runtime', runtime],
            ['License', 'Apache License 2.0'],
            [
              'Connections',
              'It makes no connections: no updates, no telemetry, no lookups. The window can reach nothing but its own engine.',
            ],
          ]}
        />
        <div>
          <CopyButton label="Copy version and runtime" text={`Keepwatch ${version}, ${runtime}`}>
            Copy version
          </CopyButton>
        </div>
      </Section>
      <Section title="Built with">
        <Facts facts={LIBRARIES} />
      </Section>
      <Section title="ATT&CK">
        <p>Tactics and techniques are named after MITRE ATT&CK. ATT&CK is a registered trademark of The MITRE Corporation.</p>
      </Section>
    </div>
  );
}
