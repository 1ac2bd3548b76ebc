import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { launchApp, type RunningApp } from './app.ts';

/*
 * What an analyst feels, measured in the real window: time to the first usable screen, frames while an import runs, a large graph, memory.
 * Run by `npm run bench`, which names the store, the evidence and the file for the figures.
 */

type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly note?: string;
};

const store = process.env.KEEPWATCH_BENCH_STORE ?? '';
const evidence = process.env.KEEPWATCH_BENCH_INPUT ?? '';
const out = process.env.KEEPWATCH_BENCH_OUT ?? '';
const figures: Figure[] = [];

test.describe.configure({ mode: 'default' });
test.afterEach(() => fs.writeFileSync(out, JSON.stringify({ figures })));

test('start to usable window', async () => {
  const startMs = performance.now();
  const app = await launchApp({ storeFolder: store });
  await expect(eventRows(app.page).first()).toBeVisible();
  const status = await app.call('app.status', {});
  figures.push({
    name: 'start to usable window (first events drawn)',
    value: performance.now() - startMs,
    unit: 'ms',
    atMost: 2_000,
    note: `${status.ok ? status.value.events.toLocaleString('en-US') : '?'} events in the store; ${app.runtime}, start of the browser included`,
  });
  await rememberMemory(app, 'window, after start');
  await app.close();
});

test('scrolling and brushing while an import runs', async () => {
  const app = await launchApp();
  const { page } = app;
  const started = await app.call('imports.start', { paths: [evidence] });
  expect(started.ok).toBe(true);
  await expect(eventRows(page).first()).toBeVisible({ timeout: 30_000 });
  const scrolling = await recordFrames(page, () => scroll(page, 4_000));
  const brushing = await recordFrames(page, () => brush(page, 4_000));
  const imports = await app.call('imports.list', {});
  const isRunning = imports.ok && imports.value[0]?.state === 'running';
  const note = isRunning ? 'the import was still running' : 'the import ended before the measurement';
  figures.push(longestFrame('scrolling during an import', scrolling, note), longestFrame('brushing during an import', brushing, note));
  await rememberMemory(app, 'window, during an import');
  await app.close();
});

test('a graph of 2,000 drawn elements', async () => {
  const app = await launchApp();
  const { page } = app;
  const folder = fs.mkdtempSync(join(tmpdir(), 'keepwatch-graph-'));
  fs.writeFileSync(join(folder, 'logons.json'), manyLogons());
  await app.call('imports.start', { paths: [folder] });
  await expect.poll(async () => (await app.call('imports.list', {})).ok && (await importState(app)), { timeout: 60_000 }).toBe('done');
  await page.getByRole('button', { name: 'Filters of the graph' }).click();
  await page.locator('label', { hasText: 'Nodes at most' }).locator('input').fill('7');
  await page.locator('label', { hasText: 'Bundle fan-outs' }).locator('input').fill('0');
  await expect(page.getByText(/^Leaves /)).toContainText(/Leaves (8\d\d|9\d\d|1,\d{3}) nodes/, { timeout: 30_000 });
  const drawn = (await page.getByText(/^Leaves /).textContent()) ?? '';
  await page.keyboard.press('Escape');
  await page.waitForTimeout(6_000);
  const frames = await recordFrames(page, () => pan(page, 4_000));
  const seconds = frames.reduce((sum, frame) => sum + frame, 0) / 1000;
  figures.push({
    name: 'panning a graph of 2,000 elements',
    value: frames.length / seconds,
    unit: 'frames/s',
    atLeast: 30,
    note: `${drawn}; longest frame ${Math.max(...frames).toFixed(0)} ms`,
  });
  await rememberMemory(app, 'window, large graph');
  await app.close();
  fs.rmSync(folder, { recursive: true });
});

function eventRows(page: Page) {
  return page.getByRole('grid', { name: 'Events' }).locator('[id^="event-row-"]');
}

async function importState(app: RunningApp): Promise<string> {
  const imports = await app.call('imports.list', {});
  return imports.ok ? (imports.value[0]?.state ?? '') : '';
}

