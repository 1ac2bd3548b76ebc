/** Characters whose lower case has other UTF-8 bytes than the ASCII rule gives. */
const BEYOND_ASCII = /[\u0080-\uffff]/;
const LOWER_A = 0x61;

/** Searches a region of UTF-8 values for words, whatever the case, in one native pass over a lower-case copy. */
export class BlockText {
  readonly #start: number;
  readonly #isAscii: boolean;
  /** One character per byte, so that positions are byte offsets. */
  readonly #lower: string;

  constructor(bytes: Buffer, start: number) {
    this.#start = start;
    const text = bytes.toString('latin1', start);
    this.#isAscii = !BEYOND_ASCII.test(text);
    this.#lower = this.#isAscii ? text.toLowerCase() : lowerAscii(bytes, start);
  }

  /** Calls `hit` with place and length in bytes of an occurrence; it returns where to go on. */
  find(word: string, hit: (at: number, length: number) => number): void {
    if (BEYOND_ASCII.test(word)) {
      this.#findBeyondAscii(word, hit);
      return;
    }
    const needle = word.toLowerCase();
    for (let at = this.#lower.indexOf(needle); at >= 0; )
      at = this.#lower.indexOf(needle, hit(this.#start + at, needle.length) - this.#start);
  }

  /** Case pairs beyond ASCII may differ in length, so every spelling of the word that occurs is looked for as bytes. */
  #findBeyondAscii(word: string, hit: (at: number, length: number) => number): void {
    if (this.#isAscii) return;
    const needle = word.toLowerCase();
    // ASCII letters of the copy are lower case already: only the others can differ.
    const spellings = spellingsOf(needle).map((spelling) => Buffer.from(spelling, 'utf8').toString('latin1'));
    const places: [at: number, length: number][] = [];
    for (const spelling of spellings) {
      for (let at = this.#lower.indexOf(spelling); at >= 0; at = this.#lower.indexOf(spelling, at + 1))
        places.push([this.#start + at, spelling.length]);
    }
    places.sort((a, b) => a[0] - b[0]);
    let from = 0;
    for (const [at, length] of places) if (at >= from) from = hit(at, length);
  }
}

const MOST_SPELLINGS = 64;

/** The word with each character beyond ASCII in lower and upper case; past a bound, all lower and all upper only. */
function spellingsOf(word: string): string[] {
  let spellings = [''];
  for (const character of word) {
    const upper = character > '\x7f' ? character.toUpperCase() : character;
    if (upper === character) {
      spellings = spellings.map((spelling) => spelling + character);
    } else {
      if (spellings.length * 2 > MOST_SPELLINGS) return [word, word.replace(/[\u0080-\uffff]/g, (one) => one.toUpperCase())];
      spellings = spellings.flatMap((spelling) => [spelling + character, spelling + upper]);
    }
  }
  return spellings;
}

function lowerAscii(bytes: Buffer, start: number): string {
  const copy = Buffer.from(bytes.subarray(start));
  for (let at = 0; at < copy.length; at += 1) {
    const byte = copy[at]!;
    if (byte >= 0x41 && byte <= 0x5a) copy[at] = byte - 0x41 + LOWER_A;
  }
  return copy.toString('latin1');
}
