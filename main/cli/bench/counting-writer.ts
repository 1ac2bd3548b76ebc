import type { Reject } from '../../../shared/model/event-batch.ts';
import type { RecordSystem, RowWriter, Shape } from '../../sources/row-writer.ts';

/** Takes every value of every record and keeps nothing but numbers: what is left is the work of the parser. */
export class CountingWriter implements RowWriter {
  records = 0;
  values = 0;
  bytes = 0;
  rejects = 0;

  begin(_shape: Shape): void {}

  utf16(_bytes: Uint8Array, start: number, end: number): void {
    this.values++;
    this.bytes += end - start;
  }

  utf8(_bytes: Uint8Array, start: number, end: number): void {
    this.values++;
    this.bytes += end - start;
  }

  text(value: string): void {
    this.values++;
    this.bytes += value.length;
  }

  integer(_value: number): void {
    this.values++;
  }

  empty(): void {
    this.values++;
  }

  commit(_system: RecordSystem): void {
    this.records++;
  }

  abandon(): void {}

  reject(_reject: Reject): void {
    this.rejects++;
  }
}
