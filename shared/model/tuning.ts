import type { EntityRole } from './alert.ts';
import type { Micros } from './time.ts';

/** How much must come together before a detection that counts fires. High: as the detection declares it, fewest alerts; low: soonest. */
export const LEVELS = ['high', 'medium', 'low'] as const;
export type Level = (typeof LEVELS)[number];

/** `test`: found and listed apart, never counted, linked or told. `off`: not looked for. */
export const MODES = ['on', 'test', 'off'] as const;
export type Mode = (typeof MODES)[number];

export type DetectionTuning = { readonly detection: string; readonly level: Level; readonly mode: Mode };

/** In which role an excluded entity must stand; `any` is each of them. */
export const EXCLUSION_ROLES = ['any', 'actor', 'source', 'target'] as const satisfies readonly (EntityRole | 'any')[];
export type ExclusionRole = (typeof EXCLUSION_ROLES)[number];

/** Which alerts are left out: all that is given must hold, the empty string asks for nothing. */
export type ExclusionScope = {
  /** Id of a detection; empty for all. */
  readonly detection: string;
  /** Id of an entity; empty for any. */
  readonly entity: string;
  /** Its name as it was when it was chosen. */
  readonly entityName: string;
  readonly role: ExclusionRole;
  /** An address or a network, `10.1.0.0/16`, `fe80::/10`; empty for any. */
  readonly network: string;
};

export type ExclusionDraft = ExclusionScope & {
  /** By the clock of this workstation, not by the time of the evidence; null never ends. */
  readonly expiresAt: Micros | null;
  readonly reason: string;
};

export type Exclusion = ExclusionDraft & {
  readonly id: number;
  /** Who added it, or changed it last. */
  readonly author: string;
  readonly createdAt: Micros;
  readonly changedAt: Micros;
};

export type ExclusionRow = Exclusion & {
  readonly isExpired: boolean;
  /** Stored alerts that it hides now, alone or together with others. */
  readonly hides: number;
};
