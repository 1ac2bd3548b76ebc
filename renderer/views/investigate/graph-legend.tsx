import { EDGE_FAMILIES, EDGE_KINDS, type EdgeFamily, type EdgeKind, FAMILY_OF_EDGE, type GraphView } from '../../../shared/model/graph.ts';
import { classNames } from '../../ui/class-names.ts';
import { LETTER_OF_FAMILY } from '../../ui/graph-canvas/canvas-style.ts';
import styles from './graph-legend.module.css';
import type { Board } from './state.ts';
import { changeBoard } from './store.ts';
import { FAMILY_WORDS } from './words.ts';

/** What the lines mean; a click takes a family out or brings it back, Shift leaves only this one. */
export function GraphLegend({ board, view }: { readonly board: Board; readonly view: GraphView }) {
  const drawn: readonly EdgeKind[] = board.edgeKinds ?? EDGE_KINDS;
  const counts = new Map<EdgeFamily, number>();
  for (const edge of view.edges) counts.set(FAMILY_OF_EDGE[edge.kind], (counts.get(FAMILY_OF_EDGE[edge.kind]) ?? 0) + 1);
  const toggle = (family: EdgeFamily, isOnly: boolean) => {
    const own = EDGE_KINDS.filter((kind) => FAMILY_OF_EDGE[kind] === family);
    const isOn = own.some((kind) => drawn.includes(kind));
    const next = isOnly ? own : isOn ? drawn.filter((kind) => !own.includes(kind)) : [...drawn, ...own];
    changeBoard({ edgeKinds: next.length === EDGE_KINDS.length || next.length === 0 ? null : next });
  };
  return (
    <fieldset className={styles.legend} aria-label="Kinds of edges; press to leave out">
      {EDGE_FAMILIES.map((family) => {
        const isOn = EDGE_KINDS.some((kind) => FAMILY_OF_EDGE[kind] === family && drawn.includes(kind));
        return (
          <button
            key={family}
            type="button"
            className={styles.entry}
            aria-pressed={isOn}
            title={`${FAMILY_WORDS[family]}: click leaves out or brings back, Shift+click shows only this`}
            onClick={(event) => toggle(family, event.shiftKey)}
          >
            <svg width="26" height="9" viewBox="0 0 30 10" aria-hidden="true" className={classNames(styles.sample, styles[family])}>
              <path d="M0 5H22" strokeWidth="2" />
              <Head family={family} />
            </svg>
            <b>{LETTER_OF_FAMILY[family]}</b>
            {FAMILY_WORDS[family]}
            <span className={styles.count}>{counts.get(family) ?? 0}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

function Head({ family }: { readonly family: EdgeFamily }) {
  if (family === 'logon') return <path d="M20 1 29 5 20 9Z" className={styles.solid} />;
  if (family === 'kerberos') return <path d="M20 5 24.5 1 29 5 24.5 9Z" className={styles.solid} />;
  if (family === 'ntlm') return <rect x="21" y="1.5" width="7" height="7" className={styles.solid} />;
  if (family === 'share') return <circle cx="25" cy="5" r="3.8" className={styles.solid} />;
  if (family === 'remote-execution') return <path d="M20 1 29 5 20 9 22.5 5Z" className={styles.solid} />;
  return <path d="M21 1 29 5 21 9ZM18.5 1V9" className={styles.solid} strokeWidth="1.5" />;
}
