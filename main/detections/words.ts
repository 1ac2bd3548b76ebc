import type { IdentityEvent } from '../../shared/model/event.ts';
import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../../shared/model/time.ts';
import type { Facts } from './facts.ts';

/** "45 s", "10 min", "2 h", "3 days". */
export function durationWords(duration: Micros): string {
  if (duration < SECOND) return 'less than 1 s';
  if (duration < 2 * MINUTE) return duration === MINUTE ? '1 min' : `${Math.round(duration / SECOND)} s`;
  if (duration < 2 * HOUR) return duration === HOUR ? '1 h' : `${Math.round(duration / MINUTE)} min`;
  if (duration < 2 * DAY) return `${Math.round(duration / HOUR)} h`;
  return `${Math.round(duration / DAY)} days`;
}

/** Where an act came from: the host that the address belongs to, else what the record says. */
export function sourceWords(event: IdentityEvent, facts: Facts): string {
  const { sourceAddress } = event;
  const label = facts.label(event.sourceEntity);
  const host = label?.kind === 'computer' ? label.name : event.sourceHost;
  if (host !== '' && sourceAddress !== '') return `${host} (${sourceAddress})`;
  return host || sourceAddress || 'the host itself';
}
