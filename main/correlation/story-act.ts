import type { AlertEntity } from '../../shared/model/alert.ts';
import type { LinkableAlert } from './link-rule.ts';

/** What the alerts of one stage say, by the part that entities play in them; each list without repetition, in the order of time. */
export type StageParts = {
  readonly sources: readonly AlertEntity[];
  /** Hosts on which it happened. */
  readonly places: readonly AlertEntity[];
  readonly actors: readonly AlertEntity[];
  /** Accounts that it was done to, or as which somebody logged on. */
  readonly accounts: readonly AlertEntity[];
  /** Accounts and services whose secret was at stake. */
  readonly objects: readonly AlertEntity[];
};

/** How the clause of a stage names things. */
export type StageWords = {
  /** "anna and svc-sql"; sensitive accounts and domain controllers are called that. */
  list(entities: readonly AlertEntity[]): string;
  /** " on FS02", or " there" where the clause before ended in the same host; empty where no host is known. */
  on(places: readonly AlertEntity[]): string;
  from(sources: readonly AlertEntity[]): string;
  /** " by anna"; empty where nobody is known. */
  by(actors: readonly AlertEntity[]): string;
  /** True for accounts whose secret an earlier stage put at risk. */
  isTaken(accounts: readonly AlertEntity[]): boolean;
};

/** A kind of step of an intrusion, told by what the alerts say of ATT&CK, never by which detection found it. */
export type StoryAct = {
  readonly id: string;
  /** Techniques (with their sub-techniques) or tactics of which the alert must name one. */
  readonly techniques?: readonly string[];
  readonly tactics?: readonly string[];
  /** Tactic that the stage is shown with, where the alert names it. */
  readonly tactic: string;
  /** True where the secrets of `objects` (or of `accounts`) are in other hands from here on. */
  readonly takes?: true;
  clause(parts: StageParts, words: StageWords): string;
};

export function isAct({ techniques, tactics }: StoryAct, alert: LinkableAlert): boolean {
  if (techniques) return alert.techniques.some((one) => techniques.some((wanted) => one === wanted || one.startsWith(`${wanted}.`)));
  return tactics?.includes(alert.tactics[0] ?? '') ?? true;
}
