/** Only Electron has the system's file dialogs. */
export function hasNativeDialogs(): boolean {
  return process.versions.electron !== undefined;
}

/** "Electron 45.4.1", or which browser stands in for it. */
export function nameRuntime(userAgent: string): string {
  if (process.versions.electron !== undefined) return `Electron ${process.versions.electron}`;
  const browser = /(Edg|Chrome|Chromium)\/(\d+)/.exec(userAgent.replace('HeadlessChrome', 'Chrome'));
  return browser === null ? 'a browser (stand-in)' : `Chromium ${browser[2]} (stand-in)`;
}
