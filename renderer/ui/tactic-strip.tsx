import { TACTICS } from '../../shared/model/technique.table.ts';
import { classNames } from './class-names.ts';
import styles from './tactic-strip.module.css';

/** The tactics of the matrix in order, with those marked that were seen. */
export function TacticStrip({ seen }: { readonly seen: readonly string[] }) {
  const marked = new Set(seen.map((name) => name.toLowerCase()));
  return (
    <ul className={styles.strip} aria-label="Tactics seen">
      {TACTICS.map(({ id, name }) => {
        const isSeen = marked.has(name.toLowerCase());
        return (
          <li key={id} className={classNames(styles.tactic, isSeen && styles.seen)} title={`${name} (${id})${isSeen ? '' : ': not seen'}`}>
            {isSeen ? name : <span className="only-read">{name}: not seen</span>}
          </li>
        );
      })}
    </ul>
  );
}
