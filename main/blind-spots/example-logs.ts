import { type Micros, SECOND } from '../../shared/model/time.ts';
import { EventOrder } from '../events/event-order.ts';
import { EventTable } from '../events/event-table.ts';
import { exampleBatch } from '../events/example-batch.ts';
import { type AuditOff, auditOffSpans, readAuditChange } from './audit-changes.ts';
import { BlindSpots } from './blind-spots.ts';
import { type HostLogs, readLogHistory } from './log-history.ts';
import { findHoles } from './log-holes.ts';

/** One record of a log, for tests. */
export type LoggedRecord = {
  readonly host: string;
  readonly channel?: string;
  readonly at: Micros;
  readonly eventId?: number;
  readonly recordId?: number;
  readonly fields?: Readonly<Record<string, string>>;
};

/** The same record again and again from `from` up to `to`, numbered through. */
export function written(record: Omit<LoggedRecord, 'at'>, from: Micros, to: Micros, every: Micros): LoggedRecord[] {
  const records: LoggedRecord[] = [];
  for (let at = from; at < to; at += every) {
    const recordId = record.recordId === undefined ? {} : { recordId: record.recordId + records.length };
    records.push({ ...record, at, ...recordId });
  }
  return records;
}

export function runToEnd<Value>(run: Generator<void, Value>): Value {
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

/** What the records could not tell, in whatever order they are given; an entity is a host by its name in lower case. */
export function blindSpotsOf(records: readonly LoggedRecord[], controllers: readonly string[] = []): BlindSpots {
  const table = new EventTable();
  const batch = exampleBatch(
    records.map(({ host, channel = 'Security', at, eventId = 4624, recordId = 0 }, row) => ({
      at,
      eventId,
      channel,
      computer: host,
      recordId: recordId || row,
    })),
  );
  const texts = Uint32Array.from(batch.texts.keys());
  table.appendAll(batch, batch.count, 1, texts, Uint32Array.from(batch.accounts.keys()));
  const names = [...new Set(batch.texts.map((text) => text.toLowerCase()))].sort();
  const field = (index: number, name: string): string => records[index].fields?.[name] ?? '';
  const history = runToEnd(
    readLogHistory({
      table,
      rows: new EventOrder(table).rows(),
      texts: batch.texts,
      entityOfComputer: (text) => names.indexOf(batch.texts[text].toLowerCase()),
      idOf: (entity) => names[entity],
      field,
    }),
  );
  const holes = runToEnd(findHoles(history, (index) => records[index].recordId ?? 0));
  const auditOff = new Map<HostLogs, AuditOff[]>();
  for (const host of history.hosts) {
    const changes = host.auditChanges.map((index) => readAuditChange(table.at(index), index, (name) => field(index, name)));
    auditOff.set(host, auditOffSpans(changes.filter((change) => change !== null)));
  }
  const describe = (entity: number) => ({ id: names[entity], name: names[entity], isController: controllers.includes(names[entity]) });
  return new BlindSpots({ history, holes, auditOff, describe });
}

/** Two days that hosts write all the time, a record each minute. */
export const DAY_ONE: Micros = Date.UTC(2026, 2, 2) * 1000;
export const EACH_MINUTE: Micros = 60 * SECOND;
