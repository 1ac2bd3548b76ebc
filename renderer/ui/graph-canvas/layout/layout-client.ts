import type { LayoutAnswer, LayoutRequest } from './layout.ts';

type Waiting = (answer: LayoutAnswer) => void;

let worker: Worker | null = null;
let lastTicket = 0;
const waiting = new Map<number, Waiting>();

/** Asks the layout worker; it is started with the first question and serves all boards. */
export function askLayout(request: LayoutRequest): Promise<LayoutAnswer> {
  worker ??= startWorker();
  const ticket = ++lastTicket;
  return new Promise((resolve) => {
    waiting.set(ticket, resolve);
    worker!.postMessage({ ticket, request });
  });
}

function startWorker(): Worker {
  const started = new Worker(new URL('./layout.worker.ts', import.meta.url), {
    type: 'module',
    name: 'layout',
  });
  started.addEventListener('message', (message: MessageEvent<{ ticket: number; answer: LayoutAnswer }>) => {
    waiting.get(message.data.ticket)?.(message.data.answer);
    waiting.delete(message.data.ticket);
  });
  return started;
}
