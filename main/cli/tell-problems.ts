import type { Writable } from 'node:stream';
import type { Reject } from '../../shared/model/event-batch.ts';
import { printable } from './output.ts';

/** Lines a file; the rest is in the JSON. */
const MOST_LINES = 20;

/** `FILE: at byte N, record R: what was expected and found`, on the error stream. */
export function tellRejects(stream: Writable, path: string, rejects: readonly Reject[], total = rejects.length): void {
  for (const { offset, record, reason } of rejects.slice(0, MOST_LINES)) {
    const place = [offset >= 0 ? `at byte ${offset}` : '', record === null ? '' : `record ${record}`]
      .filter((part) => part !== '')
      .join(', ');
    tell(stream, `${path}: ${place === '' ? '' : `${place}: `}${reason}`);
  }
  if (total > MOST_LINES) tell(stream, `${path}: and ${total - Math.min(MOST_LINES, rejects.length)} more`);
}

export function tell(stream: Writable, line: string): void {
  stream.write(`keepwatch: ${printable(line)}\n`);
}
