import { X } from 'lucide-react';
import type { Histogram } from '../../../shared/contract/operations.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { formatTime } from '../../ui/time-format.ts';
import styles from './activity-bars.module.css';

type Range = { readonly from: number; readonly to: number };
type Props = { readonly histogram: Histogram; readonly range: Range | null; readonly onRange: (range: Range | null) => void };

const HEIGHT = 56;

/** Small histogram of one entity; alerts stand as marks above their bars. */
export function ActivityBars({ histogram, range, onRange }: Props) {
  const { zone } = useAppearance();
  const { counts, bucketMicros, from } = histogram;
  const most = Math.max(1, ...counts);
  const label = (at: number) => formatTime(at, zone, bucketMicros >= 86_400_000_000 ? 'day' : 'minute');
  return (
    <div className={styles.frame}>
      <div className={styles.words}>
        <span>{label(from)}</span>
        <span className={styles.total}>
          {range ? `${label(range.from)} – ${label(range.to)}` : formatCounted(histogram.total, 'event')}
          {range && (
            <Button look="quiet" size="small" onClick={() => onRange(null)}>
              <X aria-hidden="true" /> Whole time
            </Button>
          )}
        </span>
        <span>{label(histogram.to)}</span>
      </div>
      <div className={styles.bars} role="toolbar" aria-label="Activity over time">
        {counts.map((count, index) => {
          const start = from + index * bucketMicros;
          const alerts =
            histogram.alerts.high[index]! +
            histogram.alerts.medium[index]! +
            histogram.alerts.low[index]! +
            histogram.alerts.informational[index]!;
          const isIn = !range || (start >= range.from && start < range.to);
          const title = `${label(start)}: ${formatCounted(count, 'event')}${alerts > 0 ? `, ${formatCounted(alerts, 'alert')}` : ''}`;
          return (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a bucket is its place.
              key={index}
              type="button"
              tabIndex={count > 0 ? 0 : -1}
              className={styles.bucket}
              data-out={!isIn || undefined}
              title={title}
              aria-label={title}
              disabled={count === 0}
              onClick={() => onRange({ from: start, to: start + bucketMicros })}
            >
              {alerts > 0 && <span className={styles.alert} />}
              <span
                className={styles.bar}
                style={{ height: count === 0 ? 0 : Math.max(2, Math.round((Math.log1p(count) / Math.log1p(most)) * HEIGHT)) }}
              />
            </button>
          );
        })}
      </div>
    </div>
  );
}
