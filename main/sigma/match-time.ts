import { parseMoment } from '../../shared/model/time.ts';
import { comparison } from './match-number.ts';

const PARTS: Readonly<Record<string, (date: Date) => number>> = {
  minute: (date) => date.getUTCMinutes(),
  hour: (date) => date.getUTCHours(),
  day: (date) => date.getUTCDate(),
  week: isoWeek,
  month: (date) => date.getUTCMonth() + 1,
  year: (date) => date.getUTCFullYear(),
};

/**
 * A part of a moment, compared. The specification converts no zones: here every moment is UTC, as the records have it, and a text without an
 * offset is taken for UTC. Weeks are those of ISO 8601. Throws where the rule's value is no number.
 */
export function timePartTest(part: string, operator: string | undefined, text: string): (value: string) => boolean {
  const compare = comparison(operator ?? 'eq', text);
  return (value) => {
    const moment = parseMoment(value);
    return moment !== null && compare(PARTS[part](new Date(moment.at / 1000)));
  };
}

const DAY_MS = 86_400_000;

/** Week 1 is the week with the year's first Thursday (ISO 8601). */
function isoWeek(date: Date): number {
  const thursday = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 3 - ((date.getUTCDay() + 6) % 7));
  return 1 + Math.floor((thursday - Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)) / DAY_MS / 7);
}
