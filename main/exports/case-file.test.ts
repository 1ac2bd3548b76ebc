import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { EXAMPLE_CASE } from './case-file.examples.ts';
import { EXPORT_FORMATS } from './registry.ts';
import { visible } from './safe-text.ts';
import { verifyCaseFile } from './verify-case-file.ts';
import { writeCaseFile } from './write-case-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-case-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a case file', () => {
  it('is the same bytes for the same content in every time zone, and verifies as zip and as folder', async () => {
    const zone = process.env.TZ;
    const first = await writeCaseFile(EXAMPLE_CASE, join(folder, 'one.zip'), 'zip');
    process.env.TZ = 'Pacific/Auckland';
    const second = await writeCaseFile(EXAMPLE_CASE, join(folder, 'two.zip'), 'zip');
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    const third = await writeCaseFile(EXAMPLE_CASE, join(folder, 'three'), 'folder');
    if (!first.ok || !second.ok || !third.ok) throw new Error('not written');
    expect(first.value.sha256).toBe(second.value.sha256);
    for (const name of ['one.zip', 'three']) {
      expect(await verifyCaseFile(join(folder, name))).toEqual({
        ok: true,
        value: {
          intact: true,
          files: EXPORT_FORMATS.length,
          problems: [],
          title: visible(EXAMPLE_CASE.title),
          createdAt: '2026-11-03T09:15:00.0000000Z',
        },
      });
    }
    expect(readdirSync(folder).sort()).toEqual(['one.zip', 'three', 'two.zip']);
  });

  it('does not write over a folder, and leaves nothing where it cannot write', async () => {
    await writeCaseFile(EXAMPLE_CASE, join(folder, 'case'), 'folder');
    expect(await writeCaseFile(EXAMPLE_CASE, join(folder, 'case'), 'folder')).toMatchObject({ ok: false, code: 'not-allowed' });
    expect(await writeCaseFile(EXAMPLE_CASE, join(folder, 'case', 'report.html', 'x.zip'), 'zip')).toMatchObject({ ok: false });
    expect(readdirSync(folder)).toEqual(['case']);
  });
});

describe('verification', () => {
  /** Problems after a change to a copy of a whole case file, each as path and the beginning of its reason. */
  async function problemsAfter(change: (path: string) => void): Promise<readonly string[] | string> {
    const whole = join(folder, 'case');
    await writeCaseFile(EXAMPLE_CASE, whole, 'folder');
    const copy = join(folder, 'copy');
    cpSync(whole, copy, { recursive: true });
    change(copy);
    const checked = await verifyCaseFile(copy);
    if (!checked.ok) return checked.message;
    expect(checked.value.intact).toBe(checked.value.problems.length === 0);
    return checked.value.problems.map(({ path, reason }) => `${path} ${reason}`);
  }
  const replace = (path: string, from: string, to: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

  it.each<readonly [string, (path: string) => void, readonly string[]]>([
    [
      'one bit of a file',
      (path) => {
        const file = join(path, 'timeline.jsonl');
        const bytes = readFileSync(file);
        bytes[bytes.length - 5] ^= 1;
        writeFileSync(file, bytes);
      },
      ['timeline.jsonl has the SHA-256 '],
    ],
    ['a longer file', (path) => appendFileSync(join(path, 'report.html'), 'x'), ['report.html has more bytes, th']],
    ['a shorter file', (path) => writeFileSync(join(path, 'graph.svg'), 'x'), ['graph.svg has 1 bytes, the man']],
    ['a missing file', (path) => rmSync(join(path, 'alerts.json')), ['alerts.json is missing']],
    ['an extra file', (path) => writeFileSync(join(path, 'extra.txt'), ''), ['extra.txt is not in the mani']],
    ['an extra folder', (path) => mkdirSync(join(path, 'sub')), ['sub/ is not in the mani']],
    ['missing sums', (path) => rmSync(join(path, 'manifest.sha256')), ['manifest.sha256 is missing']],
    ['a changed manifest', (path) => replace(join(path, 'manifest.json'), 'R. Analyst', 'Somebody'), ['manifest.json does not have the']],
    [
      'changed sums',
      (path) => replace(join(path, 'manifest.sha256'), '  report.html', '  other.html'),
      ['manifest.sha256 does not say what t'],
    ],
    [
      'a link in place of a file',
      (path) => {
        rmSync(join(path, 'alerts.json'));
        symlinkSync('/dev/zero', join(path, 'alerts.json'));
      },
      ['alerts.json is missing', 'alerts.json/ is not in the mani'],
    ],
  ])('names %s', async (_what, change, expected) => {
    const found = await problemsAfter(change);
    expect([...found].map((line, index) => line.slice(0, expected[index]?.length))).toEqual(expected);
  });

  it('says no where there is no manifest, or none of ours', async () => {
    expect(await problemsAfter((path) => rmSync(join(path, 'manifest.json')))).toMatch(/holds no manifest\.json/);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    expect(await problemsAfter((path) => writeFileSync(join(path, 'manifest.json'), '{"format":"other"}'))).toMatch(
      /not that of a case file/,
    );
  });

  it('never looks outside for a file that the manifest names', async () => {
    writeFileSync(join(folder, 'secret'), 'x');
    const found = await problemsAfter((path) => replace(join(path, 'manifest.json'), '"alerts.json"', '"../secret"'));
    expect(found).toContain('../secret is missing');
  });

  it('says no to archives that are none or try to trick it', async () => {
    writeFileSync(join(folder, 'x.zip'), 'PK\u0003\u0004 nonsense');
    expect(await verifyCaseFile(join(folder, 'x.zip'))).toMatchObject({ ok: false, code: 'unreadable' });
    expect(await verifyCaseFile(join(folder, 'none'))).toMatchObject({ ok: false, code: 'unreadable' });
    await writeZip(join(folder, 'twice.zip'), [
      ['manifest.json', '{}'],
      ['manifest.json', '{}'],
    ]);
    expect(await verifyCaseFile(join(folder, 'twice.zip'))).toMatchObject({ ok: false, code: 'unreadable' });
  });

  it('stops unpacking where a member holds more than the manifest states', async () => {
    const manifest = {
      format: 'keepwatch-case-file',
      title: 't',
      createdAt: 'c',
      files: [{ path: 'bomb', bytes: 10, sha256: '0'.repeat(64) }],
    };
    await writeZip(join(folder, 'bomb.zip'), [
      ['bomb', Buffer.alloc(64 * 1024 * 1024)],
      ['manifest.json', JSON.stringify(manifest)],
    ]);
    expect(await verifyCaseFile(join(folder, 'bomb.zip'))).toMatchObject({
      ok: true,
      value: { intact: false, problems: [{ path: 'bomb', reason: 'has more bytes, the manifest states 10' }, { path: 'manifest.sha256' }] },
    });
  });
});

async function writeZip(path: string, members: readonly (readonly [string, string | Buffer])[]): Promise<void> {
  const zip = new ZipFile();
  for (const [name, bytes] of members) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part));
  writeFileSync(path, Buffer.concat(parts));
}
