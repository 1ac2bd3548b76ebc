import type { Settings } from '../../shared/contract/operations.ts';
import type { Database } from './database.ts';

const DEFAULTS: Settings = { theme: 'system', 'time-zone': 'UTC', density: 'compact', analyst: '' };

export class SettingStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): Settings {
    const saved = this.#database.all<{ name: string; value: string }>('SELECT name, value FROM setting');
    return { ...DEFAULTS, ...Object.fromEntries(saved.map(({ name, value }) => [name, value])) };
  }

  set(name: keyof Settings, value: string): void {
    this.#database.run('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)', [name, value]);
  }
}
