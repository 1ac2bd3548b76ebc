import { createHash } from 'node:crypto';
import type { SigmaSwitch } from '../../shared/model/sigma.ts';
import { compileRule, type SigmaRule } from '../sigma/compile-rule.ts';
import type { Placeholders } from '../sigma/compile-selection.ts';
import type { SigmaStore, StoredRuleFile } from '../store/sigma-store.ts';

/** A stored rule file as it stands here; its text stays in the store. */
export type LibraryRule = {
  readonly fileId: number;
  readonly setId: number;
  readonly path: string;
  /** The rule's own id, or one derived from its text; at most 50 characters. */
  readonly key: string;
  readonly title: string;
  readonly level: string;
  readonly status: string;
  readonly tags: readonly string[];
  /** Null where it does not run here: `reason` and `line` say why. */
  readonly rule: SigmaRule | null;
  readonly reason: string;
  readonly line: number;
};

/** Values for `expand`; none are known here yet. */
export const PLACEHOLDERS: Placeholders = new Map();

const FILES_AT_ONCE = 50;

/**
 * All rules of the store, compiled once and again after sets were added, removed or restored. Compiling is a generator, so that thousands of
 * rules do not keep questions waiting.
 */
export class SigmaLibrary {
  readonly #store: SigmaStore;
  #rules: readonly LibraryRule[] = [];
  #byFile = new Map<number, LibraryRule>();
  #off = new Map<string, Set<string>>();
  #isCurrent = false;
  #generation = 0;

  constructor(store: SigmaStore) {
    this.#store = store;
    this.#readSwitches();
  }

  get isCurrent(): boolean {
    return this.#isCurrent;
  }

  /** In the order in which they were added. */
  rules(): readonly LibraryRule[] {
    return this.#rules;
  }

  rule(fileId: number): LibraryRule | null {
    return this.#byFile.get(fileId) ?? null;
  }

  /** After sets have changed. */
  setsChanged(): void {
    this.#isCurrent = false;
    this.#generation++;
  }

  #readSwitches(): void {
    this.#off = new Map();
    for (const { kind, value } of this.#store.off()) this.#off.set(kind, (this.#off.get(kind) ?? new Set()).add(value));
  }

  /**
   * Compiles what is not compiled yet; yields after every file. Two that run at once share their work. Known files are taken over: their text
   * never changes.
   */
  *compile(onProgress: (done: number) => void): Generator<void, void> {
    while (!this.#isCurrent) {
      const generation = this.#generation;
      const rules: LibraryRule[] = [];
      for (let after = 0; ; ) {
        const files = this.#store.filesAfter(after, FILES_AT_ONCE);
        for (const file of files) {
          const rule = this.#byFile.get(file.id) ?? compileFile(file);
          this.#byFile.set(file.id, rule);
          rules.push(rule);
          yield;
        }
        onProgress(rules.length);
        if (files.length < FILES_AT_ONCE) break;
        after = files[files.length - 1].id;
      }
      if (generation !== this.#generation) continue;
      this.#rules = rules;
      this.#byFile = new Map(rules.map((rule) => [rule.fileId, rule]));
      this.#isCurrent = true;
    }
  }

  /** Why a rule that could run is off, in words; empty when it is on. */
  offBecause(rule: LibraryRule): string {
    if (this.#isOff('set', String(rule.setId))) return 'Its set is switched off.';
    if (this.#isOff('rule', rule.key)) return 'This rule is switched off.';
    if (this.#isOff('level', rule.level)) return `Rules of level ${rule.level} are switched off.`;
    if (this.#isOff('status', rule.status)) return `Rules of status ${rule.status} are switched off.`;
    const tag = this.#offTag(rule.tags);
    return tag === '' ? '' : `Rules with the tag ${tag} are switched off.`;
  }

  isRuleOn(key: string): boolean {
    return !this.#isOff('rule', key);
  }

  /** What runs: supported, switched on, and of several rules with one key the first. By key. */
  enabled(): Map<string, LibraryRule> {
    const enabled = new Map<string, LibraryRule>();
    for (const rule of this.#rules)
      if (rule.rule !== null && !enabled.has(rule.key) && this.offBecause(rule) === '') enabled.set(rule.key, rule);
    return enabled;
  }

  switch(change: SigmaSwitch, on: boolean): void {
    this.#store.switch(change, on);
    this.#readSwitches();
  }

  #isOff(kind: string, value: string): boolean {
    return this.#off.get(kind)?.has(value) ?? false;
  }

  #offTag(tags: readonly string[]): string {
    for (const off of this.#off.get('tag') ?? []) if (tags.some((tag) => tag === off || tag.startsWith(`${off}.`))) return off;
    return '';
  }
}

function compileFile({ id, setId, path, text, problem }: StoredRuleFile): LibraryRule {
  const about = { fileId: id, setId, path, key: keyOf('', `${path}\n${text}`), title: path.split('/').at(-1) ?? path, tags: [] };
  const refused = { ...about, level: headOf(text, 'level'), status: headOf(text, 'status'), rule: null };
  if (problem !== '') return { ...refused, reason: problem, line: 0 };
  try {
    const compiled = compileRule(path, text, PLACEHOLDERS);
    const key = keyOf(compiled.id, `${path}\n${text}`);
    const title = compiled.title || about.title;
    if (!('matches' in compiled)) return { ...refused, key, title, reason: compiled.reason, line: compiled.line };
    const { level, status, tags } = compiled;
    return {
      ...about,
      key,
      title,
      level: level.toLowerCase(),
      status: status.toLowerCase(),
      tags: tags.map((tag) => tag.toLowerCase()),
      rule: compiled,
      reason: '',
      line: 0,
    };
  } catch (error) {
    // Nesting without end overflows the parser's stack.
    return { ...refused, reason: `cannot be parsed: ${error instanceof Error ? error.message : String(error)}`, line: 1 };
  }
}

function keyOf(id: string, text: string): string {
  return /^[\w.-]{1,50}$/.test(id) ? id.toLowerCase() : createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A word at the head of a rule that does not run and was therefore not read as a whole. */
function headOf(text: string, key: 'level' | 'status'): string {
  return (new RegExp(`^${key}:[ \\t]*['"]?([a-z]{1,30})`, 'im').exec(text)?.[1] ?? '').toLowerCase();
}
