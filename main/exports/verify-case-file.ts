import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Entry, open, type ZipFile } from 'yauzl';
import * as z from 'zod/mini';
import type { CaseCheck } from '../../shared/contract/operations.ts';
import { ok, problem, type Result } from '../../shared/result.ts';
import { visible } from './safe-text.ts';
import { MANIFEST, MANIFEST_FORMAT, SUMS, sumsOf } from './write-case-file.ts';

const MOST_MANIFEST_BYTES = 64 * 1024 * 1024;
const MOST_ENTRIES = 10_000;
const MOST_PROBLEMS = 1_000;
const MOST_TITLE = 1_000;

const manifestSchema = z.object({
  format: z.literal(MANIFEST_FORMAT),
  title: z.string(),
  createdAt: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })).check(z.maxLength(MOST_ENTRIES)),
});

/** The files of a case file, wherever they are. */
type Reader = { readonly names: ReadonlySet<string>; read(name: string): Promise<AsyncIterable<Uint8Array>>; close(): void };
type Problems = { path: string; reason: string }[];

/** Compares every file of a case file with its manifest: changed, missing and added files are named. */
export async function verifyCaseFile(path: string): Promise<Result<CaseCheck>> {
  let reader: Reader;
  try {
    reader = (await stat(path)).isDirectory() ? await readFolder(path) : await readZip(path);
  } catch (error) {
    return problem('unreadable', `${path} is no case file that can be opened: ${(error as Error).message}`);
  }
  try {
    return await check(reader, path);
  } catch (error) {
    return problem('unreadable', `${path} cannot be read to its end: ${(error as Error).message}`);
  } finally {
    reader.close();
  }
}

async function check(reader: Reader, path: string): Promise<Result<CaseCheck>> {
  if (!reader.names.has(MANIFEST)) return problem('unreadable', `${path} holds no ${MANIFEST}: it is no case file.`);
  const manifestText = await readAll(reader, MANIFEST);
  const manifest = parseManifest(manifestText.toString('utf8'));
  if (manifest === null) return problem('unreadable', `The ${MANIFEST} of ${path} is not that of a case file.`);
  const problems: Problems = [];
  for (const file of manifest.files) {
    if (!reader.names.has(file.path)) {
      problems.push({ path: file.path, reason: 'is missing' });
      continue;
    }
    const { bytes, sha256 } = await measure(await reader.read(file.path), file.bytes);
    if (bytes !== file.bytes)
      problems.push({ path: file.path, reason: `has ${bytes > file.bytes ? 'more' : bytes} bytes, the manifest states ${file.bytes}` });
    else if (sha256 !== file.sha256)
      problems.push({ path: file.path, reason: `has the SHA-256 ${sha256}, the manifest states ${file.sha256}` });
  }
  await checkSums(reader, manifestText, manifest.files, problems);
  const known = new Set([MANIFEST, SUMS, ...manifest.files.map((file) => file.path)]);
  for (const name of reader.names)
    if (!known.has(name)) problems.push({ path: name, reason: 'is not in the manifest: it was added later' });
  return ok({
    intact: problems.length === 0,
    files: manifest.files.length,
    problems: problems.slice(0, MOST_PROBLEMS).map(({ path: name, reason }) => ({ path: visible(name), reason: visible(reason) })),
    title: visible(manifest.title.slice(0, MOST_TITLE)),
    createdAt: visible(manifest.createdAt.slice(0, MOST_TITLE)),
  });
}

/** The list of sums holds the hash of the manifest itself and must say the same as the manifest: changing either alone shows. */
async function checkSums(
  reader: Reader,
  manifest: Buffer,
  files: readonly { readonly path: string; readonly sha256: string }[],
  problems: Problems,
): Promise<void> {
  if (!reader.names.has(SUMS)) {
    problems.push({ path: SUMS, reason: 'is missing' });
    return;
  }
  const sums = (await readAll(reader, SUMS)).toString('utf8');
  const stated = /^([0-9a-f]{64}) {2}manifest\.json$/m.exec(sums)?.[1];
  const found = createHash('sha256').update(manifest).digest('hex');
  if (stated !== found) problems.push({ path: MANIFEST, reason: `does not have the SHA-256 that ${SUMS} states` });
  else if (sums !== sumsOf([...files, { path: MANIFEST, sha256: found }]))
    problems.push({ path: SUMS, reason: 'does not say what the manifest says' });
}

function parseManifest(text: string): z.infer<typeof manifestSchema> | null {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Stops behind `most` bytes: an archive may claim to hold little and unpack without end. */
async function measure(pieces: AsyncIterable<Uint8Array>, most: number): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
    if (bytes > most) break;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function readAll(reader: Reader, name: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of await reader.read(name)) {
    bytes += piece.length;
    if (bytes > MOST_MANIFEST_BYTES) throw new Error(`${name} is larger than ${MOST_MANIFEST_BYTES} bytes`);
    parts.push(piece);
  }
  return Buffer.concat(parts);
}

/** Plain files only: a link or a pipe is named as added, and never opened. */
async function readFolder(path: string): Promise<Reader> {
  const names = new Set<string>();
  const found = await opendir(path);
  for await (const entry of found) {
    names.add(entry.isFile() ? entry.name : `${entry.name}/`);
    if (names.size > MOST_ENTRIES) throw new Error(`more than ${MOST_ENTRIES} entries`);
  }
  return { names, read: async (name) => createReadStream(join(path, name)), close: () => {} };
}

async function readZip(path: string): Promise<Reader> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const entries = new Map<string, Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (entries.size >= MOST_ENTRIES) return reject(new Error(`more than ${MOST_ENTRIES} entries`));
      if (entries.has(entry.fileName)) return reject(new Error(`${entry.fileName} is in it twice`));
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  return {
    names: new Set(entries.keys()),
    read: (name) =>
      new Promise((resolve, reject) => {
        zip.openReadStream(entries.get(name)!, (error, stream) => (error ? reject(error) : resolve(stream)));
      }),
    close: () => zip.close(),
  };
}
