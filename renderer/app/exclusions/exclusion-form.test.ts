import { expect, test } from 'vitest';
import type { AlertEntity, AlertRow } from '../../../shared/model/alert.ts';
import { DAY } from '../../../shared/model/time.ts';
import { draftOfForm, formOfAlert, formOfNothing } from './exclusion-form.ts';

function entity(id: string, role: AlertEntity['role'], kind: AlertEntity['kind'] = 'user'): AlertEntity {
  return { id, name: id.toUpperCase(), kind, role };
}

function alertOf(entities: readonly AlertEntity[]): AlertRow {
  return { detection: 'dcsync', entities } as unknown as AlertRow;
}

test('an alert offers the one that would hide it: alone of its kind in its part', () => {
  const source = entity('host:a', 'source', 'computer');
  expect(formOfAlert(alertOf([source, entity('sid:1', 'actor')]))).toMatchObject({ detection: 'dcsync', entity: 'sid:1', role: 'actor' });
  expect(formOfAlert(alertOf([entity('sid:1', 'actor'), entity('sid:2', 'actor'), source]))).toMatchObject({
    entity: 'host:a',
    entityName: 'HOST:A',
    role: 'source',
  });
  expect(formOfAlert(alertOf([entity('host:b', 'host', 'computer')]))).toMatchObject({ entity: '', role: 'any' });
});

test('an end counts from now, or stands in the zone on screen', () => {
  const now = Date.UTC(2026, 10, 5) * 1000;
  const ends = (form: Parameters<typeof formOfNothing>[0]) => draftOfForm(formOfNothing(form), 'Europe/Berlin', now);
  expect(ends({ end: '7' }).draft.expiresAt).toBe(now + 7 * DAY);
  expect(ends({ end: 'never' }).draft.expiresAt).toBeNull();
  expect(ends({ end: 'moment', moment: '2027-01-31 18:00' })).toMatchObject({
    draft: { expiresAt: Date.UTC(2027, 0, 31, 17) * 1000 },
    wrong: '',
  });
  expect(ends({ end: 'moment', moment: 'soon' }).wrong).toContain('2027-01-31');
});

test('a role without an entity is none', () => {
  expect(draftOfForm(formOfNothing({ role: 'actor', network: '10.0.0.0/8' }), 'UTC', 0).draft.role).toBe('any');
});
