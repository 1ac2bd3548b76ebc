import { SEVERITIES } from '../../../shared/model/severity.ts';
import type { ExclusionRow } from '../../../shared/model/tuning.ts';
import { EXCLUSION_ROLE_WORDS } from '../../app/exclusions/exclusion-fields.tsx';
import { linkTo } from '../../app/router.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatCount } from '../../ui/number-format.ts';
import type { Column } from '../../ui/table.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './settings.module.css';

/** Fewer columns while the detail takes its part of the width. */
export function exclusionColumns(titles: ReadonlyMap<string, string>, zone: string, isNarrow: boolean): readonly Column<ExclusionRow>[] {
  const all: readonly Column<ExclusionRow>[] = [
    { id: 'detection', title: 'Detection', width: 'minmax(130px, 1.5fr)', render: (row) => <span>{detectionWords(row, titles)}</span> },
    {
      id: 'entity',
      title: 'Entity',
      width: 'minmax(120px, 1.1fr)',
      render: (row) => <span title={row.entity}>{entityWords(row)}</span>,
    },
    { id: 'network', title: 'Range', width: 'minmax(90px, 0.7fr)', render: (row) => <span>{row.network || 'Any'}</span> },
    { id: 'hides', title: 'Hides', width: '58px', align: 'end', render: (row) => <HiddenLink row={row} /> },
    { id: 'ends', title: `Ends (${zone})`, width: '168px', render: (row) => <EndOf row={row} /> },
    { id: 'author', title: 'Author', width: 'minmax(80px, 0.6fr)', render: (row) => <span>{row.author}</span> },
    { id: 'reason', title: 'Reason', width: 'minmax(120px, 1.4fr)', render: (row) => <span title={row.reason}>{row.reason}</span> },
  ];
  return isNarrow ? all.filter(({ id }) => id !== 'author' && id !== 'reason' && id !== 'network') : all;
}

export function detectionWords({ detection }: ExclusionRow, titles: ReadonlyMap<string, string>): string {
  return detection === '' ? 'Any' : (titles.get(detection) ?? detection);
}

export function entityWords({ entity, entityName, role }: ExclusionRow): string {
  if (entity === '') return 'Any';
  return role === 'any' ? entityName : `${entityName}, ${EXCLUSION_ROLE_WORDS[role]}`;
}

/** How many alerts it hides now; leads to them. */
export function HiddenLink({ row }: { readonly row: ExclusionRow }) {
  if (row.hides === 0) return <span className={styles.faint}>0</span>;
  const link = linkTo('alerts', { shown: 'hidden', exclusion: row.id, status: 'all', severity: SEVERITIES.join('|') });
  return (
    <a href={link} onClick={(event) => event.stopPropagation()}>
      {formatCount(row.hides)}
    </a>
  );
}

export function EndOf({ row }: { readonly row: ExclusionRow }) {
  if (row.expiresAt === null) return <span className={styles.faint}>Never</span>;
  return (
    <span className={styles.end}>
      <TimeLabel at={row.expiresAt} precision="minute" /> {row.isExpired && <Badge>Expired</Badge>}
    </span>
  );
}
