import type { AlertRow } from '../../shared/model/alert.ts';
import { isSigmaDetection } from '../../shared/model/sigma.ts';
import { Badge } from './badge.tsx';

/** Marks an alert that a Sigma rule gave, and one of ours whose records Sigma rules matched too; nothing for all others. */
export function SigmaBadge({ alert }: { readonly alert: Pick<AlertRow, 'detection' | 'alsoMatched'> }) {
  if (isSigmaDetection(alert.detection)) return <Badge title="From a Sigma rule that was added here, not from Keepwatch">Sigma</Badge>;
  const also = alert.alsoMatched ?? [];
  if (also.length === 0) return null;
  return <Badge title={`Also matched by: ${also.map(({ title }) => title).join(', ')}`}>+ Sigma</Badge>;
}
