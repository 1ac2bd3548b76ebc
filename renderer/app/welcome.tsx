import { CirclePlay, FolderPlus, Upload } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { useImportEvidence } from './import-evidence.tsx';
import styles from './welcome.module.css';

const FORMATS = [
  ['Event logs', 'EVTX files, also damaged, cut off or copied from a running system'],
  ['Windows events as JSON', 'lines or arrays: Winlogbeat and ECS, NXLog, evtx_dump, Splunk exports'],
  ['Collections', 'folders and ZIP archives of these, nested; original paths are kept'],
] as const;

/** First run: nothing is stored yet. Offers the two ways to begin. */
export function Welcome() {
  const { pickFiles, pickFolder, startDemo } = useImportEvidence();
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>No evidence yet</h1>
        <p className={styles.lead}>
          Drop event logs anywhere in this window. Keepwatch reads them here, on this workstation: it makes no connections.
        </p>
        <div className={styles.ways}>
          <section className={styles.way}>
            <h2>Import evidence</h2>
            <p>
              First results appear while the import runs. The report says what was read, what was not, and which detections lack the records
              they need.
            </p>
            <div className={styles.buttons}>
              <Button look="primary" size="large" onClick={pickFiles}>
                <Upload /> Choose files
              </Button>
              <Button size="large" onClick={pickFolder}>
                <FolderPlus /> Choose a folder
              </Button>
            </div>
          </section>
          <section className={styles.way}>
            <h2>Look at the demo investigation</h2>
            <p>
              A small company, a fortnight of ordinary work, and one intrusion from a phished workstation to the domain controller. It can
              be removed again as one import.
            </p>
            <div className={styles.buttons}>
              <Button size="large" onClick={startDemo}>
                <CirclePlay /> Open the demo investigation
              </Button>
            </div>
          </section>
        </div>
        <dl className={styles.formats}>
          {FORMATS.map(([name, words]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
