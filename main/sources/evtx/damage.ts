/** Travels from any depth of a record up to the fence around that record, where it becomes a reject; it never leaves this source. */
export class Damage extends Error {
  /** Offset in the chunk; 0 when no single place is to blame. */
  readonly at: number;

  /** `reason`: what was expected and what was found. */
  constructor(at: number, reason: string) {
    super(reason);
    this.name = 'Damage';
    this.at = at;
  }
}
