import type { EventBatch } from '../../shared/model/event-batch.ts';
import { Dictionary } from '../events/dictionary.ts';
import { EventTable } from '../events/event-table.ts';
import { IdentitySet } from '../events/identity-set.ts';
import { FieldBlock } from '../lib/field-block.ts';
import { LruCache } from '../lib/lru-cache.ts';
import { type BlockColumns, packColumns, unpackColumns, unpackResidentColumns } from './block-columns.ts';
import type { Database } from './database.ts';

/** Called for each event that has become part of the table, in storage order. */
export type EventListener = (index: number) => void;

/** An opened block: its records' fields and the columns that are not resident. */
export type OpenBlock = {
  readonly fileId: number;
  readonly fields: FieldBlock;
  readonly columns: BlockColumns;
  readonly texts: Uint32Array;
  readonly sizeBytes: number;
};

type BlockRow = {
  id: number;
  file_id: number;
  count: number;
  live: Uint8Array | null;
  text_ids: Uint8Array;
  account_ids: Uint8Array;
  columns: Uint8Array;
  payload: Uint8Array;
};

/** About 150 opened blocks: enough for a page of events that interleave from as many files. */
const OPEN_BLOCK_BYTES = 64 * 1024 * 1024;
/** An attacker may write texts without end into a log; past this many, new ones are kept in the record only and not indexed. */
const MOST_TEXTS = 4_000_000;

