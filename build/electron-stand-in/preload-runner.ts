/**
 * The text that runs the program's own preload in the page: its `electron` is made of one binding that `main` answers (a string there and back;
 * taken off the page before any script of the page runs) and one function that `main` calls with its hints.
 */
export function wrapPreload(source: string): string {
  return `(() => {
  const invoke = globalThis.__keepwatchInvoke;
  delete globalThis.__keepwatchInvoke;
  if (globalThis.top !== globalThis || location.origin === 'null') return;
  const listeners = new Map();
  Object.defineProperty(globalThis, '__keepwatchReceive', {
    value: (channel, message) => { for (const listener of listeners.get(channel) ?? []) listener({}, message); },
  });
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(globalThis, name, { value: Object.freeze(api), enumerable: true }) },
    ipcRenderer: {
      invoke: (channel, message) => invoke(JSON.stringify([channel, message])),
      on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); },
      off: (channel, listener) => { listeners.set(channel, (listeners.get(channel) ?? []).filter((item) => item !== listener)); },
    },
    webUtils: { getPathForFile: () => '' },
  };
  const require = (name) => { if (name === 'electron') return electron; throw new Error('no module ' + name); };
  const module = { exports: {} };
  ((require, module, exports) => {
${source}
  })(require, module, module.exports);
})();`;
}
