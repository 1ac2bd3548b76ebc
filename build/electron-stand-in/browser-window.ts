import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { Frame, Page, Request } from 'playwright';
import { PAGE_ORIGIN, toOwnAddress, toPageAddress } from './addresses.ts';
import { app, closers } from './app.ts';
import { type OpenedBrowser, openBrowser } from './browser.ts';
import type { FramePart, WebContentsPart, WindowPart } from './contract.ts';
import { receiveCall } from './ipc-main.ts';
import { wrapPreload } from './preload-runner.ts';
import { allowsClipboard, answerRoute } from './session.ts';

type WindowOpenDecision = Parameters<WebContentsPart['setWindowOpenHandler']>[0];

class StandInContents extends EventEmitter implements WebContentsPart {
  page: Page | null = null;
  userAgent = '';
  decideOpen: WindowOpenDecision = () => ({ action: 'deny' });
  readonly mainFrame: FramePart;

  constructor() {
    super();
    const contents = this;
    this.mainFrame = {
      get url() {
        return toOwnAddress(contents.page?.url() ?? '');
      },
    };
  }
  getUserAgent(): string {
    return this.userAgent;
  }
  setWindowOpenHandler(decide: WindowOpenDecision): void {
    this.decideOpen = decide;
  }
  send(channel: string, ...messages: unknown[]): void {
    // A page that is closing or loading misses the hint; it asks anew when it is there.
    this.page
      ?.evaluate(
        ([to, message]) =>
          (globalThis as unknown as { __keepwatchReceive?: (to: unknown, message: unknown) => void }).__keepwatchReceive?.(to, message),
        [channel, messages[0]],
      )
      .catch(() => {});
  }
  /** The top frame is one object, as in Electron, so that `main` may compare it. */
  frameOf(frame: Frame): FramePart {
    return frame === this.page?.mainFrame() ? this.mainFrame : { url: toOwnAddress(frame.url()) };
  }
}

/** The console's window in an installed browser. The browser is opened by the first `loadURL`. */
export class BrowserWindow extends EventEmitter implements WindowPart {
  readonly webContents = new StandInContents();
  readonly #options: BrowserWindowConstructorOptions;
  #closed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    this.#options = options;
  }

  async loadURL(address: string): Promise<void> {
    const browser = await openBrowser(this.#options.width ?? 800, this.#options.height ?? 600);
    closers.push(() => browser.close());
    this.webContents.page = browser.page;
    this.webContents.userAgent = browser.userAgent;
    await this.#prepare(browser);
    try {
      await browser.page.goto(toPageAddress(address));
    } catch (error) {
      // Closed while it was loading: there is no page left to wait for.
      if (this.#closed || browser.page.isClosed()) return;
      throw error;
    }
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
    for (const listener of opened.splice(0)) listener(browser.page);
  }

  async #prepare({ context, page }: OpenedBrowser): Promise<void> {
    const contents = this.webContents;
    await context.route('**/*', (route) => {
      const request = route.request();
      // "aborted" leaves the page as it is; any other reason would show the browser's own error page.
      if (request.isNavigationRequest() && !this.#mayNavigate(isOfTopFrame(request, page), request.url())) return route.abort('aborted');
      return answerRoute(route);
    });
    if (allowsClipboard()) await context.grantPermissions(['clipboard-write'], { origin: PAGE_ORIGIN }).catch(() => {});
    await context.exposeBinding('__keepwatchInvoke', (source, request: string) => receiveCall(contents.frameOf(source.frame), request));
    const preload = this.#options.webPreferences?.preload;
    if (preload !== undefined) await context.addInitScript({ content: wrapPreload(readFileSync(preload, 'utf8')) });
    context.on('page', (popup) => {
      if (contents.decideOpen({ url: popup.url() } as never).action === 'deny') void popup.close().catch(() => {});
    });
    page.on('close', () => this.#finish());
    context.on('close', () => this.#finish());
  }

  #mayNavigate(isMainFrame: boolean, url: string): boolean {
    let allowed = true;
    const event = {
      url: toOwnAddress(url),
      isMainFrame,
      preventDefault: () => {
        allowed = false;
      },
    };
    this.webContents.emit('will-frame-navigate', event);
    if (isMainFrame) this.webContents.emit('will-navigate', event);
    return allowed;
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('closed');
    app.emit('window-all-closed');
  }

  show(): void {}
  isDestroyed(): boolean {
    return this.#closed;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}
  focus(): void {
    void this.webContents.page?.bringToFront().catch(() => {});
  }
}

/** A new window asks for its first address before it has a frame. */
function isOfTopFrame(request: Request, page: Page): boolean {
  try {
    return request.frame() === page.mainFrame();
  } catch {
    return false;
  }
}

const opened: ((page: Page) => void)[] = [];

/** The page of the next window, once it has loaded: what the end-to-end tests look at. */
export function nextPage(): Promise<Page> {
  return new Promise((resolve) => {
    opened.push(resolve);
  });
}
