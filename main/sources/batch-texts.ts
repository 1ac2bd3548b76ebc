import type { AccountRef } from '../../shared/model/event.ts';
import { ValueSet } from '../lib/value-set.ts';
import { canonicalAddress, cleanHost, cleanSid, cleanText, cutText } from './clean-value.ts';

export type Role = 0 | 1 | 2 | 3 | 4;
export const ROLE = { text: 0, host: 1, address: 2, sid: 3, name: 4 } as const;

const CLEANERS: readonly ((text: string) => string)[] = [cleanText, cleanHost, canonicalAddress, cleanSid, cleanText];
/** Three part numbers fit into one exact double. */
const PART_FACTOR = 65_536;

/**
 * Tables of texts and accounts of one batch. Values come as byte ranges of the batch's own buffer: a text is decoded and cleaned once,
 * where it is first seen, and found again by its bytes.
 */
export class BatchTexts {
  texts: string[] = [''];
  accounts: AccountRef[] = [{ sid: '', name: '', domain: '' }];
  readonly #textCodes = new Map<string, number>();
  /** Parts of accounts are numbered apart, so that `texts` has only what events point at. */
  #parts: string[] = [''];
  readonly #partCodes = new Map<string, number>();
  readonly #accountCodes = new Map<number, number>();
  readonly #seen: readonly ValueSet[] = CLEANERS.map(() => new ValueSet());
  /** Code of each value seen, by role. */
  readonly #codes: number[][] = CLEANERS.map(() => []);
  #bytes: Buffer = Buffer.alloc(0);

  /** Empties the tables for a new batch whose values will be in `bytes`. */
  reset(bytes: Buffer): void {
    this.#bytes = bytes;
    this.texts = [''];
    this.accounts = [{ sid: '', name: '', domain: '' }];
    this.#textCodes.clear();
    this.#textCodes.set('', 0);
    this.#parts = [''];
    this.#partCodes.clear();
    this.#partCodes.set('', 0);
    this.#accountCodes.clear();
    for (const seen of this.#seen) seen.reset(bytes, 0);
    for (const codes of this.#codes) codes.length = 0;
  }

  /** The buffer grew: same content in another place. */
  moveTo(bytes: Buffer): void {
    this.#bytes = bytes;
    for (const seen of this.#seen) seen.moveTo(bytes);
  }

  /** Code of the value `[start, end)`: of a text for the first three roles, of an account part (see `account`) for the others. */
  codeOf(role: Role, start: number, end: number): number {
    if (start === end) return 0;
    const codes = this.#codes[role]!;
    const index = this.#seen[role]!.add(start, end);
    if (index < codes.length) return codes[index]!;
    const text = CLEANERS[role]!(this.#bytes.toString('utf8', start, end));
    const code = role === ROLE.sid || role === ROLE.name ? this.partCode(cutText(text)) : this.code(text);
    codes.push(code);
    return code;
  }

  /** Code of a text that is clean already. */
  code(text: string): number {
    const known = this.#textCodes.get(text);
    if (known !== undefined) return known;
    const kept = cutText(text);
    const code = kept === text ? this.texts.push(text) - 1 : this.code(kept);
    if (kept === text) this.#textCodes.set(text, code);
    return code;
  }

  /** Code of an account by the codes of its parts; none when it has neither SID nor name. */
  account(sid: number, name: number, domain: number): number {
    if (sid === 0 && name === 0) return 0;
    const key = (sid * PART_FACTOR + name) * PART_FACTOR + domain;
    const known = this.#accountCodes.get(key);
    if (known !== undefined) return known;
    const code = this.accounts.push({ sid: this.#parts[sid]!, name: this.#parts[name]!, domain: this.#parts[domain]! }) - 1;
    this.#accountCodes.set(key, code);
    return code;
  }

  partCode(text: string): number {
    const known = this.#partCodes.get(text);
    if (known !== undefined) return known;
    const code = this.#parts.push(text) - 1;
    this.#partCodes.set(text, code);
    return code;
  }
}
