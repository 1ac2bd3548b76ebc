import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleBatch } from '../events/example-batch.ts';
import { packColumns, unpackColumns } from './block-columns.ts';

it('gives back every column of a batch', () => {
  const event = fc.record({
    at: fc.nat(2 ** 50),
    tick: fc.nat(9),
    recordId: fc.nat(2 ** 40),
    eventId: fc.nat(65_535),
    logonType: fc.nat(13),
    object: fc.string(),
  });
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 50 }), (events) => {
      const batch = exampleBatch(events);
      const columns = unpackColumns(packColumns(batch), batch.count);
      for (const [name, values] of Object.entries(columns)) expect([...values]).toEqual([...(batch[name as 'at'] as Float64Array)]);
    }),
  );
});

it('refuses a block that was changed', () => {
  const packed = packColumns(exampleBatch([{ at: 1 }, { at: 2 }]));
  expect(() => unpackColumns(packed.subarray(0, packed.length - 4), 2)).toThrow(/block of events/i);
  expect(() => unpackColumns(packed, 3)).toThrow(/block of events/i);
});
