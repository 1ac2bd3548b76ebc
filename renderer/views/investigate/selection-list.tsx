import { Focus, ListTree } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { EntityIcon } from '../../ui/entity-icon.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { focusOn, hide } from './actions.ts';
import styles from './detail-panel.module.css';
import { request } from './requests.ts';
import { isBundleId } from './state.ts';
import { select } from './store.ts';
import { drawnPicture } from './take-snapshot.ts';
import { EDGE_WORDS } from './words.ts';

/** Several selected nodes, or one bundle. */
export function SelectionList({ ids }: { readonly ids: readonly string[] }) {
  const nodes = (drawnPicture()?.view.nodes ?? []).filter((node) => ids.includes(node.id));
  const single = nodes.length === 1 ? nodes[0] : null;
  return (
    <>
      <header className={styles.head}>
        <h2 className={styles.title}>{single ? single.name : `${ids.length} selected`}</h2>
        {single?.bundle && (
          <span className={styles.quiet}>{`${formatCount(single.bundle.members)} peers by ${EDGE_WORDS[single.bundle.edgeKind]}`}</span>
        )}
        <span className={styles.buttons}>
          {single?.bundle && (
            <Button size="small" look="primary" onClick={() => request({ bundle: single.id })}>
              <ListTree /> List members
            </Button>
          )}
          {!single && (
            <Button size="small" onClick={() => focusOn(ids.filter((id) => !isBundleId(id)))}>
              <Focus /> Focus on these
            </Button>
          )}
          <Button size="small" onClick={() => hide(ids)}>
            Hide
          </Button>
        </span>
      </header>
      <section className={styles.part}>
        <div className={styles.list}>
          {nodes.map((node) => (
            <button key={node.id} type="button" className={styles.item} onClick={() => select({ kind: 'nodes', ids: [node.id] })}>
              <span className={styles.line}>
                <EntityIcon kind={node.kind} />
                <span>{node.name}</span>
                <span className={styles.end}>{formatCount(node.eventCount)} events</span>
              </span>
            </button>
          ))}
        </div>
      </section>
    </>
  );
}
