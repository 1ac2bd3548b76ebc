import { open, opendir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { EvidenceInput } from './evidence-input.ts';
import { ZipArchive } from './zip-archive.ts';

const MOST_DEPTH = 64;
const MOST_NESTED_ARCHIVES = 4;
const TOO_DEEP = `Archives are opened to a depth of ${MOST_NESTED_ARCHIVES}; unpack this one and import it.`;

/**
 * Every file under the given paths, folders and zip archives (also nested ones) walked in the order of their names. What cannot be opened is an
 * input with a problem, never an error: the report shall name it.
 */
export async function* findEvidence(paths: readonly string[]): AsyncGenerator<EvidenceInput> {
  const visited = new Set<string>();
  const names = shownNames(paths);
  for (const [i, path] of paths.entries()) yield* walk(path, names[i], 0, visited);
}

/** How given paths are shown: by their last part, in full where two would be shown alike. */
export function shownNames(paths: readonly string[]): string[] {
  const last = paths.map((path) => basename(path) || path);
  return paths.map((path, i) => (last.indexOf(last[i]) === last.lastIndexOf(last[i]) ? last[i] : path));
}

async function* walk(path: string, displayPath: string, depth: number, visited: Set<string>): AsyncGenerator<EvidenceInput> {
  try {
    const found = await stat(path);
    if (found.isFile()) {
      if (await isZip(path)) yield* walkArchive(path, displayPath);
      else yield { displayPath, path, members: [], sizeBytes: found.size, problem: null };
      return;
    }
    if (!found.isDirectory()) {
      yield { displayPath, path, members: [], sizeBytes: 0, problem: 'It is neither a file nor a folder.' };
      return;
    }
    const real = await realpath(path);
    // A link that leads back up would go round for ever.
    if (visited.has(real)) return;
    if (depth > MOST_DEPTH) {
      yield { displayPath, path, members: [], sizeBytes: 0, problem: `Folders are walked to a depth of ${MOST_DEPTH}.` };
      return;
    }
    visited.add(real);
  } catch (error) {
    yield unreadable(path, displayPath, error);
    return;
  }
  const names: string[] = [];
  try {
    for await (const entry of await opendir(path)) names.push(entry.name);
  } catch (error) {
    yield unreadable(path, displayPath, error);
  }
  for (const name of names.sort()) yield* walk(join(path, name), `${displayPath}/${name}`, depth + 1, visited);
}

const ZIP_MAGIC = [0x50, 0x4b];

async function isZip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = new Uint8Array(4);
    const { bytesRead } = await file.read(head, 0, 4, 0);
    // PK\3\4 begins a member, PK\5\6 an archive without any.
    return (
      bytesRead === 4 &&
      head[0] === ZIP_MAGIC[0] &&
      head[1] === ZIP_MAGIC[1] &&
      ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
    );
  } finally {
    await file.close();
  }
}

async function* walkArchive(path: string, displayPath: string): AsyncGenerator<EvidenceInput> {
  let archive: ZipArchive | null = null;
  try {
    archive = await ZipArchive.open(path);
    yield* membersOf(archive, path, displayPath, []);
  } catch (error) {
    yield unreadable(path, displayPath, error);
  } finally {
    await archive?.close();
  }
}

async function* membersOf(archive: ZipArchive, path: string, displayPath: string, outer: readonly string[]): AsyncGenerator<EvidenceInput> {
  const { members, problem: problemOfList } = await archive.list();
  for (const { name, sizeBytes, isArchive, problem } of members) {
    const input = { displayPath: `${displayPath}/${name}`, path, members: [...outer, name], sizeBytes, problem };
    if (problem !== null || !isArchive) yield input;
    else if (input.members.length >= MOST_NESTED_ARCHIVES) yield { ...input, problem: TOO_DEEP };
    else yield* walkInner(archive, name, input);
  }
  if (problemOfList !== null) yield { displayPath, path, members: outer, sizeBytes: 0, problem: problemOfList };
}

async function* walkInner(archive: ZipArchive, name: string, input: EvidenceInput): AsyncGenerator<EvidenceInput> {
  let opened: ZipArchive | null = null;
  try {
    opened = await archive.openInner(name);
    yield* membersOf(opened, input.path, input.displayPath, input.members);
  } catch (error) {
    yield { ...input, problem: `This archive cannot be read: ${messageOf(error)}` };
  } finally {
    await opened?.close();
  }
}

function unreadable(path: string, displayPath: string, error: unknown): EvidenceInput {
  return { displayPath, path, members: [], sizeBytes: 0, problem: `Cannot be opened: ${messageOf(error)}` };
}

function messageOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
  };
  return words[code ?? ''] ?? message ?? String(error);
}
