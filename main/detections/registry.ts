import { asRepRoasting } from './credential-access/as-rep-roasting.ts';
import { bruteForce } from './credential-access/brute-force.ts';
import { dcsync } from './credential-access/dcsync.ts';
import { honeytokenActivity } from './credential-access/honeytoken-activity.ts';
import { kerberoasting } from './credential-access/kerberoasting.ts';
import { passwordSpraying } from './credential-access/password-spraying.ts';
import { logCleared } from './defense-evasion/log-cleared.ts';
import type { Detection } from './detection.ts';
import { passTheHash } from './lateral-movement/pass-the-hash.ts';
import { psexec } from './lateral-movement/psexec.ts';
import { remoteServiceCreation } from './lateral-movement/remote-service-creation.ts';
import { scheduledTaskRemote } from './lateral-movement/scheduled-task-remote.ts';
import { sensitiveGroupChange } from './persistence/sensitive-group-change.ts';

/** All detections, sorted by id. */
export const detectionRegistry: readonly Detection[] = [
  asRepRoasting,
  bruteForce,
  dcsync,
  honeytokenActivity,
  kerberoasting,
  logCleared,
  passTheHash,
  passwordSpraying,
  psexec,
  remoteServiceCreation,
  scheduledTaskRemote,
  sensitiveGroupChange,
];
