import { useMemo, useState } from 'react';
import type { Answer } from '../../../shared/contract/operations.ts';
import type { EntityKind } from '../../../shared/model/entity.ts';
import type { EdgeKind } from '../../../shared/model/graph.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EntityIcon } from '../../ui/entity-icon.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SearchField } from '../../ui/field.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { popOut } from './actions.ts';
import styles from './bundle-table.module.css';
import { request, useRequests } from './requests.ts';
import { activeBoardOf, graphQueryOf } from './state.ts';
import { useInvestigate } from './store.ts';
import { drawnPicture } from './take-snapshot.ts';
import { EDGE_WORDS } from './words.ts';

type Member = Answer<'graph.bundle'>['members'][number];
type SortKey = 'count' | 'name' | 'last';

/** Who is in a bundle; checked members come out of it as nodes (pattern 1). */
export function BundleTable() {
  const { bundle: id } = useRequests();
  const node = id === '' ? undefined : drawnPicture()?.view.nodes.find((other) => other.id === id);
  if (!node?.bundle) return null;
  return <Members key={id} title={`${node.name} (${EDGE_WORDS[node.bundle.edgeKind]})`} bundle={node.bundle} kind={node.kind} />;
}

type Bundle = { readonly of: string; readonly edgeKind: EdgeKind; readonly outgoing: boolean; readonly members: number };

function Members({ title, bundle, kind }: { readonly title: string; readonly bundle: Bundle; readonly kind: EntityKind }) {
  const state = useInvestigate();
  const query = graphQueryOf(activeBoardOf(state), state.brush);
  const answer = useAnswer('graph.bundle', { query, of: bundle.of, edgeKind: bundle.edgeKind, outgoing: bundle.outgoing });
  const [text, setText] = useState('');
  const [sort, setSort] = useState<{ readonly column: SortKey; readonly descending: boolean }>({ column: 'count', descending: true });
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const rows = useMemo(
    () =>
      arrange(
        (answer.data?.members ?? []).filter((member) => member.kind === kind),
        text,
        sort,
      ),
    [answer.data, kind, text, sort],
  );
  const close = () => request({ bundle: '' });
  const onSort = (column: string) =>
    setSort({ column: column as SortKey, descending: sort.column === column ? !sort.descending : column !== 'name' });
  return (
    <Dialog
      isOpen
      onClose={close}
      width="wide"
      title={title}
      description={`${formatCount(rows.length)} of ${formatCount(bundle.members)} peers. Checked ones are drawn by themselves.`}
      actions={
        <>
          <Button onClick={close}>Close</Button>
          <Button
            look="primary"
            disabled={checked.size === 0}
            onClick={() => {
              popOut([...checked].slice(0, 500));
              close();
            }}
          >
            Draw {checked.size === 0 ? 'checked' : formatCount(checked.size)}
          </Button>
        </>
      }
    >
      <div className={styles.tools}>
        <SearchField value={text} onChange={setText} label="Filter by name" />
      </div>
      <div className={styles.table}>
        {answer.error ? (
          <ErrorState error={answer.error} />
        ) : answer.data ? (
          <Table
            label="Members of the bundle"
            rows={rows}
            rowKey={(row) => row.id}
            columns={COLUMNS}
            sort={sort}
            onSort={onSort}
            checked={checked}
            onCheck={setChecked}
            activeKey={active}
            onActivate={(row) => setActive(row.id)}
            empty="No member has this in its name."
          />
        ) : (
          <LoadingState />
        )}
      </div>
    </Dialog>
  );
}

const COLUMNS: readonly Column<Member>[] = [
  { id: 'name', title: 'Name', width: 'minmax(160px, 1fr)', isSortable: true, render: (row) => <MemberName row={row} /> },
  { id: 'domain', title: 'Domain', width: '120px', render: (row) => row.domain },
  { id: 'count', title: 'Records', width: '90px', align: 'end', isSortable: true, render: (row) => formatCount(row.count) },
  { id: 'last', title: 'Last seen', width: '150px', isSortable: true, render: (row) => <TimeLabel at={row.lastSeenAt} /> },
];

function MemberName({ row }: { readonly row: Member }) {
  return (
    <span className={styles.name}>
      <EntityIcon kind={row.kind} /> {row.name}
    </span>
  );
}

export function arrange(
  members: readonly Member[],
  text: string,
  sort: { readonly column: SortKey; readonly descending: boolean },
): Member[] {
  const wanted = text.trim().toLowerCase();
  const found =
    wanted === '' ? [...members] : members.filter((member) => `${member.domain}\\${member.name}`.toLowerCase().includes(wanted));
  const direction = sort.descending ? -1 : 1;
  const compare = (a: Member, b: Member) =>
    sort.column === 'name' ? a.name.localeCompare(b.name) : sort.column === 'count' ? a.count - b.count : a.lastSeenAt - b.lastSeenAt;
  return found.sort((a, b) => direction * compare(a, b) || (a.id < b.id ? -1 : 1));
}
