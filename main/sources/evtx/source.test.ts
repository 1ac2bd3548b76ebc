import { describe, expect, test } from 'vitest';
import { filetimeOfMoment, parseMoment } from '../../../shared/model/time.ts';
import { ChunkFixture, element, integer, logOf, type Node, nested, type Template, text, type Value } from './log-fixture.ts';
import { readLog } from './row-collector.ts';
import { evtxSource } from './source.ts';

const moment = parseMoment('2026-03-04T05:06:07.1234567Z')!;
const { low, high } = filetimeOfMoment(moment.at, moment.tick);
const FILETIME = BigInt(high) * 4_294_967_296n + BigInt(low);
const SID = Buffer.from('010500000000000515000000010000000200000003000000f4010000', 'hex');

const system = element(
  'System',
  [],
  element('Provider', [['Name', 'Test-Provider']]),
  element('EventID', [['Qualifiers', { sub: 1 }]], { sub: 0 }),
  element('Level', [], { sub: 2 }),
  element('TimeCreated', [['SystemTime', { sub: 3 }]]),
  element('EventRecordID', [], { sub: 4 }),
  element('Channel', [], 'Security'),
  element('Computer', [], { sub: 5 }),
  element('Security', [['UserID', { sub: 6 }]]),
);
const ENVELOPE: Template = { id: 1, root: element('Event', [['xmlns', 'urn:test']], system, { sub: 7 }) };
const LOGON: Template = {
  id: 2,
  root: element(
    'EventData',
    [],
    element('Data', [['Name', 'TargetUserName']], { sub: 0 }),
    element('Data', [['Name', 'LogonType']], { sub: 1 }),
    element('Data', [], { sub: 2 }),
    element('Data', [], 'a', { sub: 0 }, 'b'),
  ),
};

function envelope(number: number, data: Value): Node {
  const values = [
    integer(6, 2, 4624),
    { type: 0, bytes: new Uint8Array(0) },
    integer(4, 1, 4),
    integer(0x11, 8, FILETIME),
    integer(10, 8, number + 1000),
    text('dc1.example.test'),
    { type: 0x13, bytes: SID },
    data,
  ];
  return { instance: ENVELOPE, values };
}

function logon(number: number, name = 'alice'): Node {
  return envelope(number, nested({ instance: LOGON, values: [text(name), integer(8, 4, 3), { type: 0, bytes: new Uint8Array(0) }] }));
}

function chunkOf(from: number, count: number): ChunkFixture {
  const chunk = new ChunkFixture();
  for (let number = from; number < from + count; number += 1) chunk.record(number, FILETIME + BigInt(number), logon(number));
  return chunk.seal();
}

