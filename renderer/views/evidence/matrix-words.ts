import type { BlindMatrix } from '../../../shared/model/blind-spot.ts';
import { formatCounted } from '../../ui/number-format.ts';

/** "Blind on 3 of 5 domain controllers on 2 days": what the matrix amounts to. */
export function matrixWords(matrix: Omit<BlindMatrix, 'rows' | 'next'>): string {
  const { blindHosts, blindDays, total, controllersOnly, hostsLeftOut, daysLeftOut, days } = matrix;
  const hosts = formatCounted(total, controllersOnly ? 'domain controller' : 'host');
  const sees = `No blind day on ${hosts} over ${formatCounted(days.length, 'day')}`;
  const blind = `Blind or probably blind on ${blindHosts.toLocaleString('en-US')} of ${hosts}, on ${formatCounted(blindDays, 'day')} of ${days.length}`;
  const left = [
    hostsLeftOut > 0 ? `${formatCounted(hostsLeftOut, 'host')} with few records` : '',
    daysLeftOut > 0 ? `${formatCounted(daysLeftOut, 'day')} with few records` : '',
  ].filter(Boolean);
  return `${blindHosts === 0 ? sees : blind}${left.length > 0 ? `; left out: ${left.join(' and ')}` : ''}.`;
}
