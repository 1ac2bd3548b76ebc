import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppStatus } from '../../shared/contract/operations.ts';
import type { ImportProgress, ImportReport, ImportRow } from '../../shared/model/import.ts';
import { openEngine } from './engine.ts';

const ROUNDS = 20;
const EVENTS = 30_000;
const project = join(import.meta.dirname, '..', '..');
const built = join(project, '.cache', 'import-crash');

/** Imports a file and says after every stored batch how many events are on the disk, until it is killed. */
const CHILD = `
import { writeSync } from 'node:fs';
import { openEngine } from '../../main/engine/engine.ts';
const opened = await openEngine({ storeFolder: process.argv[2], parseWorkerUrl: null });
if (!opened.ok) throw new Error(opened.message);
let said = 0;
opened.value.subscribe((topic, hint) => {
  if (topic !== 'imports.progress' || hint.eventsStored === said) return;
  said = hint.eventsStored;
  writeSync(1, said + '\\n');
});
await opened.value.call('imports.start', { paths: [process.argv[3]] });
`;

let folder: string;
let evidence: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(join(tmpdir(), 'keepwatch-crash-'));
  evidence = join(folder, 'logons.json');
  const lines = Array.from({ length: EVENTS }, (_, n) =>
    JSON.stringify({
      '@timestamp': new Date(1_700_000_000_000 + n * 1000).toISOString(),
      winlog: {
        channel: 'Security',
        provider_name: 'Microsoft-Windows-Security-Auditing',
        event_id: 4624,
        record_id: n + 1,
        computer_name: 'DC01.corp.example',
        event_data: { TargetUserName: `user${n % 300}`, TargetDomainName: 'CORP', LogonType: '3', IpAddress: `10.0.${n % 200}.7` },
      },
    }),
  );
  fs.writeFileSync(evidence, lines.join('\n'));
  fs.mkdirSync(built, { recursive: true });
  fs.writeFileSync(join(built, 'child.ts'), CHILD);
  await build({
    configFile: false,
    root: project,
    logLevel: 'silent',
    build: { ssr: join(built, 'child.ts'), outDir: join(built, 'out'), emptyOutDir: true, target: 'node20' },
  });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The last number of events that the child said were stored before it was killed. */
function importUntilKilled(store: string, afterMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(built, 'out', 'child.js'), store, evidence], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let errors = '';
    child.stdout.on('data', (bytes) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      said += bytes;
    });
    child.stderr.on('data', (bytes) => {
      errors += bytes;
    });
    child.on('close', (code) =>
      code === null
        ? resolve(Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1)))
        : reject(new Error(`ended by itself: ${errors}`)),
    );
  });
}

async function open(storeFolder: string) {
  const opened = await openEngine({ storeFolder, parseWorkerUrl: null });
  if (!opened.ok) throw new Error(opened.message);
  const engine = opened.value;
  const ask = async <Value>(operation: string, input: object): Promise<Value> => {
    const answer = await engine.call(operation, input);
    if (!answer.ok) throw new Error(answer.message);
    return answer.value as Value;
  };
  return { engine, ask };
}

test(`killed ${ROUNDS} times during an import, every acknowledged event is found, and importing again completes it`, async () => {
  let killedEarly = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const store = join(folder, `store-${round}`);
    const acknowledged = await importUntilKilled(store, Math.random() * 250);
    const { engine, ask } = await open(store);
    const { events } = await ask<AppStatus>('app.status', {});
    expect(events).toBeGreaterThanOrEqual(acknowledged);
    if (events < EVENTS) {
      killedEarly++;
      expect((await ask<ImportRow[]>('imports.list', {}))[0].state).toBe('interrupted');
    }
    if (round === ROUNDS - 1) {
      const done = new Promise<void>((resolve) => {
        engine.subscribe((topic, hint) => {
          if (topic === 'imports.progress' && (hint as ImportProgress).stage === 'done') resolve();
        });
      });
      const { importId } = await ask<{ importId: number }>('imports.start', { paths: [evidence] });
      await done;
      const { row } = await ask<ImportReport>('imports.report', { importId });
      expect([row.read, row.stored, row.duplicate]).toEqual([EVENTS, EVENTS - events, events]);
      expect((await ask<AppStatus>('app.status', {})).events).toBe(EVENTS);
    }
    await engine.close();
    fs.rmSync(store, { recursive: true });
  }
  console.log(`${ROUNDS} kills, ${killedEarly} of them before the end of the import; nothing acknowledged was lost`);
}, 240_000);
