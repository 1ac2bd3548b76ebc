import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { HINT_CHANNEL } from '../shared/contract/channels.ts';
import type { AppStatus } from '../shared/contract/operations.ts';
import { ok, type Result } from '../shared/result.ts';
import { startEngine } from './engine/start.ts';
import { pickFiles } from './shell/dialogs.ts';
import { importDemoOnce } from './shell/first-run.ts';
import { describeMenu } from './shell/menu.ts';
import { readOptions } from './shell/options.ts';
import { createPublisher } from './shell/publish.ts';
import { hasNativeDialogs, nameRuntime } from './shell/runtime.ts';
import { answerScheme } from './shell/scheme.ts';
import { SCHEME, SCHEME_PRIVILEGES } from './shell/security.ts';
import { serveCalls } from './shell/serve.ts';
import { applySessionRules } from './shell/session-rules.ts';
import { openWindow, raiseWindow } from './shell/window.ts';

/** A file of the built program; all of main's files lie in one folder. */
const built = (path: string) => new URL(path, import.meta.url);

app.setName('Keepwatch');
protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: SCHEME_PRIVILEGES }]);
const options = readOptions(process.argv.slice(1));
const storeFolder = resolve(options.storeFolder ?? join(app.getPath('userData'), 'store'));
let window: BrowserWindow | null = null;

// Two windows on one store cannot be: a second start raises the first window. Another store is another console.
// Not awaited: Electron becomes ready only after this module has been read to its end.
if (options.storeFolder !== null || app.requestSingleInstanceLock()) void app.whenReady().then(openConsole);
else app.quit();

async function openConsole(): Promise<void> {
  applySessionRules(session.defaultSession);
  answerScheme(session.defaultSession.protocol, fileURLToPath(built('../renderer/')));
  Menu.setApplicationMenu(Menu.buildFromTemplate(describeMenu(process.platform)));
  const parseWorkerUrl = built('./parse-worker.js');
  // The window loads while the engine opens its store; what it asks meanwhile waits for the engine.
  const starting = startEngine({
    workerUrl: built('./engine-worker.js'),
    storeFolder,
    parseWorkerUrl: existsSync(parseWorkerUrl) ? parseWorkerUrl : null,
  });
  const publisher = createPublisher((message) => {
    if (window !== null && !window.isDestroyed()) window.webContents.send(HINT_CHANNEL, message);
  });
  void starting.then((engine) => engine.subscribe((topic, hint) => publisher.publish(topic, hint)));
  serveCalls(ipcMain, () => (window === null || window.isDestroyed() ? null : window.webContents), {
    shellAnswers: { 'app.status': readStatus, 'files.pick': (input) => pickFiles(dialog, window, input) },
    ask: async (operation, input) => (await starting).callAsText(operation, input),
    log: console.error,
  });

  app.on('second-instance', () => raiseWindow(window));
  app.on('window-all-closed', () => app.quit());
  let isClosed = false;
  app.on('will-quit', (event) => {
    publisher.stop();
    if (isClosed) return;
    event.preventDefault();
    void starting
      .then((engine) => engine.close())
      .then(() => {
        isClosed = true;
        app.quit();
      });
  });

  if (options.demo) void starting.then((engine) => importDemoOnce(engine.call, storeFolder)).catch(console.error);
  await openWindow(fileURLToPath(built('../preload/preload.cjs')), (created) => {
    window = created;
  });

  async function readStatus(): Promise<Result<AppStatus>> {
    const engine = await starting;
    const status = (await engine.call('app.status', {})) as Result<AppStatus>;
    if (!status.ok || window === null) return status;
    return ok({ ...status.value, runtime: nameRuntime(window.webContents.getUserAgent()), hasNativeDialogs: hasNativeDialogs() });
  }
}
