import { useState } from 'react';
import type { NeighborSummary } from '../../../shared/contract/operations.ts';
import { call } from '../../data/client.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ENTITY_WORDS } from '../../ui/entity-icon.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { showProblem } from '../../ui/toast.tsx';
import { addFocus } from './actions.ts';
import styles from './neighbor-chooser.module.css';
import { request, useRequests } from './requests.ts';
import { activeBoardOf, graphQueryOf } from './state.ts';
import { readState, useInvestigate } from './store.ts';
import { EDGE_WORDS } from './words.ts';

type Group = NeighborSummary['groups'][number];

const keyOf = (group: Group) => `${group.edgeKind}|${group.outgoing}|${group.entityKind}`;

/** Asks what to draw before an expansion that would bury the picture (pattern 2). */
export function NeighborChooser() {
  const { chooser } = useRequests();
  return chooser === '' ? null : <Chooser key={chooser} entity={chooser} />;
}

function Chooser({ entity }: { readonly entity: string }) {
  const state = useInvestigate();
  const answer = useAnswer('graph.neighbors', { entity, query: graphQueryOf(activeBoardOf(state), state.brush) });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [most, setMost] = useState(20);
  const close = () => request({ chooser: '' });
  const groups = [...(answer.data?.groups ?? [])].sort((a, b) => b.count - a.count);
  const wanted = groups.filter((group) => chosen.has(keyOf(group)));
  const total = wanted.reduce((sum, group) => sum + Math.min(group.count, most), 0);
  const draw = () => {
    drawMostSeen(entity, wanted, most).catch(showProblem);
    close();
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title="Many neighbors: what should be drawn?"
      description={
        answer.data ? `${formatCount(answer.data.total)} neighbors in this range. Large groups can also be drawn as bundles.` : undefined
      }
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            onClick={() => {
              addFocus(entity, []);
              close();
            }}
          >
            All, as bundles
          </Button>
          <Button look="primary" disabled={total === 0} onClick={draw}>
            Draw {total > 0 && `up to ${formatCount(total)}`}
          </Button>
        </>
      }
    >
      {answer.error && <ErrorState error={answer.error} />}
      {!answer.data && !answer.error && <LoadingState />}
      <ul className={styles.groups}>
        {groups.map((group) => (
          <li key={keyOf(group)}>
            <label className={styles.group}>
              <input type="checkbox" checked={chosen.has(keyOf(group))} onChange={() => setChosen(toggled(chosen, keyOf(group)))} />
              <span>{EDGE_WORDS[group.edgeKind]}</span>
              <span className={styles.quiet}>{group.outgoing ? 'to' : 'from'}</span>
              <span>{ENTITY_WORDS[group.entityKind as keyof typeof ENTITY_WORDS] ?? group.entityKind}</span>
              <span className={styles.count}>{formatCount(group.count)}</span>
            </label>
          </li>
        ))}
      </ul>
      <label className={styles.most}>
        Of each group at most
        <select value={most} onChange={(event) => setMost(Number(event.target.value))}>
          {[10, 20, 50, 100].map((count) => (
            <option key={count} value={count}>
              {count}, most records first
            </option>
          ))}
        </select>
      </label>
    </Dialog>
  );
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Members with the most records of each group, and never more than 500 elements by one act. */
async function drawMostSeen(entity: string, groups: readonly Group[], most: number): Promise<void> {
  const state = readState();
  const query = graphQueryOf(activeBoardOf(state), state.brush);
  const keep = new Set<string>();
  for (const { edgeKind, outgoing, entityKind } of groups) {
    const { members } = await call('graph.bundle', { query: { ...query, bundleFrom: 0 }, of: entity, edgeKind, outgoing });
    const own = members.filter((member) => member.kind === entityKind).sort((a, b) => b.count - a.count);
    for (const member of own.slice(0, most)) if (keep.size < 400) keep.add(member.id);
  }
  addFocus(entity, [...keep]);
}
