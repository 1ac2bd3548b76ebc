import { expect, test } from 'vitest';
import { linkTo, parseRoute } from '../../app/router.ts';
import { filterOfAlertQuery, informationalLeftOut, isPlainQuery, paramsOfAlertQuery, parseAlertQuery } from './alert-query.ts';

test('the queue opens on what is open, worst first', () => {
  const query = parseAlertQuery({});
  expect(filterOfAlertQuery(query)).toEqual({ statuses: ['new', 'in-progress'], severities: ['low', 'medium', 'high'] });
  expect(query.sort).toBe('severity');
  expect(isPlainQuery(query)).toBe(true);
});

test('every filter survives the address', () => {
  const query = parseAlertQuery({
    status: 'all',
    severity: 'high|low',
    classification: 'true-positive',
    source: 'sigma',
    tactic: 'Lateral Movement|Persistence',
    detection: 'dcsync',
    entity: 'account:corp\\alice',
    from: '1000',
    to: '2000',
    text: 'krbtgt & co',
    shown: 'hidden',
    exclusion: '12',
    sort: 'oldest',
  });
  const { params } = parseRoute(linkTo('alerts', paramsOfAlertQuery(query, 'abc')));
  expect(parseAlertQuery(params)).toEqual(query);
  expect(params.alert).toBe('abc');
  expect(isPlainQuery(query)).toBe(false);
});

test('nonsense in the address is left out', () => {
  const query = parseAlertQuery({ severity: 'awful', from: 'soon', sort: 'random', status: 'odd', shown: 'all', exclusion: 'x' });
  expect(query).toEqual(parseAlertQuery({}));
});

test('informational alerts are left out of the queue until they are asked for, and nowhere else', () => {
  const query = parseAlertQuery({ text: 'alice' });
  expect(informationalLeftOut(query)).toEqual({ statuses: ['new', 'in-progress'], severities: ['informational'], text: 'alice' });
  const asked = parseAlertQuery({ severity: 'high|medium|low|informational' });
  expect(filterOfAlertQuery(asked).severities).toHaveLength(4);
  expect(informationalLeftOut(asked)).toBeNull();
  const test = parseAlertQuery({ shown: 'test' });
  expect(filterOfAlertQuery(test)).toEqual({ statuses: ['new', 'in-progress'], shown: 'test' });
  expect(isPlainQuery(test)).toBe(false);
});
