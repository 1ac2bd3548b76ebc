import { BLIND_DEGREES, type BlindHost, type BlindMatrix, type BlindSpot } from '../../shared/model/blind-spot.ts';
import { DAY, type Micros } from '../../shared/model/time.ts';
import type { BlindSpots } from './blind-spots.ts';
import { worstDegree } from './found-spot.ts';
import type { DayNumber, HostLogs } from './log-history.ts';
import type { Wanted } from './wanted.ts';

/** What is asked about: a detection's readings or (null) the logs as such; a half-open span of time; ids of some hosts (null: all). */
export type BlindQuestion = {
  readonly wanted: Wanted | null;
  readonly span: { readonly from: Micros | null; readonly to: Micros | null };
  readonly hosts: ReadonlySet<string> | null;
};

export const DAYS_SHOWN = 92;
const SPOTS_HELD = 20_000;
/** From here on a detection could not have fired on the day, as far as is known. */
const BLIND_FROM = BLIND_DEGREES.indexOf('probably');
const ABSENT = BLIND_DEGREES.indexOf('absent');

/** All rows; `next` and `cannotFire` are the asker's. Yields after each host. */
export function* blindMatrix(spots: BlindSpots, question: BlindQuestion): Generator<void, Omit<BlindMatrix, 'next' | 'cannotFire'>> {
  const { days, daysLeftOut } = daysOf(spots, question);
  const rows: BlindHost[] = [];
  const blindDays = new Set<number>();
  for (const host of hostsOf(spots, question)) {
    const degrees = days.map((day) => BLIND_DEGREES.indexOf(worstDegree(askDay(spots, host, day, question.wanted))));
    const { id, name } = spots.describe(host);
    rows.push({ host: id, hostName: name, isController: spots.isController(host), degrees });
    for (const [position, degree] of degrees.entries()) if (isBlind(degree)) blindDays.add(position);
    yield;
  }
  rows.sort(worstFirst);
  return {
    days: days.map((day) => day * DAY),
    daysLeftOut,
    rows,
    total: rows.length,
    hostsLeftOut: spots.hostsLeftOut,
    controllersOnly: question.wanted?.controllersOnly === true,
    blindHosts: rows.filter(({ degrees }) => degrees.some(isBlind)).length,
    blindDays: blindDays.size,
  };
}

/** Every reason, host by host in the order of the matrix's names, each by day; `isCut` where there are more than are held. */
export function* listBlindSpots(spots: BlindSpots, question: BlindQuestion): Generator<void, { spots: BlindSpot[]; isCut: boolean }> {
  const { days } = daysOf(spots, question);
  const found: BlindSpot[] = [];
  for (const host of hostsOf(spots, question)) {
    for (const day of days) {
      const all = askDay(spots, host, day, question.wanted).filter((spot) => overlaps(spot, question.span));
      if (found.length + all.length > SPOTS_HELD) return { spots: found, isCut: true };
      found.push(...all);
    }
    yield;
  }
  return { spots: found, isCut: false };
}

function askDay(spots: BlindSpots, host: HostLogs, day: DayNumber, wanted: Wanted | null): readonly BlindSpot[] {
  return wanted === null ? spots.ofDay(host, day) : spots.ofDetection(host, day, wanted);
}

function hostsOf(spots: BlindSpots, { wanted, hosts }: BlindQuestion): HostLogs[] {
  const asked = spots.hosts.filter(
    (host) => (hosts === null || hosts.has(spots.describe(host).id)) && (wanted === null || spots.concerns(host, wanted)),
  );
  const key = (host: HostLogs): string => `${spots.isController(host) ? 0 : 1} ${spots.describe(host).id}`;
  return asked
    .map((host) => ({ host, key: key(host) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ host }) => host);
}

/** A few wrong clocks write days of 1601 or 9999: of too many days those with the most records are kept. */
function daysOf(spots: BlindSpots, { span }: BlindQuestion): { days: DayNumber[]; daysLeftOut: number } {
  const inSpan = [...spots.days].filter(
    ([day]) => (span.from === null || (day + 1) * DAY > span.from) && (span.to === null || day * DAY < span.to),
  );
  inSpan.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  const days = inSpan.slice(0, DAYS_SHOWN).map(([day]) => day);
  return { days: days.sort((a, b) => a - b), daysLeftOut: Math.max(0, inSpan.length - DAYS_SHOWN) };
}

function overlaps(spot: BlindSpot, { from, to }: BlindQuestion['span']): boolean {
  return (from === null || spot.to > from) && (to === null || spot.from < to);
}

function isBlind(degree: number): boolean {
  return degree >= BLIND_FROM && degree !== ABSENT;
}

function worstFirst(a: BlindHost, b: BlindHost): number {
  const weight = ({ degrees }: BlindHost): number => degrees.reduce((sum, degree) => sum + (degree === ABSENT ? 0 : degree * degree), 0);
  return Number(b.isController) - Number(a.isController) || weight(b) - weight(a) || (a.host < b.host ? -1 : 1);
}
