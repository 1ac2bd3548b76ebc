import { expect, test } from 'vitest';
import { linkTo, parseRoute } from '../../app/router.ts';
import { filterOfAlertQuery, isPlainQuery, paramsOfAlertQuery, parseAlertQuery } from './alert-query.ts';

test('the queue opens on what is open, worst first', () => {
  const query = parseAlertQuery({});
  expect(filterOfAlertQuery(query)).toEqual({ statuses: ['new', 'in-progress'] });
  expect(query.sort).toBe('severity');
  expect(isPlainQuery(query)).toBe(true);
});

test('every filter survives the address', () => {
  const query = parseAlertQuery({
    status: 'all',
    severity: 'high|low',
    classification: 'true-positive',
    tactic: 'Lateral Movement|Persistence',
    detection: 'dcsync',
    entity: 'account:corp\\alice',
    from: '1000',
    to: '2000',
    text: 'krbtgt & co',
    sort: 'oldest',
  });
  const { params } = parseRoute(linkTo('alerts', paramsOfAlertQuery(query, 'abc')));
  expect(parseAlertQuery(params)).toEqual(query);
  expect(params.alert).toBe('abc');
  expect(isPlainQuery(query)).toBe(false);
});

test('nonsense in the address is left out', () => {
  const query = parseAlertQuery({ severity: 'awful', from: 'soon', sort: 'random', status: 'odd' });
  expect(query).toEqual(parseAlertQuery({}));
});
