/** How the stand-in opens its window. The start command sets it by environment variables; the end-to-end tests, which run it in their own process, by `configure`. */
export type StandInSettings = {
  readonly browser: string;
  readonly headless: boolean;
  /** Null leaves the system's. */
  readonly colorScheme: 'dark' | 'light' | null;
  /** Size of a headless window; else the one that `main` asks for. */
  readonly viewport: { readonly width: number; readonly height: number } | null;
  /** What `app.quit` ends with. */
  readonly exit: (code: number) => void;
};

let settings: StandInSettings = {
  browser: process.env.KEEPWATCH_BROWSER ?? '',
  headless: process.env.KEEPWATCH_HEADLESS === '1',
  colorScheme: null,
  viewport: null,
  exit: (code) => process.exit(code),
};

/** To be called before `main` opens its window. */
export function configure(changes: Partial<StandInSettings>): void {
  settings = { ...settings, ...changes };
}

export function currentSettings(): StandInSettings {
  return settings;
}
