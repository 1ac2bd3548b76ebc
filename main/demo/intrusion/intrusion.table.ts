import { on } from '../scene.ts';

/** Hosts, accounts and moments of the one intrusion. Day 11 is Wednesday 2026-11-04, day 13 the Friday after. */
export const INTRUSION = {
  workstation: 'WS-014',
  phishedAccount: 'm.halloran',
  /** Of TEST-NET-3 (RFC 5737). */
  controlAddress: '203.0.113.77',
  phishedAt: on(11, '09:12:26'),
  lookedAroundAt: on(11, '09:20:03'),
  roastedAt: on(11, '09:41:17'),
  sprayedAt: on(11, '10:05:40'),
  sprayedAccount: 'j.ferro',
  guessedAt: on(11, '12:31:08'),
  guesses: 46,
  /** The password of the backup's account was in no dictionary, but short. */
  crackedAccount: 'svc-backup',
  fileServerAt: on(11, '14:32:51'),
  taskServerAt: on(11, '16:10:22'),
  databaseAt: on(12, '08:44:35'),
  stolenAccount: 'adm.ruiz',
  stolenAt: on(12, '10:20:11'),
  controllerAt: on(12, '10:26:40'),
  replicatedAt: on(12, '10:31:29'),
  promotedAt: on(12, '11:02:14'),
  backdoorAt: on(12, '11:05:50'),
  backdoorAccount: 'svc-health',
  decoyAt: on(12, '22:47:03'),
  desktopAt: on(12, '23:05:31'),
  clearedAt: on(13, '01:12:44'),
  endsAt: on(13, '01:40:00'),
} as const;
