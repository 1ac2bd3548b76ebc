import {
  CirclePlay,
  Command,
  Download,
  FilePlus2,
  FolderPlus,
  HelpCircle,
  Keyboard,
  type LucideIcon,
  ScanEye,
  ShieldCheck,
  Upload,
} from 'lucide-react';
import { VIEWS } from '../views/registry.ts';
import { useCreateCase } from './case-chip.tsx';
import { useImportEvidence } from './import-evidence.tsx';
import { navigate } from './router.ts';
import { useShortcuts } from './shortcuts.ts';

export type PaletteAction = {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keys?: string;
  readonly run: () => void;
};

/** What can be done: the commands of the window and every shortcut of the view on screen. */
export function usePaletteActions(onOverview: () => void): readonly PaletteAction[] {
  const { pickFiles, pickFolder, startDemo } = useImportEvidence();
  const createCase = useCreateCase();
  const shortcuts = useShortcuts();
  const own = new Set(['palette', 'overview', 'import', ...VIEWS.map(({ id }) => `go-${id}`)]);
  return [
    ...VIEWS.map(({ id, title, icon, shortcut }) => ({
      id: `go-${id}`,
      label: `Go to ${title}`,
      icon,
      keys: shortcut,
      run: () => navigate(id),
    })),
    { id: 'import', label: 'Import evidence: files', icon: Upload, keys: 'mod+o', run: pickFiles },
    { id: 'import-folder', label: 'Import evidence: folder', icon: FolderPlus, run: pickFolder },
    { id: 'demo', label: 'Import the demo investigation', icon: CirclePlay, run: startDemo },
    { id: 'why-not', label: 'Why did a detection not fire?', icon: HelpCircle, run: () => navigate('evidence', { part: 'why-not' }) },
    {
      id: 'blind-spots',
      label: 'Blind spots: what the logs could not see',
      icon: ScanEye,
      run: () => navigate('evidence', { part: 'coverage', by: 'hosts' }),
    },
    { id: 'new-case', label: 'New case', icon: FilePlus2, run: () => void createCase() },
    { id: 'export-case', label: 'Export the current case', icon: Download, run: () => navigate('cases', { export: 1 }) },
    { id: 'verify', label: 'Verify a case file', icon: ShieldCheck, run: () => navigate('cases', { verify: 1 }) },
    { id: 'shortcuts', label: 'Keyboard shortcuts', icon: Keyboard, keys: '?', run: onOverview },
    ...shortcuts
      .filter(({ id }) => !own.has(id))
      .map(({ id, label, keys, run }) => ({ id, label, icon: Command, keys, run: () => run(new KeyboardEvent('keydown')) })),
  ];
}
