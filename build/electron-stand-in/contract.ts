import type {
  App,
  Dialog,
  BrowserWindow as ElectronWindow,
  IpcMain,
  MenuItemConstructorOptions,
  NativeTheme,
  Protocol,
  Session,
  WebContents,
} from 'electron';

/**
 * What the stand-in offers of Electron's interface, as picks of Electron's own declarations: a signature that Electron changes is a compile error in the file
 * that implements it. `main` is built against the whole of Electron's declarations; what it uses beyond this list fails as soon as it runs here.
 */
export type AppPart = Pick<App, 'getName' | 'getPath' | 'quit' | 'requestSingleInstanceLock' | 'setName' | 'whenReady'> & {
  on(event: string, listener: Listener): unknown;
  emit(event: string, ...args: unknown[]): boolean;
};
export type ProtocolPart = Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;
export type WebRequestPart = { onBeforeRequest(decide: NonNullable<Parameters<Session['webRequest']['onBeforeRequest']>[0]>): void };
export type SessionPart = Pick<Session, 'setPermissionCheckHandler' | 'setPermissionRequestHandler'> & {
  readonly protocol: ProtocolPart;
  readonly webRequest: WebRequestPart;
  on(event: string, listener: Listener): unknown;
};
export type IpcMainPart = Pick<IpcMain, 'handle'>;
export type DialogPart = Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
export type MenuPart = { buildFromTemplate(template: MenuItemConstructorOptions[]): object; setApplicationMenu(menu: object | null): void };
export type NativeThemePart = Pick<NativeTheme, 'shouldUseDarkColors'>;
export type FramePart = { readonly url: string };
export type WebContentsPart = Pick<WebContents, 'getUserAgent' | 'send'> & {
  readonly mainFrame: FramePart;
  setWindowOpenHandler(decide: Parameters<WebContents['setWindowOpenHandler']>[0]): void;
  on(event: string, listener: Listener): unknown;
};
export type WindowPart = Pick<ElectronWindow, 'focus' | 'isDestroyed' | 'isMinimized' | 'loadURL' | 'restore' | 'show'> & {
  readonly webContents: WebContentsPart;
  once(event: string, listener: Listener): unknown;
  on(event: string, listener: Listener): unknown;
};

/** Listeners of events; Electron declares one overload for each event, which no pick can carry. */
// biome-ignore lint/suspicious/noExplicitAny: the arguments depend on the event's name.
export type Listener = (...args: any[]) => void;