/** Events on disk in compressed blocks, and their columns in memory. */
export class EventStore {
  readonly table = new EventTable();
  readonly dictionary = new Dictionary();
  readonly #database: Database;
  #identities: IdentitySet | null = null;
  readonly #open = new LruCache<number, OpenBlock>(OPEN_BLOCK_BYTES, (block) => block.sizeBytes);
  #persistedTexts = 1;
  #persistedAccounts = 1;
  #nextBlock = 1;
  onEvent: EventListener = () => {};

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads everything that is resident; about half a second for a million events. */
  load(): void {
    this.#reset();
    for (const row of this.#database.all<{ id: number; value: string }>('SELECT id, value FROM text ORDER BY id'))
      this.dictionary.textId(row.value);
    for (const row of this.#database.all<{ sid: string; name: string; domain: string }>(
      'SELECT sid, name, domain FROM account ORDER BY id',
    )) {
      this.dictionary.accountId({ sid: row.sid, name: row.name, domain: row.domain });
    }
    this.#persistedTexts = this.dictionary.texts.length;
    this.#persistedAccounts = this.dictionary.accounts.length;
    const blocks = this.#database.each<Omit<BlockRow, 'payload'>>(
      'SELECT id, file_id, count, live, text_ids, account_ids, columns FROM block ORDER BY id',
    );
    for (const block of blocks) {
      const columns = unpackResidentColumns(block.columns, block.count);
      this.#addRows({ ...columns, count: block.count }, block.id, block.live, words(block.text_ids), words(block.account_ids));
      this.#nextBlock = block.id + 1;
    }
  }

  /** Stores what is new of a batch; call inside a transaction, and `load` again if that is rolled back. */
  append(batch: EventBatch, fileId: number): { stored: number; duplicate: number; firstAt: number | null; lastAt: number | null } {
    this.#knowIdentities();
    const live = new Uint8Array(Math.ceil(batch.count / 8));
    let stored = 0;
    let firstAt: number | null = null;
    let lastAt: number | null = null;
    for (let row = 0; row < batch.count; row++) {
      if (!this.#identities!.add(batch.identity[row * 2], batch.identity[row * 2 + 1])) continue;
      live[row >> 3] |= 1 << (row & 7);
      stored++;
      const at = batch.at[row];
      if (firstAt === null || at < firstAt) firstAt = at;
      if (lastAt === null || at > lastAt) lastAt = at;
    }
    if (stored === 0) return { stored, duplicate: batch.count, firstAt, lastAt };
    const texts = Uint32Array.from(batch.texts, (text) => this.#textId(text));
    const accounts = Uint32Array.from(batch.accounts, (account) => this.dictionary.accountId(account));
    this.#persistDictionary();
    const id = this.#nextBlock++;
    const mask = stored === batch.count ? null : live;
    this.#database.run(
      'INSERT INTO block (id, file_id, count, live, text_ids, account_ids, columns, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      [id, fileId, batch.count, mask, bytes(texts), bytes(accounts), packColumns(batch), batch.payload],
    );
    this.#addRows(batch, id, mask, texts, accounts);
    return { stored, duplicate: batch.count - stored, firstAt, lastAt };
  }

  /** The block that holds an event's fields, opened and kept for a while. */
  blockOf(index: number): OpenBlock {
    return this.openBlock(this.table.segmentOf(index).block[index & 0xffff]);
  }

  openBlock(id: number): OpenBlock {
    const known = this.#open.get(id);
    if (known) return known;
    const row = this.#database.get<BlockRow>('SELECT * FROM block WHERE id = ?', [id])!;
    const fields = FieldBlock.open(row.payload);
    const opened: OpenBlock = {
      fileId: row.file_id,
      fields,
      columns: unpackColumns(row.columns, row.count),
      texts: words(row.text_ids),
      sizeBytes: fields.sizeBytes + row.count * 90,
    };
    this.#open.set(id, opened);
    return opened;
  }

  field(index: number, name: string): string {
    return this.blockOf(index).fields.field(this.rowOf(index), name);
  }

  rowOf(index: number): number {
    return this.table.segmentOf(index).row[index & 0xffff];
  }

  #addRows(
    batch: BlockColumns & { readonly count: number },
    block: number,
    live: Uint8Array | null,
    texts: Uint32Array,
    accounts: Uint32Array,
  ): void {
    if (live === null) {
      const first = this.table.appendAll(batch, batch.count, block, texts, accounts);
      for (let index = first; index < this.table.count; index++) this.onEvent(index);
      return;
    }
    for (let row = 0; row < batch.count; row++) {
      if ((live[row >> 3] & (1 << (row & 7))) !== 0) this.onEvent(this.table.append(batch, row, block, texts, accounts));
    }
  }

  /** The set of identities is needed only when something is stored: a start that only looks does without. */
  #knowIdentities(): void {
    if (this.#identities !== null) return;
    this.#identities = new IdentitySet(this.table.count);
    for (let index = 0; index < this.table.count; index++) {
      const { identity } = this.table.segmentOf(index);
      this.#identities.add(identity[(index & 0xffff) * 2], identity[(index & 0xffff) * 2 + 1]);
    }
  }

  #textId(text: string): number {
    if (this.dictionary.texts.length < MOST_TEXTS) return this.dictionary.textId(text);
    return Math.max(0, this.dictionary.findText(text));
  }

  #persistDictionary(): void {
    const { texts, accounts } = this.dictionary;
    for (; this.#persistedTexts < texts.length; this.#persistedTexts++) {
      this.#database.run('INSERT INTO text (id, value) VALUES (?, ?)', [this.#persistedTexts, texts[this.#persistedTexts]]);
    }
    for (; this.#persistedAccounts < accounts.length; this.#persistedAccounts++) {
      const { sid, name, domain } = accounts[this.#persistedAccounts];
      this.#database.run('INSERT INTO account (id, sid, name, domain) VALUES (?, ?, ?, ?)', [this.#persistedAccounts, sid, name, domain]);
    }
  }

  #reset(): void {
    this.table.clear();
    this.dictionary.clear();
    this.#identities = null;
    this.#open.clear();
    this.#persistedTexts = 1;
    this.#persistedAccounts = 1;
    this.#nextBlock = 1;
  }
}

function bytes(array: Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** SQLite blobs come unaligned; copy to read them as words. */
function words(blob: Uint8Array): Uint32Array {
  return new Uint32Array(blob.slice().buffer);
}