/** Lengths of all frames, in milliseconds, while `act` goes on. */
async function recordFrames(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const scope = globalThis as unknown as { frames: number[]; recording: boolean };
    scope.frames = [];
    scope.recording = true;
    let last = performance.now();
    const tick = (nowMs: number) => {
      scope.frames.push(nowMs - last);
      last = nowMs;
      if (scope.recording) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  return page.evaluate(() => {
    const scope = globalThis as unknown as { frames: number[]; recording: boolean };
    scope.recording = false;
    return scope.frames.slice(1);
  });
}

function longestFrame(name: string, frames: readonly number[], note: string): Figure {
  const slow = frames.filter((frame) => frame > 50).length;
  const middle = [...frames].sort((a, b) => a - b)[Math.floor(frames.length / 2)];
  return {
    name: `longest frame while ${name}`,
    value: Math.max(...frames),
    unit: 'ms',
    atMost: 50,
    note: `${slow} of ${frames.length} frames over 50 ms, median ${middle.toFixed(1)} ms; ${note}`,
  };
}

async function scroll(page: Page, forMs: number): Promise<void> {
  const box = (await page.getByRole('grid', { name: 'Events' }).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const untilMs = performance.now() + forMs;
  for (let turn = 0; performance.now() < untilMs; turn++) {
    await page.mouse.wheel(0, turn % 100 < 70 ? 240 : -240);
    await page.waitForTimeout(16);
  }
}

async function brush(page: Page, forMs: number): Promise<void> {
  const box = (await page.getByRole('slider', { name: /^Time strip/ }).boundingBox())!;
  const untilMs = performance.now() + forMs;
  while (performance.now() < untilMs) {
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.4);
    await page.mouse.down();
    for (let step = 0; step <= 40; step++) {
      await page.mouse.move(box.x + box.width * (0.2 + step * 0.015), box.y + box.height * 0.4);
      await page.waitForTimeout(12);
    }
    await page.mouse.up();
  }
}

async function pan(page: Page, forMs: number): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  const untilMs = performance.now() + forMs;
  await page.mouse.move(box.x + 12, box.y + 12);
  await page.mouse.down();
  for (let step = 0; performance.now() < untilMs; step++) {
    const angle = step / 12;
    await page.mouse.move(box.x + box.width / 2 + Math.cos(angle) * 200, box.y + box.height / 2 + Math.sin(angle) * 120);
  }
  await page.mouse.up();
}

/** 300 hosts and 600 accounts with about 1,100 edges, no fan-out large enough to be bundled. */
function manyLogons(): string {
  const lines: string[] = [];
  const add = (user: number, host: number) =>
    lines.push(
      JSON.stringify({
        '@timestamp': new Date(1_700_000_000_000 + lines.length * 60_000).toISOString(),
        winlog: {
          channel: 'Security',
          provider_name: 'Microsoft-Windows-Security-Auditing',
          event_id: 4624,
          record_id: lines.length + 1,
          computer_name: `HOST${host}.corp.example`,
          event_data: {
            TargetUserName: `user${user}`,
            TargetDomainName: 'CORP',
            TargetUserSid: `S-1-5-21-1-2-3-${2000 + user}`,
            LogonType: '2',
          },
        },
      }),
    );
  for (let user = 0; user < 600; user++) {
    add(user, user % 300);
    if (user % 6 !== 0) add(user, (user * 7 + 13) % 300);
  }
  return lines.join('\n');
}

/** The script heap, and on Linux the most memory that the window's own process has held. */
async function rememberMemory(app: RunningApp, name: string): Promise<void> {
  const session = await app.page.context().newCDPSession(app.page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const heap = metrics.find((metric) => metric.name === 'JSHeapUsedSize')?.value ?? 0;
  const peak = peakOfRenderers();
  figures.push({
    name: `peak memory of the ${name}`,
    value: (peak > 0 ? peak : heap) / 1e6,
    unit: 'MB',
    note: `${(heap / 1e6).toFixed(0)} MB of it script heap now`,
  });
}

function peakOfRenderers(): number {
  if (process.platform !== 'linux') return 0;
  let peak = 0;
  const parents = new Map<number, number>();
  const renderers: number[] = [];
  for (const name of fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      if (fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer')) renderers.push(Number(name));
    } catch {
      // A process that has ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  for (const pid of renderers.filter(isOurs)) {
    const found = /VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
    peak = Math.max(peak, Number(found?.[1] ?? 0) * 1024);
  }
  return peak;
}
