import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CALL_CHANNEL, HINT_CHANNEL } from '../shared/contract/channels.ts';
import type { Bridge } from '../shared/contract/operations.ts';

const bridge: Bridge = {
  call: (request) => ipcRenderer.invoke(CALL_CHANNEL, String(request)),
  subscribe: (listener) => {
    const receive = (_event: unknown, message: string) => listener(message);
    ipcRenderer.on(HINT_CHANNEL, receive);
    return () => ipcRenderer.off(HINT_CHANNEL, receive);
  },
  pathForFile: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
};

contextBridge.exposeInMainWorld('keepwatch', bridge);
