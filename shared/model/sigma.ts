import type { Micros } from './time.ts';

/** What became of a rule on the evidence at hand. */
export const SIGMA_STATES = ['fired', 'loaded', 'cannot-fire', 'unsupported', 'off'] as const;
export type SigmaState = (typeof SIGMA_STATES)[number];

/** What can be switched: every rule of a level, of a status, with a tag that begins so, one rule (its key), one set (its id). */
export const SIGMA_SWITCHES = ['level', 'status', 'tag', 'rule', 'set'] as const;
export type SigmaSwitchKind = (typeof SIGMA_SWITCHES)[number];
export type SigmaSwitch = { readonly kind: SigmaSwitchKind; readonly value: string };

/** Levels and statuses of the Sigma specification 2.1, worst and surest first. */
export const SIGMA_LEVELS = ['critical', 'high', 'medium', 'low', 'informational'] as const;
export const SIGMA_STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] as const;

/** How an alert's detection is named when a Sigma rule is behind it. */
export const SIGMA_PREFIX = 'sigma:';

export function isSigmaDetection(detection: string): boolean {
  return detection.startsWith(SIGMA_PREFIX);
}

/** Rules that were added together. */
export type SigmaSet = {
  readonly id: number;
  readonly name: string;
  readonly addedAt: Micros;
  /** The analyst of the settings at that time, empty when none was named. */
  readonly addedBy: string;
  readonly rules: number;
  readonly isOn: boolean;
};

export type SigmaRuleRow = {
  /** Of the stored file; what `sigma.rule` asks for. */
  readonly fileId: number;
  /** The rule's own id, or one derived from its text where it has none; `sigma:<key>` is its detection. */
  readonly key: string;
  readonly title: string;
  readonly level: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly path: string;
  readonly setId: number;
  readonly state: SigmaState;
  /** Why it cannot fire, is not supported or is off; empty otherwise. */
  readonly reason: string;
  /** Line of its file that the reason is about, 0 when it is about none. */
  readonly line: number;
  /** Alerts of its own and alerts of ours that it matched as well. */
  readonly alerts: number;
};

export type SigmaRuleDetail = {
  readonly row: SigmaRuleRow;
  readonly setName: string;
  readonly text: string;
  readonly about: SigmaAbout;
  /** "Channel: 1, 2" or "Channel: any event", one for each log that it reads; empty when it is not supported. */
  readonly reads: readonly string[];
  /** Whether the rule itself is switched on, whatever else keeps it off. */
  readonly isOn: boolean;
};

/** What a rule's author says of it. */
export type SigmaAbout = {
  readonly description: string;
  readonly author: string;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
};

/** The rule behind a Sigma alert. */
export type SigmaOrigin = SigmaAbout & { readonly rule: string; readonly level: string; readonly status: string; readonly path: string };

/** A Sigma rule that matched records which an alert of ours rests on. */
export type SigmaMatch = { readonly detection: string; readonly title: string; readonly level: string; readonly records: number };

export type SigmaProgress = {
  readonly stage: 'reading' | 'compiling' | 'matching' | 'done';
  readonly done: number;
  /** 0 while unknown. */
  readonly total: number;
};

export type SigmaOverview = {
  readonly sets: readonly SigmaSet[];
  /** What is switched off. */
  readonly switches: readonly SigmaSwitch[];
  readonly counts: Readonly<Record<SigmaState, number>>;
  readonly levels: readonly SigmaCount[];
  readonly statuses: readonly SigmaCount[];
  /** Tags up to their second part (`attack.discovery`), most rules first; techniques are left out. */
  readonly tags: readonly SigmaCount[];
  /** Null while nothing is read, compiled or matched. */
  readonly progress: SigmaProgress | null;
};
export type SigmaCount = { readonly value: string; readonly rules: number };
