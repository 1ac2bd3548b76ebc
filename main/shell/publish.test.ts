import { expect, test } from 'vitest';
import { createPublisher } from './publish.ts';

function createClock() {
  let run: (() => void) | null = null;
  return {
    schedule: (next: () => void) => {
      run = next;
      return () => {
        run = null;
      };
    },
    tick: () => run?.(),
  };
}

test('the first hint goes at once, later ones in rounds, the newest of each topic only', () => {
  const sent: unknown[] = [];
  const clock = createClock();
  const publisher = createPublisher((message) => sent.push(JSON.parse(message)), clock.schedule);
  publisher.publish('events.changed', { events: 1 });
  publisher.publish('events.changed', { events: 2 });
  publisher.publish('alerts.changed', { alerts: 1 });
  publisher.publish('events.changed', { events: 3 });
  expect(sent).toEqual([{ topic: 'events.changed', hint: { events: 1 } }]);
  clock.tick();
  expect(sent.slice(1)).toEqual([
    { topic: 'events.changed', hint: { events: 3 } },
    { topic: 'alerts.changed', hint: { alerts: 1 } },
  ]);
  clock.tick();
  publisher.publish('events.changed', { events: 4 });
  expect(sent).toHaveLength(4);
});

test('the progress of two imports is kept apart', () => {
  const sent: string[] = [];
  const clock = createClock();
  const publisher = createPublisher((message) => sent.push(message), clock.schedule);
  publisher.publish('imports.progress', { importId: 1 });
  publisher.publish('imports.progress', { importId: 1, done: true });
  publisher.publish('imports.progress', { importId: 2 });
  clock.tick();
  expect(sent).toHaveLength(3);
});

test('nothing is sent after the end', () => {
  const sent: string[] = [];
  const clock = createClock();
  const publisher = createPublisher((message) => sent.push(message), clock.schedule);
  publisher.publish('events.changed', {});
  publisher.publish('events.changed', {});
  publisher.stop();
  clock.tick();
  publisher.publish('events.changed', {});
  expect(sent).toHaveLength(1);
});
