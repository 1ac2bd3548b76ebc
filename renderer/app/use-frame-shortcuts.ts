import { useEffect } from 'react';
import { useAppearance } from '../ui/appearance.ts';
import { VIEWS } from '../views/registry.ts';
import { useImportEvidence } from './import-evidence.tsx';
import { navigate } from './router.ts';
import { useShortcut } from './shortcuts.ts';
import { useChangeSetting } from './use-appearance-of-settings.ts';
import { useZoneSwitch } from './use-zone-switch.ts';

/** The shortcuts that work in every view. */
export function useFrameShortcuts(): void {
  const { theme } = useAppearance();
  const changeSetting = useChangeSetting();
  const { toggleZone } = useZoneSwitch();
  const { pickFiles } = useImportEvidence();
  for (const view of VIEWS) {
    // biome-ignore lint/correctness/useHookAtTopLevel: the list of views is a constant.
    useShortcut(`go-${view.id}`, view.shortcut, `Go to ${view.title}`, () => navigate(view.id), 'Go to');
  }
  useShortcut('import', 'mod+o', 'Import evidence', pickFiles, 'Everywhere');
  useShortcut(
    'theme',
    'shift+t',
    'Switch between dark and light',
    () => changeSetting('theme', theme === 'dark' ? 'light' : 'dark'),
    'Everywhere',
  );
  useShortcut('zone', 'shift+z', 'Switch between UTC and the local time zone', toggleZone, 'Everywhere');
  useEffect(() => {
    // A file dropped beside the drop zone must never replace the window.
    const refuse = (event: DragEvent) => event.preventDefault();
    window.addEventListener('drop', refuse);
    window.addEventListener('dragover', refuse);
    return () => {
      window.removeEventListener('drop', refuse);
      window.removeEventListener('dragover', refuse);
    };
  }, []);
}
