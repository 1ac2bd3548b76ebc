import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { ok, type ProblemError, problem, type Result } from '../../shared/result.ts';
import { fileProblem } from './store-problem.ts';

export const LOCK_NAME = 'keepwatch.lock';

/** Who holds a store. `boot` and `processStart` are empty where the system does not tell them (they tell a recycled process number apart). */
type Holder = {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  readonly boot: string;
  readonly processStart: string;
  readonly lockedAtMs: number;
};

export type StoreLock = {
  /** True when the lock of a console that ended without closing the store was found. */
  readonly afterCrash: boolean;
  /** Idempotent; removes the lock only while it is still ours. */
  release(): void;
};

const TAKEOVER_MS = 10_000;
const CLOCK_SLACK_MS = 120_000;

/**
 * Takes the folder for this process by a lock file that names it. The file appears complete or not at all (a hard link of a finished file).
 * A lock is stale when its process is gone, its number belongs to a younger process, or the computer has been started since; of another
 * computer (a shared folder) that cannot be known, so its lock holds. Problems: `store-locked`, `store-read-only`, `disk-full`.
 */
export function acquireLock(folder: string): Result<StoreLock> {
  const path = join(folder, LOCK_NAME);
  const holder = describeOwn();
  try {
    if (create(path, holder)) return ok(lockOf(path, holder.token, false));
    const other = readHolder(path);
    if (other !== null && isAlive(other)) return heldBy(other, folder);
    if (other === null && ageMs(path) < TAKEOVER_MS) return beingOpened(folder);
    return takeOver(path, holder, folder);
  } catch (error) {
    const { code, message } = fileProblem(String((error as NodeJS.ErrnoException).code ?? 'EIO'), folder, 'lock') as ProblemError;
    return problem(code, message);
  }
}

/** Two consoles may find the same stale lock at once; only the one that creates the second file may replace it, and looks again first. */
function takeOver(path: string, holder: Holder, folder: string): Result<StoreLock> {
  const guard = `${path}-takeover`;
  if (ageMs(guard) > TAKEOVER_MS) fs.rmSync(guard, { force: true });
  if (!create(guard, holder)) return beingOpened(folder);
  try {
    const other = readHolder(path);
    if (other !== null && isAlive(other)) return heldBy(other, folder);
    fs.rmSync(path, { force: true });
    return create(path, holder) ? ok(lockOf(path, holder.token, true)) : beingOpened(folder);
  } finally {
    fs.rmSync(guard, { force: true });
  }
}

function lockOf(path: string, token: string, afterCrash: boolean): StoreLock {
  return {
    afterCrash,
    release() {
      if (readHolder(path)?.token === token) fs.rmSync(path, { force: true });
    },
  };
}

/** False when the file exists. */
function create(path: string, holder: Holder): boolean {
  const own = `${path}-${holder.pid}-${holder.token}`;
  try {
    fs.writeFileSync(own, JSON.stringify(holder), { mode: 0o600, flag: 'wx', flush: true });
    fs.linkSync(own, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // File systems without hard links (FAT, some shares).
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP' || code === 'ENOSYS' || code === 'EISDIR')
      return createPlain(path, holder);
    throw error;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

function createPlain(path: string, holder: Holder): boolean {
  try {
    fs.writeFileSync(path, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when the file is gone or not (yet) readable as a lock. */
function readHolder(path: string): Holder | null {
  try {
    const found = JSON.parse(fs.readFileSync(path, 'utf8')) as Holder;
    return typeof found === 'object' &&
      found !== null &&
      Number.isInteger(found.pid) &&
      found.pid > 0 &&
      typeof found.lockedAtMs === 'number'
      ? found
      : null;
  } catch {
    return null;
  }
}

function describeOwn(): Holder {
  return {
    token: randomBytes(8).toString('hex'),
    pid: process.pid,
    host: hostname(),
    boot: bootId(),
    processStart: processStart(process.pid),
    lockedAtMs: Date.now(),
  };
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  if (holder.boot !== '' && bootId() !== '' && holder.boot !== bootId()) return false;
  if (holder.lockedAtMs < Date.now() - uptime() * 1000 - CLOCK_SLACK_MS) return false;
  const start = processStart(holder.pid);
  if (holder.processStart !== '' && start !== '') return holder.processStart === start;
  // This process holds no lock that is older than itself.
  if (holder.pid === process.pid && holder.lockedAtMs < Date.now() - process.uptime() * 1000 - 1000) return false;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id').trim();
}

/** Start of a process in clock ticks since boot: the 22nd field of /proc/PID/stat, counted after the name, which may hold blanks (proc(5)). */
function processStart(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function readText(path: string): string {
  if (process.platform !== 'linux') return '';
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - fs.statSync(path).mtimeMs;
  } catch {
    return -1;
  }
}

function heldBy(holder: Holder, folder: string): Result<StoreLock> {
  const where = holder.host === hostname() ? '' : ` on the computer ${holder.host}`;
  return problem(
    'store-locked',
    `Another Keepwatch has the store in ${folder} open: process ${holder.pid}${where}, since ${new Date(holder.lockedAtMs).toISOString()}. Close that one, or choose another folder for the store. Only if you are sure that it no longer runs, delete ${LOCK_NAME} in that folder.`,
  );
}

function beingOpened(folder: string): Result<StoreLock> {
  return problem(
    'store-locked',
    `Another Keepwatch is just opening the store in ${folder}. Wait ten seconds and try again, or choose another folder for the store.`,
  );
}
