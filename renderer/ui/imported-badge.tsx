import type { AlertRow } from '../../shared/model/alert.ts';
import { Badge } from './badge.tsx';

type Props = { readonly alert: Pick<AlertRow, 'imported' | 'alsoSeenBy'>; readonly withProduct?: boolean };

/** Marks an alert that another product raised; nothing for all others. */
export function ImportedBadge({ alert: { imported, alsoSeenBy }, withProduct = false }: Props) {
  if (!imported) return null;
  const seen = alsoSeenBy?.length ? '. Keepwatch saw the same act' : '';
  return (
    <Badge tone="accent" title={`Imported from ${imported.product}${seen}`}>
      {withProduct ? `Imported from ${imported.product}` : 'Imported'}
    </Badge>
  );
}
