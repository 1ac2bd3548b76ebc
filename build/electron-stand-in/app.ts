import { EventEmitter } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AppPart } from './contract.ts';
import { currentSettings } from './settings.ts';

/** Like Electron's: the events of quitting in their order, each of which `main` may hold up. */
class StandInApp extends EventEmitter {
  #name = 'Electron';
  #ended = false;

  getName(): string {
    return this.#name;
  }
  setName(name: string): void {
    this.#name = name;
  }
  getPath(name: string): string {
    if (name !== 'userData') throw new Error(`the stand-in knows no path "${name}"`);
    return join(findConfiguration(), this.#name);
  }
  requestSingleInstanceLock(): boolean {
    return true;
  }
  async whenReady(): Promise<void> {}
  quit(): void {
    if (this.#ended) return;
    if (this.#isHeldUp('before-quit') || this.#isHeldUp('will-quit')) return;
    this.#ended = true;
    this.emit('quit', {}, 0);
    void Promise.all(closers.map((close) => close())).then(() => currentSettings().exit(0));
  }
  #isHeldUp(event: string): boolean {
    let heldUp = false;
    this.emit(event, {
      preventDefault: () => {
        heldUp = true;
      },
    });
    return heldUp;
  }
}

/** What must be closed before the process may end. */
export const closers: (() => Promise<void>)[] = [];

/** Where Electron keeps the folders of programs. */
function findConfiguration(): string {
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
}

const standIn = new StandInApp();
export const app: AppPart = standIn;
export const quit = () => standIn.quit();

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, quit);
