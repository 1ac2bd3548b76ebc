import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdentitySet } from './identity-set.ts';

it('knows what was added, as a set of strings does', () => {
  const word = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.nat(0xffff_ffff));
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { maxLength: 3_000 }), (pairs) => {
      const set = new IdentitySet();
      const model = new Set<string>();
      for (const [high, low] of pairs) {
        const key = `${high}|${low}`;
        expect(set.add(high, low)).toBe(!model.has(key));
        model.add(key);
      }
      expect(set.size).toBe(model.size);
    }),
    { numRuns: 30 },
  );
});
