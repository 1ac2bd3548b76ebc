import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventOrder } from './event-order.ts';
import { EventTable } from './event-table.ts';
import { exampleBatch } from './example-batch.ts';

function append(table: EventTable, moments: readonly { at: number; tick: number }[]): void {
  const batch = exampleBatch(moments.map((moment) => ({ ...moment })));
  const texts = Uint32Array.from(batch.texts.keys());
  const accounts = Uint32Array.from(batch.accounts.keys());
  for (let row = 0; row < batch.count; row++) table.append(batch, row, 1, texts, accounts);
}

const moments = fc.array(fc.record({ at: fc.integer({ min: 0, max: 200 }), tick: fc.integer({ min: 0, max: 9 }) }), { maxLength: 60 });

describe('the order of events', () => {
  it('is by time whatever the batches were, also when it was asked for in between', () => {
    fc.assert(
      fc.property(fc.array(moments, { maxLength: 6 }), fc.boolean(), (batches, askBetween) => {
        const table = new EventTable();
        const order = new EventOrder(table);
        for (const batch of batches) {
          append(table, batch);
          if (askBetween) order.rows();
        }
        const sorted = [...order.rows()];
        expect([...sorted].sort((a, b) => a - b)).toEqual(Array.from({ length: table.count }, (_, i) => i));
        for (let i = 1; i < sorted.length; i++) expect(table.compare(sorted[i - 1], sorted[i])).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('finds the first event at or after a moment', () => {
    const table = new EventTable();
    const order = new EventOrder(table);
    append(table, [
      { at: 30, tick: 0 },
      { at: 10, tick: 0 },
      { at: 20, tick: 0 },
    ]);
    expect([9, 10, 11, 20, 30, 31].map((at) => order.positionOf(at))).toEqual([0, 0, 1, 1, 2, 3]);
  });
});
