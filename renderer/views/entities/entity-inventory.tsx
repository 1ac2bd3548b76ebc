import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { EntityFilter } from '../../../shared/contract/inputs.ts';
import type { Input } from '../../../shared/contract/operations.ts';
import { ENTITY_KINDS, ENTITY_TAGS, type EntityKind, type EntityRow, type EntityTag } from '../../../shared/model/entity.ts';
import { SEVERITIES, type Severity } from '../../../shared/model/severity.ts';
import { entityActions } from '../../app/entity-link.tsx';
import { navigate } from '../../app/router.ts';
import { askPages, rowsOf } from '../../data/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ENTITY_WORDS, EntityIcon } from '../../ui/entity-icon.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SearchField } from '../../ui/field.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { ContextMenu, type MenuItem } from '../../ui/menu.tsx';
import { formatCount, formatCounted } from '../../ui/number-format.ts';
import { FilterBar, Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './entities.module.css';
import { TAG_WORDS } from './entity-tags.tsx';

type SortName = Input<'entities.page'>['sort'];
const SORTS: readonly SortName[] = ['alerts', 'events', 'name', 'newest'];
const SORT_OF_COLUMN: Readonly<Record<string, SortName>> = { alerts: 'alerts', events: 'events', name: 'name', last: 'newest' };

const COLUMNS: readonly Column<EntityRow>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(160px, 1.6fr)',
    isSortable: true,
    render: (row) => (
      <span className={styles.name} title={row.id}>
        <EntityIcon kind={row.kind} /> {row.name}
      </span>
    ),
  },
  { id: 'domain', title: 'Domain', width: 'minmax(90px, 0.8fr)', render: (row) => row.domain },
  { id: 'kind', title: 'Kind', width: '80px', render: (row) => ENTITY_WORDS[row.kind] },
  {
    id: 'roles',
    title: 'Tags and roles',
    width: 'minmax(140px, 1.6fr)',
    render: (row) => (
      <span className={styles.badges}>
        {row.tags.map((tag) => (
          <Badge key={tag} tone="warning">
            {TAG_WORDS[tag]}
          </Badge>
        ))}
        {row.roles.map((role) => (
          <Badge key={role}>{role}</Badge>
        ))}
      </span>
    ),
  },
  {
    id: 'alerts',
    title: 'Alerts',
    width: '84px',
    align: 'end',
    isSortable: true,
    render: (row) => (
      <span className={styles.alerts}>
        {isSeverity(row.highestSeverity) && row.alertCount > 0 && <SeverityMark severity={row.highestSeverity} />}
        {formatCount(row.alertCount)}
      </span>
    ),
  },
  { id: 'events', title: 'Events', width: '84px', align: 'end', isSortable: true, render: (row) => formatCount(row.eventCount) },
  { id: 'first', title: 'First seen', width: '132px', render: (row) => <TimeLabel at={row.firstAt} precision="minute" /> },
  { id: 'last', title: 'Last seen', width: '132px', isSortable: true, render: (row) => <TimeLabel at={row.lastAt} precision="minute" /> },
];

function isSeverity(text: string): text is Severity {
  return SEVERITIES.some((severity) => severity === text);
}

export function EntityInventory({ params }: { readonly params: Readonly<Record<string, string>> }) {
  const filter = useMemo<EntityFilter>(() => toFilter(params), [params]);
  const sort = SORTS.find((name) => name === params.sort) ?? 'alerts';
  const pages = useInfiniteQuery({ ...askPages('entities.page', { filter, sort, limit: 200 }), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(pages.data), [pages.data]);
  const [active, setActive] = useState<string | null>(null);
  const [menu, setMenu] = useState<readonly MenuItem[]>([]);
  const go = (change: Readonly<Record<string, string | null>>) => navigate('entities', { ...params, ...change }, 'replace');
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const total = pages.data?.pages[0]?.total ?? null;
  return (
    <Page title="Entities" summary={total === null ? undefined : formatCounted(total, 'entity', 'entities')}>
      <FilterBar label="Filters">
        <SearchField label="Name, SID, address" value={params.text ?? ''} onChange={(text) => go({ text })} />
        <FilterMenu<EntityKind>
          label="Kind"
          chosen={filter.kinds ?? []}
          onChange={(kinds) => go({ kind: kinds.join('|') })}
          options={ENTITY_KINDS.map((value) => ({ value, label: ENTITY_WORDS[value] }))}
        />
        <FilterMenu<EntityTag>
          label="Tag"
          chosen={filter.tags ?? []}
          onChange={(tags) => go({ tag: tags.join('|') })}
          options={ENTITY_TAGS.map((value) => ({ value, label: TAG_WORDS[value] }))}
        />
        <Button aria-pressed={filter.withAlertsOnly ?? false} onClick={() => go({ alerts: params.alerts ? null : '1' })}>
          With alerts
        </Button>
      </FilterBar>
      <Panel isFlush label="Inventory" className={styles.grow}>
        {pages.isError ? (
          <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
        ) : pages.isPending ? (
          <LoadingState />
        ) : (
          <ContextMenu items={menu} className={styles.menuArea}>
            <Table
              label="Entities"
              rows={rows}
              rowKey={(row) => row.id}
              columns={COLUMNS}
              total={total}
              sort={{
                column: Object.keys(SORT_OF_COLUMN).find((column) => SORT_OF_COLUMN[column] === sort) ?? 'alerts',
                descending: sort !== 'name',
              }}
              onSort={(column) => go({ sort: SORT_OF_COLUMN[column] ?? null })}
              activeKey={active}
              onActivate={(row) => (active === row.id ? navigate('entities', { entity: row.id }) : setActive(row.id))}
              onOpen={(row) => navigate('entities', { entity: row.id })}
              onContextMenu={(row) => setMenu(entityActions(row))}
              onEnd={onEnd}
              empty={
                <EmptyState
                  icon={UsersRound}
                  title="No entity matches these filters"
                  actions={<Button onClick={() => navigate('entities', {}, 'replace')}>Clear the filters</Button>}
                >
                  Entities are found in the records: accounts, hosts, groups, services and addresses.
                </EmptyState>
              }
            />
          </ContextMenu>
        )}
      </Panel>
    </Page>
  );
}

function toFilter(params: Readonly<Record<string, string>>): EntityFilter {
  const kinds = ENTITY_KINDS.filter((kind) => (params.kind ?? '').split('|').includes(kind));
  const tags = ENTITY_TAGS.filter((tag) => (params.tag ?? '').split('|').includes(tag));
  return {
    ...(kinds.length > 0 ? { kinds } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(params.text?.trim() ? { text: params.text.trim() } : {}),
    ...(params.alerts ? { withAlertsOnly: true } : {}),
  };
}
