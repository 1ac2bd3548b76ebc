import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ByteStream } from '../../lib/byte-stream.ts';
import { evtxSource } from '../../sources/evtx/source.ts';
import type { RecordSystem, RowWriter, Shape } from '../../sources/row-writer.ts';
import { LAYOUTS } from '../layouts.table.ts';
import type { DemoEvent, EventLayout, Value, ValueType } from './event-layout.ts';
import { EvtxWriter } from './evtx-writer.ts';

type ReadRecord = RecordSystem & { readonly fields: readonly (readonly [string, string])[] };

/** Keeps what the reader says, as text. */
class Collector implements RowWriter {
  readonly records: ReadRecord[] = [];
  readonly rejects: string[] = [];
  #names: readonly string[] = [];
  #values: string[] = [];
  begin(shape: Shape): void {
    this.#names = shape.names;
    this.#values = [];
  }
  utf16(bytes: Uint8Array, start: number, end: number): void {
    this.#values.push(new TextDecoder('utf-16le').decode(bytes.subarray(start, end)));
  }
  utf8(bytes: Uint8Array, start: number, end: number): void {
    this.#values.push(new TextDecoder().decode(bytes.subarray(start, end)));
  }
  text(value: string): void {
    this.#values.push(value);
  }
  integer(value: number): void {
    this.#values.push(String(value));
  }
  empty(): void {
    this.#values.push('');
  }
  commit(system: RecordSystem): void {
    this.records.push({ ...system, fields: this.#names.map((name, index) => [name, this.#values[index]] as const) });
  }
  abandon(): void {}
  reject({ reason }: { readonly reason: string }): void {
    this.rejects.push(reason);
  }
}

async function read(path: string): Promise<Collector> {
  const collector = new Collector();
  const pieces = (async function* () {
    yield new Uint8Array(readFileSync(path));
  })();
  await evtxSource.read(new ByteStream(pieces), collector, { progress: async () => {} });
  return collector;
}

const AT = Date.UTC(2026, 10, 4, 9, 12, 26) * 1000 + 345_678;
const SID = 'S-1-5-21-2873105546-1389720417-3310662958-1121';
const GUID = '{0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D}';
const SAMPLES: Readonly<Record<ValueType, readonly [given: Value, read: string]>> = {
  text: ['Grüße "<&>" 世界 😀', 'Grüße "<&>" 世界 😀'],
  uint16: [65_535, '65535'],
  uint32: [4_294_967_295, '4294967295'],
  uint64: [9_007_199_254_740_991, '9007199254740991'],
  boolean: [1, 'true'],
  binary: ['00ff7a', '00FF7A'],
  guid: [GUID, GUID],
  filetime: [AT, '2026-11-04T09:12:26.3456780Z'],
  sid: [SID, SID],
  hex32: [0xc000006d, '0xc000006d'],
  hex64: [0x3e7_0000_0001, '0x3e700000001'],
};

function eventOf(layout: EventLayout, values: readonly Value[], at = AT): DemoEvent {
  return { layout, at, tick: 7, values, processId: 700, threadId: 44, activity: '', userSid: '' };
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-evtx-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a written event log', () => {
  it('is read again as it was written, for every kind of event and type of value', async () => {
    const path = join(folder, 'all.evtx');
    const writer = await EvtxWriter.create(path, 'DC01.example', 8_000_000_001);
    const layouts: readonly EventLayout[] = Object.values(LAYOUTS);
    for (const layout of layouts)
      await writer.append(
        eventOf(
          layout,
          layout.fields.map(({ type }) => SAMPLES[type][0]),
        ),
      );
    const bytes = await writer.finish();
    expect(bytes % 65_536).toBe(4_096);
    const { records, rejects } = await read(path);
    expect(rejects).toEqual([]);
    expect(records.map((record) => record.eventId)).toEqual(layouts.map((layout) => layout.eventId));
    records.forEach((record, index) => {
      const layout = layouts[index];
      const { at, tick, recordId, channel, provider, computer } = record;
      expect({ at, tick, recordId, channel, provider, computer }).toEqual({
        at: AT,
        tick: 7,
        recordId: 8_000_000_001 + index,
        channel: layout.channel,
        provider: layout.provider,
        computer: 'DC01.example',
      });
      const read = new Map(record.fields);
      for (const { name, type } of layout.fields)
        expect([layout.eventId, name, read.get(name)]).toEqual([layout.eventId, name, SAMPLES[type][1]]);
    });
  });

  it('leaves empty what has no value', async () => {
    const path = join(folder, 'empty.evtx');
    const writer = await EvtxWriter.create(path, 'DC01.example');
    await writer.append(eventOf(LAYOUTS.logon, []));
    await writer.finish();
    const { records } = await read(path);
    const own = new Set<string>(LAYOUTS.logon.fields.map((field) => field.name));
    expect(records[0].fields.filter(([name, value]) => own.has(name) && value !== '')).toEqual([]);
    expect(records[0].userSid).toBe('');
  });

  it('goes on in the next chunk where one is full, and keeps the order and the numbers', async () => {
    const path = join(folder, 'many.evtx');
    const writer = await EvtxWriter.create(path, 'DC01.example', 500);
    const long = 'x'.repeat(7_000);
    for (let index = 0; index < 400; index += 1) {
      const text = index % 7 === 0 ? long : `user ${index}`;
      await writer.append(eventOf(LAYOUTS.credentialsValidated, ['package', text, 'WS-001', 0], AT + index * 1_000_000));
    }
    await writer.finish();
    const { records, rejects } = await read(path);
    expect(rejects).toEqual([]);
    expect(records.map((record) => record.recordId)).toEqual(Array.from({ length: 400 }, (_, index) => 500 + index));
    expect(records.every((record, index) => record.at === AT + index * 1_000_000)).toBe(true);
    const header = readFileSync(path).subarray(0, 128);
    expect(header.readUInt16LE(42)).toBeGreaterThan(10);
    expect(header.readBigUInt64LE(24)).toBe(900n);
  });

  it('says so when an event is larger than a chunk', async () => {
    const writer = await EvtxWriter.create(join(folder, 'large.evtx'), 'DC01.example');
    await expect(writer.append(eventOf(LAYOUTS.credentialsValidated, ['x'.repeat(32_000), 'y', 'z', 0]))).rejects.toThrow(
      'larger than a chunk',
    );
    await writer.abandon();
  });
});
