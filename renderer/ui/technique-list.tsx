import { TECHNIQUES } from '../../shared/model/technique.table.ts';
import { Badge } from './badge.tsx';
import styles from './technique-list.module.css';

export function techniqueName(id: string): string {
  return TECHNIQUES[id] ?? id;
}

/** ATT&CK techniques by number; the name on hover and for screen readers. */
export function TechniqueList({ techniques }: { readonly techniques: readonly string[] }) {
  return (
    <span className={styles.list}>
      {techniques.map((id) => (
        <Badge key={id} title={techniqueName(id)}>
          {id}
          <span className="only-read">{techniqueName(id)}</span>
        </Badge>
      ))}
    </span>
  );
}
