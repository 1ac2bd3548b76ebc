import { CirclePlay, FolderPlus, Upload } from 'lucide-react';
import { useImportEvidence } from '../../app/import-evidence.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './evidence.module.css';

/** Shown while nothing was imported. */
export function DropZone() {
  const { pickFiles, pickFolder, startDemo } = useImportEvidence();
  return (
    <div className={styles.drop}>
      <Upload size={30} strokeWidth={1.4} aria-hidden="true" />
      <strong>Drop event logs anywhere in this window</strong>
      <p>
        EVTX files, Windows events as JSON lines or arrays, exported alerts of other products, and folders and ZIP archives of these. What
        they are is told by their content, not by their names.
      </p>
      <div className={styles.buttons}>
        <Button look="primary" onClick={pickFiles}>
          <Upload aria-hidden="true" /> Choose files
        </Button>
        <Button onClick={pickFolder}>
          <FolderPlus aria-hidden="true" /> Choose a folder
        </Button>
        <Button onClick={startDemo}>
          <CirclePlay aria-hidden="true" /> Demo investigation
        </Button>
      </div>
    </div>
  );
}
