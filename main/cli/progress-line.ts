import type { Writable } from 'node:stream';
import type { ImportProgress } from '../../shared/model/import.ts';
import { printable } from './output.ts';

/** One line that is written over, on a terminal only. */
export class ProgressLine {
  readonly #stream: (Writable & { readonly isTTY?: boolean; readonly columns?: number }) | null;
  #shown = false;

  constructor(stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }) {
    this.#stream = stream.isTTY === true ? stream : null;
  }

  show({ stage, bytesDone, bytesTotal, filesDone, filesTotal, eventsStored, currentFile }: ImportProgress): void {
    if (this.#stream === null || stage === 'done') return;
    const share = bytesTotal > 0 ? Math.floor((100 * Math.min(bytesDone, bytesTotal)) / bytesTotal) : 0;
    const words =
      stage === 'reading'
        ? `${share} %  file ${Math.min(filesDone + 1, filesTotal)} of ${filesTotal}  ${eventsStored} events  ${currentFile}`
        : stage === 'detecting'
          ? 'running the detections'
          : 'looking for files';
    this.#stream.write(`\r\u001b[K${printable(words).slice(0, (this.#stream.columns ?? 80) - 1)}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) this.#stream?.write('\r\u001b[K');
    this.#shown = false;
  }
}
