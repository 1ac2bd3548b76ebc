import { BOUNDS } from '../../../shared/contract/bounds.ts';
import type { AlertFilter } from '../../../shared/contract/inputs.ts';
import type { Input } from '../../../shared/contract/operations.ts';
import type { AlertRow } from '../../../shared/model/alert.ts';
import { call } from '../../data/client.ts';
import { saveText } from '../../ui/copy-text.ts';
import { formatCsv } from '../../ui/csv.ts';
import { formatCounted } from '../../ui/number-format.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';
import { ALERT_CSV } from './alert-text.ts';

/** The whole list as filtered, not only the rows on screen, as a CSV file. */
export async function exportAlerts(filter: AlertFilter, sort: Input<'alerts.page'>['sort']): Promise<void> {
  try {
    const rows: AlertRow[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof call<'alerts.page'>>> = await call('alerts.page', {
        filter,
        sort,
        cursor,
        limit: BOUNDS.pageRows,
      });
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor !== null && rows.length < 50_000);
    saveText('keepwatch-alerts.csv', formatCsv(ALERT_CSV, rows), 'text/csv;charset=utf-8');
    showToast({ title: `${formatCounted(rows.length, 'alert')} saved as keepwatch-alerts.csv` });
  } catch (error) {
    showProblem(error);
  }
}
