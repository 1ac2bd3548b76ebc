import { TriangleAlert } from 'lucide-react';
import { type ProblemCode, ProblemError } from '../../shared/result.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

/** The sentence of a problem says what happened and what to do; these two are the console's own faults or speak of a list. */
const NEXT_STEP: Partial<Record<ProblemCode, string>> = {
  'invalid-input': 'This is a fault of the console: please report it.',
  'not-found': 'It may have gone together with its evidence. Go back to the list.',
};

export function problemCode(error: unknown): ProblemCode {
  return error instanceof ProblemError ? error.code : 'failed';
}

export function problemWords(error: unknown): {
  readonly what: string;
  readonly next: string;
} {
  const what = error instanceof Error ? error.message : String(error);
  return { what, next: NEXT_STEP[problemCode(error)] ?? '' };
}

/** Something went wrong: what, and what to do next. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }) {
  const { what, next } = problemWords(error);
  return (
    <EmptyState icon={TriangleAlert} title={what} actions={onRetry && <Button onClick={onRetry}>Try again</Button>}>
      {next}
    </EmptyState>
  );
}
