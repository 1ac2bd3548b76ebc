import { createContext, useContext } from 'react';

/** How the window looks right now; set by the frame from the settings, read by parts that draw or print times. */
export type Appearance = {
  readonly theme: 'dark' | 'light';
  /** IANA name or `UTC`. */
  readonly zone: string;
  readonly density: 'compact' | 'comfortable';
};

export const AppearanceContext = createContext<Appearance>({
  theme: 'dark',
  zone: 'UTC',
  density: 'compact',
});

export function useAppearance(): Appearance {
  return useContext(AppearanceContext);
}

/** The value of a design token such as `--edge-kerberos`, for canvases; read again when `useAppearance().theme` changes. */
export function readToken(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
