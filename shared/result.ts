/** What may go wrong that is no bug. The window has words for each; see `renderer/ui`. */
export const PROBLEM_CODES = [
  'invalid-input',
  'not-found',
  'unreadable',
  'unsupported',
  'already-running',
  'store-locked',
  'store-read-only',
  'store-damaged',
  'store-newer',
  'disk-full',
  'cancelled',
  'not-allowed',
  'failed',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];
export type Problem = { readonly ok: false; readonly code: ProblemCode; readonly message: string };
export type Result<Value> = { readonly ok: true; readonly value: Value } | Problem;

export function ok<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** `message` is a sentence for the analyst: what happened, where, and what to do next. */
export function problem(code: ProblemCode, message: string): Problem {
  return { ok: false, code, message };
}

/** Thrown inside a stage where a problem must travel up through loops; the door turns it back into a `Problem`. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  constructor(code: ProblemCode, message: string) {
    super(message);
    this.name = 'ProblemError';
    this.code = code;
  }
}
