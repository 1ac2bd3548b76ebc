import { call } from '../data/client.ts';
import { formatCount, formatCounted } from '../ui/number-format.ts';
import { showToast } from '../ui/toast.tsx';
import { navigate } from './router.ts';

/** Says how an import ended, wherever the analyst is by then; the report is one click away. */
export async function tellImportEnd(importId: number): Promise<void> {
  const row = (await call('imports.list', {})).find(({ id }) => id === importId);
  if (!row || row.state === 'running') return;
  const action = { label: 'Report', run: () => navigate('evidence', { import: importId }) };
  const numbers = [
    formatCounted(row.stored, 'event stored', 'events stored'),
    ...(row.duplicate > 0 ? [`${formatCount(row.duplicate)} known already`] : []),
    ...(row.rejected > 0 ? [`${formatCount(row.rejected)} rejected`] : []),
  ];
  if (row.state === 'failed' || (row.state === 'done' && row.read === 0)) {
    showToast({ title: `Nothing could be read: ${row.label}`, description: 'The report says why, file by file.', tone: 'danger', action });
    return;
  }
  const word = row.state === 'done' ? 'finished' : row.state;
  showToast({ title: `Import ${word}: ${row.label}`, description: numbers.join(', '), action });
}
