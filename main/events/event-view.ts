import { type AccountRef, EVENT_KINDS, type EventKind, type IdentityEvent, OUTCOMES, type Outcome } from '../../shared/model/event.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Dictionary } from './dictionary.ts';
import type { EventTable, Segment } from './event-table.ts';

/** Where an event's parts come from; answered by the workspace. */
export type EventReader = {
  readonly table: EventTable;
  readonly dictionary: Dictionary;
  field(index: number, name: string): string;
  recordId(index: number): number;
  provider(index: number): string;
  entityIdOfAccount(account: number): string;
  entityIdOfHost(text: number): string;
  entityIdOfAddress(text: number, at: Micros): string;
};

/** One stored event, read column by column as it is asked for. */
export class EventView implements IdentityEvent {
  readonly index: number;
  readonly #reader: EventReader;
  readonly #segment: Segment;
  readonly #row: number;

  constructor(reader: EventReader, index: number) {
    this.index = index;
    this.#reader = reader;
    this.#segment = reader.table.segmentOf(index);
    this.#row = index & 0xffff;
  }

  get at(): Micros {
    return this.#segment.at[this.#row];
  }
  get tick(): number {
    return this.#segment.tick[this.#row];
  }
  get kind(): EventKind {
    return EVENT_KINDS[this.#segment.kind[this.#row]];
  }
  get eventId(): number {
    return this.#segment.eventId[this.#row];
  }
  get channel(): string {
    return this.#text(this.#segment.channel);
  }
  get provider(): string {
    return this.#reader.provider(this.index);
  }
  get computer(): string {
    return this.#text(this.#segment.computer);
  }
  get recordId(): number {
    return this.#reader.recordId(this.index);
  }
  get actor(): AccountRef | null {
    return this.#account(this.#segment.actor);
  }
  get target(): AccountRef | null {
    return this.#account(this.#segment.target);
  }
  get counterpart(): AccountRef | null {
    return this.#account(this.#segment.counterpart);
  }
  get sourceHost(): string {
    return this.#text(this.#segment.sourceHost);
  }
  get sourceAddress(): string {
    return this.#text(this.#segment.sourceAddress);
  }
  get logonType(): number {
    return this.#segment.logonType[this.#row];
  }
  get outcome(): Outcome {
    return OUTCOMES[this.#segment.outcome[this.#row]];
  }
  get object(): string {
    return this.#text(this.#segment.object);
  }
  get computerEntity(): string {
    return this.#reader.entityIdOfHost(this.#segment.computer[this.#row]);
  }
  get actorEntity(): string {
    return this.#reader.entityIdOfAccount(this.#segment.actor[this.#row]);
  }
  get targetEntity(): string {
    return this.#reader.entityIdOfAccount(this.#segment.target[this.#row]);
  }
  get counterpartEntity(): string {
    return this.#reader.entityIdOfAccount(this.#segment.counterpart[this.#row]);
  }
  /** The address as the server saw it wins over the name that the client gave. */
  get sourceEntity(): string {
    const address = this.#segment.sourceAddress[this.#row];
    if (address !== 0) return this.#reader.entityIdOfAddress(address, this.at);
    return this.#reader.entityIdOfHost(this.#segment.sourceHost[this.#row]);
  }

  field(name: string): string {
    return this.#reader.field(this.index, name);
  }

  #text(column: Uint32Array): string {
    return this.#reader.dictionary.texts[column[this.#row]];
  }

  #account(column: Uint32Array): AccountRef | null {
    const id = column[this.#row];
    return id === 0 ? null : this.#reader.dictionary.accounts[id];
  }
}
