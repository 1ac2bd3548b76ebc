import { expect, test } from 'vitest';
import { ok, ProblemError, problem } from '../../shared/result.ts';
import { answerCall, type Door } from './serve.ts';

const topFrame = { name: 'top' };
const ours = { frame: topFrame, url: 'keepwatch://console/index.html' };

function createDoor(changes: Partial<Door> = {}): Door & { asked: unknown[]; logged: string[] } {
  const asked: unknown[] = [];
  const logged: string[] = [];
  return {
    topFrame: () => topFrame,
    shellAnswers: { 'files.pick': async () => ok({ paths: ['/a'] }) },
    ask: async (operation, input) => {
      asked.push([operation, input]);
      return '{"ok":true,"value":1}';
    },
    log: (message) => void logged.push(message),
    asked,
    logged,
    ...changes,
  };
}
const request = (operation: unknown, input: unknown = {}) => JSON.stringify({ operation, input });

test('a listed question with fitting input reaches the engine, and its answer is handed on as it is', async () => {
  const door = createDoor();
  expect(await answerCall(ours, request('alerts.get', { id: 'a' }), door)).toBe('{"ok":true,"value":1}');
  expect(door.asked).toEqual([['alerts.get', { id: 'a' }]]);
});

test.each([
  ['another frame', { frame: {}, url: ours.url }],
  ['another address', { frame: topFrame, url: 'https://example.com/' }],
  ['a frame that is gone', { frame: null, url: '' }],
])('%s is refused before anything else is looked at', async (_name, sender) => {
  const door = createDoor();
  expect(JSON.parse(await answerCall(sender, 'not even JSON', door))).toMatchObject({ ok: false, code: 'not-allowed' });
  expect(door.asked).toEqual([]);
  expect(door.logged).toHaveLength(1);
});

test('before the window is open nobody may ask', async () => {
  expect(
    JSON.parse(await answerCall({ frame: null, url: ours.url }, request('app.status'), createDoor({ topFrame: () => null }))),
  ).toMatchObject({
    code: 'not-allowed',
  });
});

test.each([
  ['no text', 7],
  ['no JSON', '{'],
  ['no object', 'null'],
  ['an unknown name', request('alerts.everything')],
  ['a name every object has', request('toString')],
  ['no name', request(undefined)],
  ['input that does not fit', request('alerts.get', { id: 5 })],
  ['a field too many', request('alerts.get', { id: 'a', extra: 1 })],
  ['a text that is too long', request('alerts.get', { id: 'a'.repeat(65) })],
])('%s is invalid input', async (_name, text) => {
  const door = createDoor();
  expect(JSON.parse(await answerCall(ours, text, door))).toMatchObject({ ok: false, code: 'invalid-input' });
  expect(door.asked).toEqual([]);
});

test('the shell answers what only it can', async () => {
  const door = createDoor();
  expect(JSON.parse(await answerCall(ours, request('files.pick', { purpose: 'folder' }), door))).toEqual(ok({ paths: ['/a'] }));
  expect(door.asked).toEqual([]);
});

test('a bug becomes a problem and is logged', async () => {
  const door = createDoor({ ask: () => Promise.reject(new ProblemError('failed', 'broken')) });
  expect(JSON.parse(await answerCall(ours, request('app.status'), door))).toEqual(problem('failed', 'Keepwatch made a mistake: broken'));
  expect(door.logged).toEqual(['a call failed']);
});
