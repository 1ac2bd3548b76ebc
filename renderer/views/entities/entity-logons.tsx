import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { EntityDetail, LogonSummary } from '../../../shared/model/entity.ts';
import { linkTo } from '../../app/router.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';

/** Windows logon types by number. */
const LOGON_TYPES: Readonly<Record<number, string>> = {
  2: 'Interactive',
  3: 'Network',
  4: 'Batch',
  5: 'Service',
  7: 'Unlock',
  8: 'Network, clear text',
  9: 'New credentials',
  10: 'Remote interactive',
  11: 'Cached interactive',
  12: 'Cached remote interactive',
  13: 'Cached unlock',
};

function logonTypeWords(type: number): string {
  return type === 0 ? 'Not recorded' : `${LOGON_TYPES[type] ?? 'Other'} (${type})`;
}

const keyOf = (logon: LogonSummary) => `${logon.account.id}|${logon.host.id}|${logon.logonType}|${logon.outcome}`;

/** Who logged on where, how, how often. */
export function EntityLogons({ detail }: { readonly detail: EntityDetail }) {
  const [active, setActive] = useState<string | null>(null);
  const peer = ({ id, name }: LogonSummary['host']) =>
    id === detail.row.id ? name : <a href={linkTo('entities', { entity: id, tab: 'logons' })}>{name}</a>;
  const columns: readonly Column<LogonSummary>[] = [
    { id: 'account', title: 'Account', width: 'minmax(120px, 1.2fr)', render: ({ account }) => peer(account) },
    { id: 'host', title: 'Logged on to', width: 'minmax(120px, 1.2fr)', render: ({ host }) => peer(host) },
    {
      id: 'type',
      title: 'Logon type',
      width: 'minmax(120px, 1fr)',
      render: (logon) => logonTypeWords(logon.logonType),
    },
    {
      id: 'outcome',
      title: 'Outcome',
      width: '90px',
      render: (logon) => (logon.outcome === 'failure' ? <Badge tone="danger">Failed</Badge> : <Badge tone="good">Success</Badge>),
    },
    { id: 'count', title: 'Times', width: '76px', align: 'end', render: (logon) => formatCount(logon.count) },
    { id: 'first', title: 'First', width: '132px', render: (logon) => <TimeLabel at={logon.firstAt} precision="minute" /> },
    { id: 'last', title: 'Last', width: '132px', render: (logon) => <TimeLabel at={logon.lastAt} precision="minute" /> },
  ];
  return (
    <Table
      label="Logons"
      rows={detail.logons}
      rowKey={keyOf}
      columns={columns}
      activeKey={active}
      onActivate={(logon) => setActive(keyOf(logon))}
      empty={
        <EmptyState icon={KeyRound} title="No logons recorded">
          Logons come from events 4624 and 4625 of the Security log. Where that log is missing, nothing can be said.
        </EmptyState>
      }
    />
  );
}
