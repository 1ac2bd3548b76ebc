import { describe, expect, test } from 'vitest';
import { BATCH_EVENTS, type EventBatch, type Reject } from '../../shared/model/event-batch.ts';
import { FieldBlock } from '../lib/field-block.ts';
import { BatchBuilder } from './batch-builder.ts';
import { canonicalAddress } from './clean-value.ts';
import type { NormalizePlan, RecordSystem, Shape } from './row-writer.ts';

const SHAPE: Shape = { names: ['Sid', 'Name', 'Domain', 'Host', 'Address', 'Type', 'Status', 'Object'] };
const PLAN: NormalizePlan = {
  kind: 1,
  actor: null,
  actorIsSystemUser: true,
  target: { sid: 0, name: 1, domain: 2 },
  counterpart: null,
  sourceHost: 3,
  sourceAddress: 4,
  logonType: 5,
  outcome: { status: 6 },
  object: 7,
};

function system(recordId: number): RecordSystem {
  return {
    at: 1_700_000_000_000_000,
    tick: 7,
    eventId: 4624,
    recordId,
    offset: 4608,
    channel: 'Security',
    provider: 'P',
    computer: 'dc1',
    userSid: 'S-1-5-18',
  };
}

function build(rows: readonly (readonly string[])[], from = 1): { batches: EventBatch[]; rejects: Reject[] } {
  const batches: EventBatch[] = [];
  const rejects: Reject[] = [];
  const builder = new BatchBuilder({
    planFor: () => PLAN,
    onBatch: (batch) => batches.push(batch),
    onReject: (reject) => rejects.push(reject),
  });
  rows.forEach((row, index) => {
    builder.begin(SHAPE);
    for (const value of row) builder.text(value);
    builder.commit(system(from + index));
  });
  builder.flush();
  return { batches, rejects };
}

const ROW = ['s-1-5-21-1-2-3-500', 'alice', 'CORP', '\\\\WS03', '::ffff:10.0.0.5', '3', '0x0', 'krbtgt'];

describe('normalization', () => {
  test('roles, codes and tables', () => {
    const batch = build([ROW]).batches[0]!;
    expect(batch.accounts[batch.target[0]!]).toEqual({ sid: 'S-1-5-21-1-2-3-500', name: 'alice', domain: 'CORP' });
    expect(batch.accounts[batch.actor[0]!]).toEqual({ sid: 'S-1-5-18', name: '', domain: '' });
    expect(batch.counterpart[0]).toBe(0);
    expect(
      [batch.sourceHost, batch.sourceAddress, batch.object, batch.channel, batch.computer].map((codes) => batch.texts[codes[0]!]),
    ).toEqual(['WS03', '10.0.0.5', 'krbtgt', 'Security', 'dc1']);
    expect([batch.logonType[0], batch.outcome[0], batch.kind[0], batch.eventId[0], batch.tick[0]]).toEqual([3, 1, 1, 4624, 7]);
    expect(FieldBlock.open(batch.payload).fields(0)).toEqual(SHAPE.names.map((name, place) => [name, ROW[place]]));
  });

  test('what says nothing is none', () => {
    const batch = build([['S-1-0-0', '-', '-', '-', '127.0.0.1', '-', '-', '']]).batches[0]!;
    expect(
      [batch.target, batch.sourceHost, batch.sourceAddress, batch.object, batch.logonType, batch.outcome].map((codes) => codes[0]),
    ).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('a status other than zero is a failure', () => {
    const batch = build(
      ['0xc000006d', '0x0', '0', '0x00000000', '0x', '18'].map((status) => ROW.map((value, place) => (place === 6 ? status : value))),
    ).batches[0]!;
    expect([...batch.outcome]).toEqual([2, 1, 1, 1, 1, 2]);
  });

  test('a very long text is cut in the table and whole in the record', () => {
    const long = 'x'.repeat(5000);
    const batch = build([ROW.with(7, long), ROW.with(7, `${long}y`)]).batches[0]!;
    expect(batch.texts[batch.object[0]!]).toHaveLength(512);
    expect(batch.object[0]).toBe(batch.object[1]);
    expect(FieldBlock.open(batch.payload).field(1, 'Object')).toBe(`${long}y`);
  });

  test.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::FFFF:10.1.2.3', '10.1.2.3'],
    ['::ffff:127.0.0.1', ''],
    ['::1', ''],
    ['LOCAL', ''],
    ['FE80::1%12', 'fe80::1'],
  ])('address %s', (logged, canonical) => {
    expect(canonicalAddress(logged)).toBe(canonical);
  });
});

