import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, parseMoment } from '../../../shared/model/time.ts';
import { ticksOf } from './time-axis.ts';

const at = (text: string) => parseMoment(text)!.at;

describe('ticksOf', () => {
  it('sets ticks at whole local hours and names the day at midnight', () => {
    const from = at('2026-03-14T22:10:00Z');
    const ticks = ticksOf(from, from + 4 * HOUR, 200, 'UTC');
    expect(ticks.map((tick) => tick.label)).toEqual(['15 Mar']);
    expect(ticksOf(from, from + 4 * HOUR, 1000, 'UTC').map((tick) => tick.label)).toEqual(['23:00', '15 Mar', '01:00', '02:00']);
  });
  it('keeps local hours round where the offset is not whole', () => {
    const from = at('2026-03-14T00:00:00Z');
    expect(ticksOf(from, from + 2 * HOUR, 400, 'Asia/Kolkata')[0].label).toBe('06:00');
  });
  it('survives the change to summer time', () => {
    const from = at('2026-03-28T23:00:00Z');
    const ticks = ticksOf(from, from + 6 * HOUR, 900, 'Europe/Berlin');
    expect(new Set(ticks.map((tick) => tick.at)).size).toBe(ticks.length);
    expect(ticks.every((tick, index) => index === 0 || tick.at > ticks[index - 1].at)).toBe(true);
  });
  it('goes by months of the calendar over years', () => {
    const from = at('2019-11-20T00:00:00Z');
    expect(ticksOf(from, from + 400 * DAY, 500, 'UTC').map((tick) => tick.label)).toEqual(['2020', 'Apr 2020', 'Jul 2020', 'Oct 2020']);
    expect(ticksOf(from, from + 4_000 * DAY, 500, 'UTC')[0].label).toBe('2020');
  });
  it('is bounded for any span', () => {
    for (const span of [10, MINUTE, DAY, 20_000 * DAY]) expect(ticksOf(0, span, 1200, 'UTC').length).toBeLessThanOrEqual(200);
    expect(ticksOf(5, 5, 100, 'UTC')).toEqual([]);
  });
});