describe('records', () => {
  test('a nested template gives fields by name and the fixed part by place', async () => {
    const { rows, rejects } = await readLog(logOf([chunkOf(1, 2)]));
    expect(rejects).toEqual([]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({
      at: moment.at,
      tick: moment.tick,
      eventId: 4624,
      recordId: 1001,
      offset: 4096 + 512,
      channel: 'Security',
      provider: 'Test-Provider',
      computer: 'dc1.example.test',
      userSid: 'S-1-5-21-1-2-3-500',
      fields: {
        TargetUserName: 'alice',
        LogonType: '3',
        Data: '',
        Data2: 'aaliceb',
        'System.Level': '4',
        'System.UserID': 'S-1-5-21-1-2-3-500',
      },
    });
  });

  test('elements written into the record itself, without any template', async () => {
    const plain = element(
      'Event',
      [],
      element(
        'System',
        [],
        element('EventID', [], '7'),
        element('TimeCreated', [['SystemTime', '2026-03-04T05:06:07.1234567Z']]),
        element('EventRecordID', [], '77'),
        element('Computer', [], 'host'),
      ),
      element(
        'UserData',
        [],
        element('Outer', [['Kind', 'x']], element('Name', [], 'one'), element('Part', [], element('Name', [], 'two'))),
      ),
    );
    const { rows, rejects } = await readLog(logOf([new ChunkFixture().record(5, FILETIME, plain).seal()]));
    expect(rejects).toEqual([]);
    expect(rows[0]).toMatchObject({ eventId: 7, recordId: 77, at: moment.at, tick: moment.tick, computer: 'host' });
    expect(rows[0]!.fields).toEqual({ 'Outer.Kind': 'x', 'Outer.Name': 'one', 'Part.Name': 'two' });
  });

  test('a template instance inside elements inside a value', async () => {
    const inner: Template = { id: 3, root: element('Inner', [], { sub: 0 }) };
    const value = nested(element('UserData', [], element('Outer', [], { instance: inner, values: [text('deep')] })));
    const { rows, rejects } = await readLog(logOf([new ChunkFixture().record(1, FILETIME, envelope(1, value)).seal()]));
    expect(rejects).toEqual([]);
    expect(rows[0]!.fields.Inner).toBe('deep');
  });

  test('an array in unnamed data becomes several fields', async () => {
    const classic: Template = { id: 4, root: element('EventData', [], element('Data', [], { sub: 0 }), element('Binary', [], { sub: 1 })) };
    const values = [
      { type: 0x81, bytes: Buffer.from('one\0two\0', 'utf16le') },
      { type: 0x0e, bytes: Buffer.of(0xab, 0xcd) },
    ];
    const chunk = new ChunkFixture().record(1, FILETIME, envelope(1, nested({ instance: classic, values }))).seal();
    const { rows } = await readLog(logOf([chunk]));
    expect(rows[0]!.fields).toMatchObject({ Data: 'one', Data2: 'two', Binary: 'ABCD' });
  });

  test('the same template is right in a chunk where its names lie elsewhere', async () => {
    const second = new ChunkFixture().record(11, FILETIME, envelope(11, nested(element('UserData', [], element('LogonType', [], 'x')))));
    second.record(12, FILETIME, logon(12, 'bob'));
    const { rows } = await readLog(logOf([chunkOf(1, 1), second.seal()]));
    expect(rows[2]!.fields).toMatchObject({ TargetUserName: 'bob', LogonType: '3' });
  });
});

describe('damage', () => {
  test('chunks that the header does not count are read', async () => {
    const { rows, rejects } = await readLog(logOf([chunkOf(1, 3), chunkOf(4, 3)], 1));
    expect(rows).toHaveLength(6);
    expect(rejects).toEqual([]);
  });

  test('a bad checksum is said, and whole records are read still', async () => {
    const log = logOf([chunkOf(1, 3)]);
    log[4096 + 512 + 10] ^= 0x40;
    const { rows, rejects } = await readLog(log);
    expect(rows).toHaveLength(3);
    expect(rejects.map(({ offset, length }) => [offset, length])).toEqual([[4096, 0]]);
  });

  test('a chunk without its magic is searched for records, one of garbage is skipped', async () => {
    const log = logOf([chunkOf(1, 2), chunkOf(3, 2), chunkOf(5, 2)]);
    log.fill(0, 4096, 4104);
    log.fill(0x55, 4096 + 65_536, 4096 + 2 * 65_536);
    const { rows, rejects } = await readLog(log);
    expect(rows.map((row) => row.recordId)).toEqual([1001, 1002, 1005, 1006]);
    expect(rejects.some(({ offset, length }) => offset === 4096 + 65_536 && length === 65_536)).toBe(true);
  });

  test('records behind the counted ones are taken only while they go on in order', async () => {
    const going = chunkOf(1, 2).record(3, FILETIME + 3n, logon(3));
    going.record(2, FILETIME + 4n, logon(2));
    const older = chunkOf(11, 2).record(5, FILETIME, logon(5));
    const { rows, rejects } = await readLog(logOf([going, older]));
    expect(rows.map((row) => row.recordId)).toEqual([1001, 1002, 1003, 1011, 1012]);
    expect(rejects).toHaveLength(1);
    expect(rejects[0]!.reason).toContain('1 whole record');
  });

  test('a broken record is a reject with its place and the next one is read', async () => {
    const log = logOf([chunkOf(1, 3)]);
    const second = log.indexOf(Buffer.of(0x2a, 0x2a, 0, 0), 4096 + 516);
    log[second + 24 + 4] = 0x1f;
    const { rows, rejects } = await readLog(log);
    expect(rows.map((row) => row.recordId)).toEqual([1001, 1003]);
    expect(rejects.find((reject) => reject.record === 2)).toMatchObject({ offset: second, length: log.readUInt32LE(second + 4) });
  });

  test('a file that ends inside a chunk says how much is missing', async () => {
    const log = logOf([chunkOf(1, 3)]);
    const third = log.lastIndexOf(Buffer.of(0x2a, 0x2a, 0, 0));
    const { rows, rejects } = await readLog(log.subarray(0, third + 40));
    expect(rows).toHaveLength(2);
    expect(rejects.some(({ length }) => length === 40)).toBe(true);
  });

  test.each([0, 1, 100, 4095, 4096, 4100])('%i bytes of a log end in a reject or in nothing', async (length) => {
    const { rows } = await readLog(logOf([chunkOf(1, 1)]).subarray(0, length));
    expect(rows).toEqual([]);
  });
});

describe('damaged at random', () => {
  const clean = logOf([chunkOf(1, 30), chunkOf(31, 30)]);

  test('flipped bits never throw', async () => {
    const random = randomOf(1);
    for (let round = 0; round < 150; round += 1) {
      const log = Buffer.from(clean);
      for (let flip = 0; flip < 40; flip += 1) log[4096 + (flip % 2) * 65_536 + random(16_384)] ^= 1 << random(8);
      const { rows } = await readLog(log);
      expect(rows.length).toBeLessThanOrEqual(60);
    }
  });

  test('lengths and offsets of every size never throw', async () => {
    const random = randomOf(2);
    const values = [0, 1, 0xffff, 0x7fffffff, 0xffffffff, 65_535, 65_536, 512];
    for (let round = 0; round < 150; round += 1) {
      const log = Buffer.from(clean);
      for (let change = 0; change < 10; change += 1) log.writeUInt32LE(values[random(values.length)]!, 4096 + 512 + random(8192));
      await readLog(log);
    }
  });

  test('cut anywhere', async () => {
    const random = randomOf(3);
    for (let round = 0; round < 60; round += 1) await readLog(clean.subarray(0, random(clean.length)));
  });
});

test('a template that puts itself into itself is refused', async () => {
  const loop: Template = { id: 9, root: element('EventData', [], ...Array.from({ length: 40 }, () => ({ sub: 0 }))) };
  let content: Node = { instance: loop, values: [text('x')] };
  for (let depth = 0; depth < 12; depth += 1) content = { instance: loop, values: [nested(content)] };
  const { rows, rejects } = await readLog(logOf([new ChunkFixture().record(1, FILETIME, envelope(1, nested(content))).seal()]));
  expect(rows).toEqual([]);
  expect(rejects[0]!.record).toBe(1);
});

test('is recognized by content', () => {
  const log = logOf([chunkOf(1, 1)]);
  expect(evtxSource.recognize(log, log.length)).toBe(true);
  expect(evtxSource.recognize(log.subarray(4096), 1)).toBe(true);
  expect(evtxSource.recognize(Buffer.from('{"EventID":1}'), 13)).toBe(false);
  log.fill(0, 0, 128);
  expect(evtxSource.recognize(log, log.length)).toBe(true);
});

/** A small generator with a seed, so that a failure can be repeated. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
