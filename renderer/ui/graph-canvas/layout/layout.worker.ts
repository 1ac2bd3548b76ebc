import type { LayoutRequest } from './layout.ts';
import { runLayout } from './run-layout.ts';

addEventListener(
  'message',
  (
    message: MessageEvent<{
      readonly ticket: number;
      readonly request: LayoutRequest;
    }>,
  ) => {
    postMessage({
      ticket: message.data.ticket,
      answer: runLayout(message.data.request),
    });
  },
);
