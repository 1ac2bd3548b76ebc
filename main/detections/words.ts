import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../../shared/model/time.ts';

/** "45 s", "10 min", "2 h", "3 days". */
export function durationWords(duration: Micros): string {
  if (duration < SECOND) return 'less than 1 s';
  if (duration < 2 * MINUTE) return duration === MINUTE ? '1 min' : `${Math.round(duration / SECOND)} s`;
  if (duration < 2 * HOUR) return duration === HOUR ? '1 h' : `${Math.round(duration / MINUTE)} min`;
  if (duration < 2 * DAY) return `${Math.round(duration / HOUR)} h`;
  return `${Math.round(duration / DAY)} days`;
}
