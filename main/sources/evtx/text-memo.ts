const SLOTS = 256;
const MOST_TEXTS = 4096;
/** Longer texts are not worth remembering. */
const MOST_BYTES = 512;

type Entry = { readonly type: number; readonly bytes: Uint8Array; readonly text: string };

/**
 * Strings of channel, provider, computer and user, which hardly ever change from record to record: found again by comparing bytes with those of
 * the last record, so that equal texts are the same string and none is decoded twice in a row.
 */
export class TextMemo {
  readonly #bytes: Uint8Array;
  readonly #last: (Entry | undefined)[] = new Array(SLOTS).fill(undefined);
  readonly #texts = new Map<string, string>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** `slot`: any small number that tends to be the same for values of the same meaning. */
  find(slot: number, type: number, at: number, size: number): string | undefined {
    const entry = this.#last[slot % SLOTS];
    if (entry === undefined || entry.type !== type || entry.bytes.length !== size) return undefined;
    const known = entry.bytes;
    const bytes = this.#bytes;
    for (let index = 0; index < size; index += 1) if (known[index] !== bytes[at + index]) return undefined;
    return entry.text;
  }

  remember(slot: number, type: number, at: number, size: number, text: string): string {
    if (size > MOST_BYTES) return text;
    if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
    const same = this.#texts.get(text) ?? text;
    this.#texts.set(same, same);
    this.#last[slot % SLOTS] = { type, bytes: this.#bytes.slice(at, at + size), text: same };
    return same;
  }
}