describe('identity', () => {
  const identityOf = (rows: readonly (readonly string[])[], from = 1): number[] => [...build(rows, from).batches[0]!.identity];

  test('is the same for the same record, wherever it stands', () => {
    const other = ROW.with(1, 'bob');
    expect(identityOf([other, ROW], 1).slice(2)).toEqual(identityOf([ROW], 2));
  });

  test('changes with a value, with where values begin, and with the record id', () => {
    const moved = ROW.with(1, 'alic').with(2, 'eCORP');
    const all = [identityOf([ROW]), identityOf([ROW.with(1, 'bob')]), identityOf([moved]), identityOf([ROW], 2)];
    expect(new Set(all.map(String)).size).toBe(4);
  });
});

describe('batches', () => {
  test('are closed when full, and start afresh', () => {
    const rows = Array.from({ length: BATCH_EVENTS + 3 }, (_, row) => ROW.with(1, `user${row}`));
    const { batches } = build(rows);
    expect(batches.map((batch) => batch.count)).toEqual([BATCH_EVENTS, 3]);
    expect(batches[1]!.accounts.map((account) => account.name)).toEqual([
      '',
      '',
      `user${BATCH_EVENTS}`,
      `user${BATCH_EVENTS + 1}`,
      `user${BATCH_EVENTS + 2}`,
    ]);
    expect(FieldBlock.open(batches[1]!.payload).field(2, 'Name')).toBe(`user${BATCH_EVENTS + 2}`);
  });

  test('are closed when their fields are many bytes, also of one record', () => {
    const { batches } = build([ROW, ROW.with(7, 'é'.repeat(3_000_000)), ROW]);
    expect(batches.map((batch) => batch.count)).toEqual([2, 1]);
    expect(FieldBlock.open(batches[0]!.payload).field(1, 'Object')).toHaveLength(3_000_000);
    expect(batches[0]!.accounts[batches[0]!.target[1]!]!.name).toBe('alice');
  });

  test('a record too large is a reject, and what was abandoned leaves no trace', () => {
    const { batches, rejects } = build([ROW, ROW.with(7, 'x'.repeat(17 * 1024 * 1024)), ROW]);
    expect(rejects).toMatchObject([{ offset: 4608, record: 2 }]);
    expect(batches[0]!.count).toBe(2);
    expect(FieldBlock.open(batches[0]!.payload).field(1, 'Name')).toBe('alice');
  });

  test('integers and bytes become text', () => {
    const batches: EventBatch[] = [];
    const builder = new BatchBuilder({ planFor: () => PLAN, onBatch: (batch) => batches.push(batch), onReject: () => {} });
    builder.begin({ names: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] });
    builder.integer(0);
    builder.integer(-4_294_967_295);
    builder.integer(Number.MAX_SAFE_INTEGER);
    builder.utf16(Buffer.from('aß😀', 'utf16le'), 0, 8);
    builder.utf8(Buffer.from('xyz'), 1, 3);
    builder.empty();
    builder.text('é');
    builder.integer(100);
    builder.commit(system(1));
    builder.flush();
    const values = FieldBlock.open(batches[0]!.payload).fields(0);
    expect(values.map(([, value]) => value)).toEqual(['0', '-4294967295', '9007199254740991', 'aß😀', 'yz', '', 'é', '100']);
  });
});

test('takes records without an id that repeat each other for events of their own, and the same ones in the next reading', () => {
  const read = () => {
    const batches: EventBatch[] = [];
    const builder = new BatchBuilder({ planFor: () => PLAN, onBatch: (batch) => batches.push(batch), onReject: () => {} });
    const shape = SHAPE;
    for (let i = 0; i < 3; i++) {
      builder.begin(shape);
      for (const _name of shape.names) builder.text('');
      builder.commit({ at: 1, tick: 0, eventId: 10, recordId: 0, offset: i, channel: 'c', provider: 'p', computer: 'x', userSid: '' });
    }
    builder.flush();
    return [...batches[0].identity];
  };
  const identities = read();
  expect(new Set([0, 2, 4].map((at) => `${identities[at]} ${identities[at + 1]}`)).size).toBe(3);
  expect(read()).toEqual(identities);
});
