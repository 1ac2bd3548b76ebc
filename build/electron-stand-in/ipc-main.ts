import type { FramePart, IpcMainPart } from './contract.ts';

type CallListener = Parameters<IpcMainPart['handle']>[1];

const listeners = new Map<string, CallListener>();

export const ipcMain: IpcMainPart = {
  handle: (channel, listener) => {
    listeners.set(channel, listener);
  },
};

/** One call of the page's preload: strings both ways, since the driver's own serializer is about ten times slower. */
export async function receiveCall(senderFrame: FramePart, request: string): Promise<string> {
  const [channel, message] = JSON.parse(request) as [string, string];
  const listener = listeners.get(channel);
  if (listener === undefined) throw new Error(`no one listens on ${channel}`);
  return await listener({ senderFrame } as never, message);
}
