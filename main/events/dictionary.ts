import type { AccountRef } from '../../shared/model/event.ts';

export const NO_ACCOUNT: AccountRef = { sid: '', name: '', domain: '' };

/** Marks that hold for an account whatever else is known. */
export const ACCOUNT_WELL_KNOWN = 1;
export const ACCOUNT_MACHINE = 2;

/**
 * Texts and accounts by id, each held once. Id 0 is "none". The store persists new entries in the same
 * transaction as the rows that use them.
 */
export class Dictionary {
  readonly texts: string[] = [''];
  readonly accounts: AccountRef[] = [NO_ACCOUNT];
  readonly accountMarks: number[] = [ACCOUNT_WELL_KNOWN];
  readonly #textIds = new Map<string, number>([['', 0]]);
  readonly #accountIds = new Map<string, number>([['||', 0]]);

  textId(text: string): number {
    const known = this.#textIds.get(text);
    if (known !== undefined) return known;
    const id = this.texts.push(text) - 1;
    this.#textIds.set(text, id);
    return id;
  }

  /** Id of a text that is already there, else -1. */
  findText(text: string): number {
    return this.#textIds.get(text) ?? -1;
  }

  accountId(account: AccountRef): number {
    const key = `${account.sid}|${account.domain}|${account.name}`;
    const known = this.#accountIds.get(key);
    if (known !== undefined) return known;
    const id = this.accounts.push(account) - 1;
    this.accountMarks.push(marksOf(account));
    this.#accountIds.set(key, id);
    return id;
  }

  clear(): void {
    this.texts.length = 1;
    this.accounts.length = 1;
    this.accountMarks.length = 1;
    this.#textIds.clear();
    this.#textIds.set('', 0);
    this.#accountIds.clear();
    this.#accountIds.set('||', 0);
  }
}

/** Service and session identities that every Windows host has ([MS-DTYP] 2.4.2.4): they never tie hosts together. */
const WELL_KNOWN_SID = /^S-1-(?:0-0|1-0|2-\d+|3-\d+|5-(?:[1-9]|1\d|20|80-.*|82-.*|83-.*|90-.*|96-.*)|15-.*|16-.*)$/;
const WELL_KNOWN_NAMES = new Set(['system', 'local service', 'network service', 'anonymous logon', 'iusr']);

function marksOf(account: AccountRef): number {
  if (WELL_KNOWN_SID.test(account.sid)) return ACCOUNT_WELL_KNOWN;
  // Some records write the domain into the name: `NT AUTHORITY\SYSTEM`.
  const name = account.name
    .slice(account.name.lastIndexOf('\\') + 1)
    .trim()
    .toLowerCase();
  if (account.sid === '' && WELL_KNOWN_NAMES.has(name)) return ACCOUNT_WELL_KNOWN;
  return account.name.endsWith('$') ? ACCOUNT_MACHINE : 0;
}
