import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullNameOf, labelEntities, shortenMiddle } from './label.ts';

describe('shortenMiddle', () => {
  it('keeps both ends of a long name', () => {
    expect(shortenMiddle('svc-backup-exchange-prod01', 13)).toBe('svc-ba…prod01');
  });
  it('leaves short names alone', () => {
    expect(shortenMiddle('alice')).toBe('alice');
  });
  it('never grows, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        expect([...shortenMiddle(text, most)].length).toBeLessThanOrEqual(Math.max(most, 1));
      }),
    );
  });
});

describe('labelEntities', () => {
  it('shows the domain only where names repeat', () => {
    const labels = labelEntities([
      { id: 'a', name: 'administrator', domain: 'CONTOSO' },
      { id: 'b', name: 'Administrator', domain: 'WS01' },
      { id: 'c', name: 'alice', domain: 'CONTOSO' },
    ]);
    expect([...labels.values()]).toEqual(['administrator @CONTOSO', 'Administrator @WS01', 'alice']);
  });
  it('shows the end of the SID where name and domain repeat', () => {
    const twins = ['sid:S-1-5-21-1-2-3-1113', 'sid:S-1-5-21-9-9-9-500'].map((id) => ({ id, name: 'bob', domain: 'CORP' }));
    expect([...labelEntities(twins).values()]).toEqual(['bob @CORP …-1113', 'bob @CORP …-500']);
  });
  it('falls back to the id', () => {
    expect(labelEntities([{ id: 'sid:S-1-5-7', name: '', domain: '' }]).get('sid:S-1-5-7')).toBe('sid:S-1-5-7');
    expect(fullNameOf({ id: 'x', name: 'bob', domain: 'CORP' })).toBe('CORP\\bob');
  });
});
