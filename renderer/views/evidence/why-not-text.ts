import { formatMoment } from '../../../shared/model/time.ts';
import type { WhyNotAnswer } from '../../../shared/model/why-not.ts';
import { DEGREE } from './blind-words.ts';
import { numberWords } from './too-few.tsx';

/** The whole answer as plain text, times in UTC. */
export function whyNotText({ detection, entity, sentence, why, alerts, blindSpots }: WhyNotAnswer): string {
  const lines = [`${detection.title}, ${entity.name}`, sentence];
  for (const alert of alerts) lines.push(`Alert ${formatMoment(alert.firstAt)}: ${alert.summary}`);
  for (const group of why.belowThreshold) {
    const numbers = group.thresholds.map((number) => numberWords(number, group.distinctWords)).join(', or ');
    lines.push(`Too few ${formatMoment(group.firstAt)} to ${formatMoment(group.lastAt)}: ${numbers}`);
  }
  for (const miss of why.nearest)
    lines.push(
      `Nearest ${formatMoment(miss.at)}, event ${miss.eventId} on ${miss.computer}: failed ${miss.failed.map((one) => `"${one}"`).join(', ')}`,
    );
  for (const spot of blindSpots)
    lines.push(`${DEGREE[spot.degree].word}, ${spot.hostName}, ${formatMoment(spot.from)} to ${formatMoment(spot.to)}: ${spot.words}`);
  return lines.join('\n');
}
