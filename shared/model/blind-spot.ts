import type { Micros } from './time.ts';

/**
 * Why a detection could not have seen what it looks for: no log, a stretch without records, a log that begins or ends inside the day, a cleared
 * log, record numbers that are missing, auditing switched off by a record that says so, auditing that seems off, ids that only others have.
 */
export const BLIND_REASONS = [
  'no-log',
  'gap',
  'starts-late',
  'ends-early',
  'cleared',
  'lost-records',
  'audit-off',
  'audit-silent',
  'never-seen',
] as const;
export type BlindReason = (typeof BLIND_REASONS)[number];

/** How much of the day is blind, worse ones later; `absent`: no record at all of this host on this day. */
export const BLIND_DEGREES = ['sees', 'partly', 'probably', 'blind', 'absent'] as const;
export type BlindDegree = (typeof BLIND_DEGREES)[number];

/** One reason on one host and UTC day. */
export type BlindSpot = {
  /** Entity id and name. */
  readonly host: string;
  readonly hostName: string;
  readonly isController: boolean;
  /** First moment of the UTC day. */
  readonly day: Micros;
  /** Half-open stretch of that day. */
  readonly from: Micros;
  readonly to: Micros;
  /** As logged; empty where all logs of the host are meant. */
  readonly channel: string;
  /** Audit subcategory, empty where none is meant. */
  readonly subcategory: string;
  readonly reason: BlindReason;
  readonly degree: BlindDegree;
  /** One sentence without times. */
  readonly words: string;
  /** The record that says so, where one does. */
  readonly eventIndex: number | null;
};

export type BlindHost = {
  readonly host: string;
  readonly hostName: string;
  readonly isController: boolean;
  /** Index into `BLIND_DEGREES` for each of the days of the matrix. */
  readonly degrees: readonly number[];
};

/** Hosts by days: what logs (or one detection) could not see. */
export type BlindMatrix = {
  /** First moments of UTC days that have records, oldest first; the days with the most records where there are too many. */
  readonly days: readonly Micros[];
  readonly daysLeftOut: number;
  /** Worst first, domain controllers before others. */
  readonly rows: readonly BlindHost[];
  /** Null at the end. */
  readonly next: string | null;
  readonly total: number;
  /** Hosts with few records that were not looked at. */
  readonly hostsLeftOut: number;
  /** Whether only logs of domain controllers are meant. */
  readonly controllersOnly: boolean;
  /** Hosts that are blind or probably blind on some day, and the number of days on which some host is. */
  readonly blindHosts: number;
  readonly blindDays: number;
  /** Why the detection cannot fire on this evidence at all, else empty. */
  readonly cannotFire: string;
};
