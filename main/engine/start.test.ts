import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { ok, problem } from '../../shared/result.ts';
import type { Engine, OpenEngine } from './protocol.ts';
import { serveThread, type ThreadPort } from './serve-thread.ts';
import { connectEngine, type EngineThread } from './start.ts';

/** Both ends of the thread joined by a real channel, without the thread: an engine of the test's own answers. */
async function join(openEngine: OpenEngine) {
  const { port1, port2 } = new MessageChannel();
  const events = new EventEmitter();
  const thread: EngineThread = {
    postMessage: (message) => port1.postMessage(message),
    on: (event: string, listener: (value: never) => void) => (event === 'message' ? port1 : events).on(event, listener as () => void),
    terminate: () => port1.close(),
  };
  port1.on('close', () => events.emit('exit', 0));
  const connecting = connectEngine(thread);
  await serveThread(port2 as unknown as ThreadPort, openEngine, { storeFolder: '/store', parseWorkerHref: null });
  return { client: await connecting, crash: (error: Error) => events.emit('error', error), end: () => port1.close() };
}

const engine = (changes: Partial<Engine> = {}): Engine => ({
  call: async (operation, input) => ok({ operation, input }),
  subscribe: () => () => {},
  close: async () => {},
  ...changes,
});

test('calls are answered, and a bug in one leaves the others', async () => {
  const { client, end } = await join(async () =>
    ok(engine({ call: async (operation) => (operation === 'broken' ? Promise.reject(new Error('bug')) : ok(operation)) })),
  );
  expect(client.openProblem).toBeNull();
  expect(await Promise.all([client.call('a', {}), client.call('broken', {}), client.call('b', {})])).toEqual([
    ok('a'),
    problem('failed', 'Keepwatch made a mistake: bug'),
    ok('b'),
  ]);
  expect(await client.callAsText('a', {})).toBe('{"ok":true,"value":"a"}');
  end();
});

test('a store that cannot be opened is the answer to every call', async () => {
  const locked = problem('store-locked', 'Another console has this store open.');
  const { client, end } = await join(async () => locked);
  expect(client.openProblem).toEqual(locked);
  expect(await client.call('app.status', {})).toEqual(locked);
  end();
});

test('asking for the status opens the store as soon as it can be opened', async () => {
  let attempts = 0;
  const { client, end } = await join(async () =>
    ++attempts === 1 ? problem('store-locked', 'Another console has this store open.') : ok(engine()),
  );
  expect(await client.call('alerts.get', {})).toMatchObject({ ok: false, code: 'store-locked' });
  expect(attempts).toBe(1);
  expect(await Promise.all([client.call('app.status', {}), client.call('app.status', {})])).toMatchObject([{ ok: true }, { ok: true }]);
  expect(attempts).toBe(2);
  expect(await client.call('alerts.get', {})).toMatchObject({ ok: true });
  end();
});

test('a crash answers what was waiting, tells the windows, and ends nothing else', async () => {
  const { client, crash, end } = await join(async () => ok(engine({ call: () => new Promise(() => {}) })));
  const topics: string[] = [];
  client.subscribe((topic) => topics.push(topic));
  const waiting = client.call('a', {});
  crash(new Error('out of memory'));
  expect(await waiting).toMatchObject({ ok: false, code: 'failed', message: expect.stringContaining('out of memory') });
  expect(await client.call('b', {})).toMatchObject({ ok: false, code: 'failed' });
  expect(topics).toEqual(['engine.failed']);
  end();
});

test('closing closes the store first', async () => {
  const steps: string[] = [];
  const { client } = await join(async () =>
    ok(
      engine({
        close: async () => {
          steps.push('closed');
        },
      }),
    ),
  );
  await client.close();
  expect(steps).toEqual(['closed']);
  expect(await client.call('a', {})).toMatchObject({ code: 'cancelled' });
});
