import { TriangleAlert } from 'lucide-react';
import { type ProblemCode, ProblemError } from '../../shared/result.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

/** What to do about each kind of problem; the sentence of the problem itself says what happened. */
const NEXT_STEP: Readonly<Record<ProblemCode, string>> = {
  'invalid-input': 'The question was not understood by the engine. This is a fault of the console; please report it.',
  'not-found': 'It may have been removed together with its evidence. Go back to the list.',
  unreadable: 'Check that the file is still there and that you may read it, then try again.',
  unsupported: 'Keepwatch reads EVTX files, Windows events as JSON, and folders and ZIP archives of these.',
  'already-running': 'Wait for it to end or cancel it, then try again.',
  'store-locked': 'Another Keepwatch window holds this store. Close it, then start Keepwatch again.',
  'store-read-only': 'Allow writing to the folder of the store, or start Keepwatch with another folder.',
  'store-damaged': 'Make a copy of the store folder, then start with an empty store and import the evidence again.',
  'store-newer': 'This store was written by a newer Keepwatch. Use that version, or another store folder.',
  'disk-full': 'Free some space on the disk of the store, then try again. Nothing that was saved is lost.',
  cancelled: 'It was cancelled.',
  'not-allowed': 'The engine refused it.',
  failed: 'Try again. If it happens again, copy the message and report it.',
};

export function problemCode(error: unknown): ProblemCode {
  return error instanceof ProblemError ? error.code : 'failed';
}

export function problemWords(error: unknown): {
  readonly what: string;
  readonly next: string;
} {
  const what = error instanceof Error ? error.message : String(error);
  return { what, next: NEXT_STEP[problemCode(error)] };
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
