// Whether a built part still belongs to its sources: a stamp over the names, sizes and times of all of them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from './tools.mjs';

const CACHE = join(ROOT, '.cache');
const LOCK = join(CACHE, 'build.lock');

/**
 * @param {readonly string[]} places files and folders, relative to the root
 * @returns {string}
 */
export function deriveStamp(places) {
  const hash = createHash('sha256');
  for (const place of places) addPlace(hash, place);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} place
 */
function addPlace(hash, place) {
  const path = join(ROOT, place);
  if (!existsSync(path)) return;
  const stat = statSync(path);
  if (!stat.isDirectory()) {
    hash.update(`${place}\0${stat.size}\0${stat.mtimeMs}\n`);
    return;
  }
  // Tests are no part of what is built.
  for (const name of readdirSync(path).sort()) if (!name.includes('.test.')) addPlace(hash, `${place}/${name}`);
}

/** @param {string} part */
const stampFile = (part) => join(CACHE, `built-${part}`);

/**
 * @param {string} part
 * @param {string} stamp
 */
export function isFresh(part, stamp) {
  return existsSync(stampFile(part)) && readFileSync(stampFile(part), 'utf8') === stamp;
}

/**
 * @param {string} part
 * @param {string} stamp
 */
export function saveStamp(part, stamp) {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(stampFile(part), stamp);
}

/**
 * Lets one process build at a time: two commands started together must not write the same files.
 * @template Value
 * @param {() => Promise<Value>} work
 * @returns {Promise<Value>}
 */
export async function withBuildLock(work) {
  mkdirSync(CACHE, { recursive: true });
  while (!takeLock()) await wait(100);
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld()) rmSync(LOCK, { force: true });
    return false;
  }
}

/** A lock whose process is gone was left by a build that was killed. */
function isHeld() {
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    if (pid === 0) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
