// Takes the place of the module `electron`: the names that `main` imports, over an installed browser. See README.md.
import type { DialogPart, MenuPart, NativeThemePart } from './contract.ts';

export { app, quit } from './app.ts';
export { BrowserWindow, nextPage } from './browser-window.ts';
export { ipcMain } from './ipc-main.ts';
export { protocol, session } from './session.ts';
export { configure } from './settings.ts';

const NO_DIALOG = 'the stand-in has no native dialogs';

export const dialog: DialogPart = {
  showOpenDialog: () => Promise.reject(new Error(NO_DIALOG)),
  showSaveDialog: () => Promise.reject(new Error(NO_DIALOG)),
};

export const Menu: MenuPart = { buildFromTemplate: () => ({}), setApplicationMenu: () => {} };

export const nativeTheme: NativeThemePart = { shouldUseDarkColors: true };
