import type { GraphView, PathHop } from '../../../shared/model/graph.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { selectEventIndex } from './actions.ts';
import styles from './path-hops.module.css';
import type { Board } from './state.ts';
import { EDGE_WORDS } from './words.ts';

/** The hops of a path beside the picture; each opens the record that proves it. */
export function PathHops({ hops, board, view }: { readonly hops: readonly PathHop[]; readonly board: Board; readonly view: GraphView }) {
  const nameOf = (id: string) => view.nodes.find((node) => node.id === id)?.name ?? id;
  if (hops.length === 0) {
    return (
      <div className={styles.hops} role="status">
        <p className={styles.none}>
          No observed path from <b>{nameOf(board.start)}</b> to <b>{nameOf(board.target)}</b> in this time range: hops never go back in
          time. Widen the range or exchange start and target.
        </p>
      </div>
    );
  }
  return (
    <section className={styles.hops} aria-label="Hops of the path">
      <h3>
        {hops.length} {hops.length === 1 ? 'hop' : 'hops'}, all observed
      </h3>
      <ol>
        {hops.map((hop, index) => (
          <li key={hop.edge.id}>
            <button type="button" onClick={() => void selectEventIndex(hop.eventIndex)} title="Open the record that proves this hop">
              <span className={styles.number}>{index + 1}</span>
              <span className={styles.words}>
                <span>
                  {nameOf(hop.edge.from)} → {nameOf(hop.edge.to)}
                </span>
                <span className={styles.kind}>
                  {EDGE_WORDS[hop.edge.kind]}
                  {hop.account !== '' && ` as ${hop.account}`}
                </span>
                <TimeLabel at={hop.at} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
