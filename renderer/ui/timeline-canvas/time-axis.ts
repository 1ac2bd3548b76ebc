import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../../../shared/model/time.ts';
import { formatTime, offsetMinutes } from '../time-format.ts';

export type Tick = { readonly at: Micros; readonly label: string; readonly isMajor: boolean };

const STEPS: readonly Micros[] = [
  1_000,
  10_000,
  100_000,
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
];
/** Beyond days, steps are months of the calendar. */
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120, 600];
const MONTH_DAYS = 30.44;
const MOST_TICKS = 200;

/** Ticks at whole steps of local time in `zone`, at least `roomPx` apart; midnights carry the date. */
export function ticksOf(from: Micros, to: Micros, widthPx: number, zone: string, roomPx = 84): Tick[] {
  if (!(to > from) || widthPx < roomPx) return [];
  const wanted = ((to - from) * roomPx) / widthPx;
  const step = STEPS.find((size) => size >= wanted);
  if (step === undefined) return monthTicks(from, to, wanted, zone);
  const ticks: Tick[] = [];
  const offset = (at: Micros) => (zone === 'UTC' ? 0 : offsetMinutes(at, zone) * MINUTE);
  let local = Math.ceil((from + offset(from)) / step) * step;
  while (ticks.length < MOST_TICKS) {
    // The offset may change between two ticks; the local time is what stays round.
    const guess = local - offset(local - offset(from));
    const at = local - offset(guess);
    if (at > to) break;
    // An hour that summer time skips would show up twice.
    if (at >= from && at > (ticks.at(-1)?.at ?? Number.NEGATIVE_INFINITY))
      ticks.push({ at, label: tickLabel(at, zone, step, local), isMajor: step < DAY && local % DAY === 0 });
    local += step;
  }
  return ticks;
}

function tickLabel(at: Micros, zone: string, step: Micros, local: Micros): string {
  if (step >= DAY || local % DAY === 0) return shortDay(at, zone);
  if (step >= MINUTE) return formatTime(at, zone, 'minute').slice(11);
  return step >= SECOND ? formatTime(at, zone, 'second').slice(11) : formatTime(at, zone, 'millisecond').slice(14);
}

function monthTicks(from: Micros, to: Micros, wanted: Micros, zone: string): Tick[] {
  const step = MONTH_STEPS.find((months) => months * MONTH_DAYS * DAY >= wanted) ?? 600;
  const first = new Date(Math.floor(from / 1000));
  let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step;
  const ticks: Tick[] = [];
  while (ticks.length < MOST_TICKS) {
    const local = Date.UTC(Math.floor(month / 12), month % 12, 1) * 1000;
    const at = local - (zone === 'UTC' ? 0 : offsetMinutes(local, zone) * MINUTE);
    if (!(at <= to)) break;
    const year = String(Math.floor(month / 12));
    if (at >= from)
      ticks.push({ at, label: month % 12 === 0 ? year : `${MONTHS[month % 12]} ${year}`, isMajor: month % 12 === 0 && step < 12 });
    month += step;
  }
  return ticks;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `14 Mar`: no order of day and month that could be misread. */
function shortDay(at: Micros, zone: string): string {
  const day = formatTime(at, zone, 'day');
  return `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? day}`;
}
