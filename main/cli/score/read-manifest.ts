import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Problem, problem, type Result } from '../../../shared/result.ts';

/** What the labels of a corpus say of one file. */
export type Labelled = {
  readonly path: string;
  readonly format: string;
  readonly class?: string | undefined;
  /** Labels that should be found in this file. */
  readonly expected?: readonly string[] | undefined;
  /** Labels for which the file holds evidence without being about them. */
  readonly allowed?: readonly string[] | undefined;
  /** `content`: a record of the file backs an expected label; `name`: only what its origin says of it does. */
  readonly evidence?: string | undefined;
  /** Archive of the corpus that holds the file under its `path`. */
  readonly packed_in?: string | undefined;
  readonly bytes?: number | undefined;
};

export type Manifest = {
  readonly corpus: string;
  readonly files: readonly Labelled[];
  /** Ids of the detections that count as having found the label. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
};

const MOST = { bytes: 64 << 20, files: 100_000, labels: 10_000, names: 1000, characters: 4096 };

type Fields = Readonly<Record<string, unknown>>;

/** Thrown where a value is not as it must be; `readManifest` turns it into a problem that names the file. */
class Unfit extends Error {}

/** A manifest and the `labels.json` beside it; the problem names the file and the place in it. */
export async function readManifest(path: string): Promise<Result<Manifest>> {
  const files = await readChecked(path, checkFiles);
  if (!files.ok) return files;
  const labels = await readChecked(join(dirname(path), 'labels.json'), checkLabels);
  if (!labels.ok) return labels;
  return { ok: true, value: { corpus: dirname(path), files: files.value, labels: labels.value } };
}

async function readChecked<Value>(path: string, check: (whole: unknown) => Value): Promise<Result<Value>> {
  const unreadable = (reason: string): Problem => problem('unreadable', `${path}: ${reason}`);
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MOST.bytes) return unreadable(`expected at most ${MOST.bytes} bytes, found ${size}`);
    text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    return unreadable(`could not be read: ${(error as Error).message}`);
  }
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch (error) {
    return unreadable(`${placeOf(text)}: not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  try {
    return { ok: true, value: check(whole) };
  } catch (error) {
    if (error instanceof Unfit) return unreadable(error.message);
    throw error;
  }
}

/** Line and column of the first character that no JSON could have there: the engine does not tell it for every error. */
function placeOf(text: string): string {
  let good = 0;
  let bad = text.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (mayGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const before = text.slice(0, good);
  return `line ${before.split('\n').length}, column ${good - before.lastIndexOf('\n')}`;
}

function mayGoOn(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    return position === undefined ? /end of JSON/.test(message) : /^Unterminated/.test(message) || Number(position) >= start.length;
  }
}

function checkFiles(whole: unknown): Labelled[] {
  const { files } = fieldsOf(whole, 'the whole');
  if (!Array.isArray(files)) throw new Unfit(`files: expected a list, found ${kindOf(files)}`);
  if (files.length > MOST.files) throw new Unfit(`files: expected at most ${MOST.files} entries, found ${files.length}`);
  return files.map((entry, place) => checkEntry(entry, `files[${place}]`));
}

function checkEntry(entry: unknown, at: string): Labelled {
  const fields = fieldsOf(entry, at);
  const optional = <Value>(name: string, check: (value: unknown, at: string) => Value): Value | undefined =>
    fields[name] === undefined || fields[name] === null ? undefined : check(fields[name], `${at}.${name}`);
  return {
    path: checkPath(fields.path, `${at}.path`),
    format: checkName(fields.format, `${at}.format`),
    class: optional('class', checkName),
    expected: optional('expected', checkNames),
    allowed: optional('allowed', checkNames),
    evidence: optional('evidence', checkName),
    packed_in: optional('packed_in', checkPath),
    bytes: optional('bytes', checkBytes),
  };
}

function checkLabels(whole: unknown): Map<string, readonly string[]> {
  const entries = Object.entries(fieldsOf(fieldsOf(whole, 'the whole').labels, 'labels'));
  if (entries.length > MOST.labels) throw new Unfit(`labels: expected at most ${MOST.labels}, found ${entries.length}`);
  return new Map(entries.map(([label, ids]) => [label, checkNames(ids, `labels[${JSON.stringify(label.slice(0, 100))}]`)]));
}

function fieldsOf(value: unknown, at: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Unfit(`${at}: expected an object, found ${kindOf(value)}`);
}

function checkName(value: unknown, at: string): string {
  if (typeof value !== 'string') throw new Unfit(`${at}: expected text, found ${kindOf(value)}`);
  if (value.length > MOST.characters) throw new Unfit(`${at}: expected at most ${MOST.characters} characters, found ${value.length}`);
  return value;
}

function checkNames(value: unknown, at: string): string[] {
  if (!Array.isArray(value)) throw new Unfit(`${at}: expected a list, found ${kindOf(value)}`);
  if (value.length > MOST.names) throw new Unfit(`${at}: expected at most ${MOST.names}, found ${value.length}`);
  return value.map((name, place) => checkName(name, `${at}[${place}]`));
}

/** A manifest names files of its own folder only. */
function checkPath(value: unknown, at: string): string {
  const path = checkName(value, at);
  const leaves = /^[\\/]|^[a-z]:|\0/i.test(path) || path.split(/[\\/]/).includes('..');
  if (path === '' || leaves) throw new Unfit(`${at}: expected a path inside the folder of the manifest, found ${JSON.stringify(path)}`);
  return path;
}

function checkBytes(value: unknown, at: string): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw new Unfit(`${at}: expected a number of bytes, found ${JSON.stringify(value)?.slice(0, 40)}`);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
