import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/contract/operations.ts';
import { ask } from '../data/queries.ts';
import { useChange } from '../data/use-change.ts';
import type { Appearance } from '../ui/appearance.ts';
import { isZone } from '../ui/time-format.ts';
import { showProblem } from '../ui/toast.tsx';

const REMEMBERED_AS = 'keepwatch.theme';

/** The theme of the last time, so that the first paint has it before the engine answers. */
function rememberedTheme(): Settings['theme'] {
  try {
    const theme = window.localStorage.getItem(REMEMBERED_AS);
    return theme === 'dark' || theme === 'light' ? theme : 'system';
  } catch {
    return 'system';
  }
}

const FIRST_SETTINGS: Settings = { theme: rememberedTheme(), 'time-zone': 'UTC', density: 'compact', analyst: '' };
const LIGHT = '(prefers-color-scheme: light)';

export function useSettings(): Settings {
  return useQuery(ask('settings.get', {})).data ?? FIRST_SETTINGS;
}

/** Saves one setting; the window shows it at once and takes it back if it cannot be saved. */
export function useChangeSetting() {
  const client = useQueryClient();
  const change = useChange();
  return useCallback(
    <Name extends keyof Settings>(name: Name, value: Settings[Name]) => {
      const { queryKey } = ask('settings.get', {});
      const before = client.getQueryData(queryKey);
      client.setQueryData(queryKey, { ...(before ?? FIRST_SETTINGS), [name]: value });
      change('settings.set', { name, value }).catch((error: unknown) => {
        client.setQueryData(queryKey, before);
        showProblem(error);
      });
    },
    [client, change],
  );
}

export function useAppearanceOfSettings(): Appearance {
  const settings = useSettings();
  const isSystemLight = useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(LIGHT);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(LIGHT).matches,
  );
  const theme = settings.theme === 'system' ? (isSystemLight ? 'light' : 'dark') : settings.theme;
  const zone = isZone(settings['time-zone']) ? settings['time-zone'] : 'UTC';
  // Set while rendering, so that canvases that read tokens in their effects find those of the new theme.
  document.documentElement.dataset.theme = theme;
  useEffect(() => {
    document.documentElement.dataset.density = settings.density;
  }, [settings.density]);
  useEffect(() => {
    try {
      window.localStorage.setItem(REMEMBERED_AS, settings.theme);
    } catch {
      // Without storage the first paint follows the system.
    }
  }, [settings.theme]);
  return useMemo(() => ({ theme, zone, density: settings.density }), [theme, zone, settings.density]);
}
