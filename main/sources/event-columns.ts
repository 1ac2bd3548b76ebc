import { BATCH_EVENTS, type EventBatch } from '../../shared/model/event-batch.ts';

/** The columns of a batch while it is being filled; every array has room for a full batch. */
export class EventColumns {
  readonly at = new Float64Array(BATCH_EVENTS);
  readonly tick = new Uint8Array(BATCH_EVENTS);
  readonly kind = new Uint8Array(BATCH_EVENTS);
  readonly eventId = new Uint16Array(BATCH_EVENTS);
  readonly outcome = new Uint8Array(BATCH_EVENTS);
  readonly logonType = new Uint8Array(BATCH_EVENTS);
  readonly recordId = new Float64Array(BATCH_EVENTS);
  readonly offset = new Float64Array(BATCH_EVENTS);
  readonly identity = new Uint32Array(2 * BATCH_EVENTS);
  readonly channel = new Uint32Array(BATCH_EVENTS);
  readonly provider = new Uint32Array(BATCH_EVENTS);
  readonly computer = new Uint32Array(BATCH_EVENTS);
  readonly actor = new Uint32Array(BATCH_EVENTS);
  readonly target = new Uint32Array(BATCH_EVENTS);
  readonly counterpart = new Uint32Array(BATCH_EVENTS);
  readonly sourceHost = new Uint32Array(BATCH_EVENTS);
  readonly sourceAddress = new Uint32Array(BATCH_EVENTS);
  readonly object = new Uint32Array(BATCH_EVENTS);

  /** Copies of the first `count` rows, to be handed to another thread. */
  take(count: number, rest: Pick<EventBatch, 'texts' | 'accounts' | 'payload'>): EventBatch {
    return {
      count,
      at: this.at.slice(0, count),
      tick: this.tick.slice(0, count),
      kind: this.kind.slice(0, count),
      eventId: this.eventId.slice(0, count),
      outcome: this.outcome.slice(0, count),
      logonType: this.logonType.slice(0, count),
      recordId: this.recordId.slice(0, count),
      offset: this.offset.slice(0, count),
      identity: this.identity.slice(0, 2 * count),
      channel: this.channel.slice(0, count),
      provider: this.provider.slice(0, count),
      computer: this.computer.slice(0, count),
      actor: this.actor.slice(0, count),
      target: this.target.slice(0, count),
      counterpart: this.counterpart.slice(0, count),
      sourceHost: this.sourceHost.slice(0, count),
      sourceAddress: this.sourceAddress.slice(0, count),
      object: this.object.slice(0, count),
      ...rest,
    };
  }
}
