import type { AccountRef, EventKind, Outcome } from '../../shared/model/event.ts';
import { eventKindCode, OUTCOMES } from '../../shared/model/event.ts';
import type { EventBatch } from '../../shared/model/event-batch.ts';

/** An event for tests: everything left out is "none". */
export type ExampleEvent = {
  at: number;
  tick?: number;
  kind?: EventKind;
  eventId?: number;
  outcome?: Outcome;
  logonType?: number;
  recordId?: number;
  channel?: string;
  computer?: string;
  actor?: AccountRef;
  target?: AccountRef;
  counterpart?: AccountRef;
  sourceHost?: string;
  sourceAddress?: string;
  object?: string;
  payload?: Uint8Array;
};

/** A batch of example events, for tests of the stages that take batches. Each is an event of its own unless time and record id are the same. */
export function exampleBatch(events: readonly ExampleEvent[], payload = new Uint8Array(0)): EventBatch {
  const texts = [''];
  const accounts: AccountRef[] = [{ sid: '', name: '', domain: '' }];
  const textCode = (text = ''): number => {
    const known = texts.indexOf(text);
    return known >= 0 ? known : texts.push(text) - 1;
  };
  const accountCode = (account?: AccountRef): number => (account ? accounts.push(account) - 1 : 0);
  const column = (read: (event: ExampleEvent, row: number) => number) => events.map(read);
  return {
    count: events.length,
    at: Float64Array.from(column((event) => event.at)),
    tick: Uint8Array.from(column((event) => event.tick ?? 0)),
    kind: Uint8Array.from(column((event) => eventKindCode(event.kind ?? 'other'))),
    eventId: Uint16Array.from(column((event) => event.eventId ?? 1)),
    outcome: Uint8Array.from(column((event) => OUTCOMES.indexOf(event.outcome ?? 'none'))),
    logonType: Uint8Array.from(column((event) => event.logonType ?? 0)),
    recordId: Float64Array.from(column((event, row) => event.recordId ?? row)),
    offset: Float64Array.from(column((_event, row) => row * 100)),
    identity: Uint32Array.from(events.flatMap((event, row) => [event.recordId ?? row + 1, event.at % 0xffff_ffff])),
    channel: Uint32Array.from(column((event) => textCode(event.channel ?? 'Security'))),
    provider: Uint32Array.from(column(() => textCode('Microsoft-Windows-Security-Auditing'))),
    computer: Uint32Array.from(column((event) => textCode(event.computer ?? 'srv01.corp.example'))),
    actor: Uint32Array.from(column((event) => accountCode(event.actor))),
    target: Uint32Array.from(column((event) => accountCode(event.target))),
    counterpart: Uint32Array.from(column((event) => accountCode(event.counterpart))),
    sourceHost: Uint32Array.from(column((event) => textCode(event.sourceHost))),
    sourceAddress: Uint32Array.from(column((event) => textCode(event.sourceAddress))),
    object: Uint32Array.from(column((event) => textCode(event.object))),
    texts,
    accounts,
    payload,
  };
}
