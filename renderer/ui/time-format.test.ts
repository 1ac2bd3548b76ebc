import { describe, expect, test } from 'vitest';
import { formatDuration, formatOffset, formatTime, offsetMinutes, parseZoned, zoneLabel } from './time-format.ts';

const AT = Date.UTC(2021, 11, 13, 12, 55, 45, 250) * 1000 + 84;

describe('moments in a zone', () => {
  test('UTC shows all digits of the record', () => {
    expect(formatTime(AT, 'UTC', 'full', 5)).toBe('2021-12-13 12:55:45.2500845');
    expect(formatTime(AT, 'UTC', 'second')).toBe('2021-12-13 12:55:45');
  });

  test('a zone shifts the clock and keeps the digits', () => {
    expect(formatTime(AT, 'Europe/Berlin', 'full', 5)).toBe('2021-12-13 13:55:45.2500845');
    expect(formatTime(AT, 'America/St_Johns', 'minute')).toBe('2021-12-13 09:25');
    expect(formatTime(AT, 'Pacific/Auckland', 'day')).toBe('2021-12-14');
  });

  test('offsets follow the change of clocks', () => {
    expect(offsetMinutes(Date.UTC(2021, 6, 1) * 1000, 'Europe/Berlin')).toBe(120);
    expect(offsetMinutes(Date.UTC(2021, 0, 1) * 1000, 'Europe/Berlin')).toBe(60);
    expect(formatOffset(-210)).toBe('-03:30');
    expect(zoneLabel('Europe/Berlin', AT)).toBe('Europe/Berlin, UTC+01:00');
  });

  test('an unknown zone is UTC, and said to be', () => {
    expect(formatTime(AT, 'Mars/Base', 'minute')).toBe('2021-12-13 12:55');
    expect(zoneLabel('Mars/Base', AT)).toBe('UTC');
  });
});

describe('typed moments', () => {
  test('what is shown can be typed', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/New_York']) {
      const whole = Math.floor(AT / 1_000_000) * 1_000_000;
      expect(parseZoned(formatTime(whole, zone, 'second'), zone)).toBe(whole);
    }
  });

  test('right beside a change of clocks', () => {
    expect(parseZoned('2021-03-28 03:00', 'Europe/Berlin')).toBe(Date.UTC(2021, 2, 28, 1) * 1000);
    expect(parseZoned('2021-03-28 01:59', 'Europe/Berlin')).toBe(Date.UTC(2021, 2, 28, 0, 59) * 1000);
    expect(parseZoned('2021-10-31 04:00', 'Europe/Berlin')).toBe(Date.UTC(2021, 9, 31, 3) * 1000);
  });

  test('anything else is refused', () => {
    for (const text of ['', 'yesterday', '2021-13-01', '2021-12-13 25:99', '13.12.2021']) expect(parseZoned(text, 'UTC')).toBeNull();
  });
});

test('durations name their two largest units', () => {
  expect(formatDuration(0)).toBe('0 s');
  expect(formatDuration(821)).toBe('821 µs');
  expect(formatDuration(11_048_000)).toBe('11 s');
  expect(formatDuration(3_600_000_000 * 25 + 5_000_000)).toBe('1 d 1 h');
  expect(formatDuration(3_600_000_000 + 5_000_000)).toBe('1 h');
});
