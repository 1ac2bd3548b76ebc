import type { Micros } from '../../shared/model/time.ts';
import { useAppearance } from './appearance.ts';
import { formatTime, type TimePrecision, zoneLabel } from './time-format.ts';
import styles from './time-label.module.css';

type Props = {
  readonly at: Micros;
  readonly tick?: number;
  readonly precision?: TimePrecision;
};

/** A moment in the chosen zone; hovering tells UTC and the zone, with all digits of the record. */
export function TimeLabel({ at, tick = 0, precision = 'second' }: Props) {
  const { zone } = useAppearance();
  const utc = `${formatTime(at, 'UTC', 'full', tick)} UTC`;
  const title = zone === 'UTC' ? utc : `${utc}\n${formatTime(at, zone, 'full', tick)} ${zoneLabel(zone, at)}`;
  return (
    <time className={styles.time} dateTime={formatTime(at, 'UTC', 'millisecond').replace(' ', 'T').concat('Z')} title={title}>
      {formatTime(at, zone, precision, tick)}
    </time>
  );
}
