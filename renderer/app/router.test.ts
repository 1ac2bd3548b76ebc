import { describe, expect, test } from 'vitest';
import { linkTo, parseRoute } from './router.ts';

describe('routes', () => {
  test('an empty address is home', () => {
    expect(parseRoute('')).toEqual({ view: 'investigate', params: {} });
    expect(parseRoute('#/')).toEqual({ view: 'investigate', params: {} });
  });

  test('what a link says is read back the same, whatever signs it holds', () => {
    const params = { entity: 'account:corp\\al&ice=?#%', text: 'a b+c', from: '1639400000000000' };
    expect(parseRoute(linkTo('investigate', params))).toEqual({ view: 'investigate', params });
  });

  test('parameters without a value are left out', () => {
    expect(linkTo('alerts', { alert: null, status: '', entity: undefined, from: 0 })).toBe('#/alerts?from=0');
    expect(linkTo('alerts')).toBe('#/alerts');
  });

  test('a broken address does not throw', () => {
    expect(parseRoute('#/alerts?%E0%A4%A').view).toBe('alerts');
    expect(parseRoute('#garbage/more?x').view).toBe('garbage');
  });
});
