import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import styles from './drop-area.module.css';
import { useDropTarget } from './drop-target.ts';
import { filesOfDrop } from './dropped-files.ts';

/** Covers the window while files are dragged over it. Dropped files are evidence, unless the part on screen takes them. */
export function DropArea({ onFiles: onEvidence }: { readonly onFiles: (files: readonly File[]) => void }) {
  const target = useDropTarget();
  const onFiles = target?.onFiles ?? onEvidence;
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setIsOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setIsOver(false);
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void filesOfDrop(event.dataTransfer).then((files) => files.length > 0 && onFiles(files));
    };
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [onFiles]);
  if (!isOver) return null;
  return (
    <div className={styles.area} aria-hidden="true">
      <div className={styles.card}>
        <Upload size={28} />
        <strong>{target?.title ?? 'Drop to import as evidence'}</strong>
        <span>{target?.takes ?? 'EVTX, Windows events as JSON, folders and ZIP archives'}</span>
      </div>
    </div>
  );
}
