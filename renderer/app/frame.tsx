import { useEffect, useState } from 'react';
import type { AppStatus } from '../../shared/contract/operations.ts';
import { VIEWS } from '../views/registry.ts';
import { CommandPalette } from './command-palette.tsx';
import { ErrorFence } from './error-fence.tsx';
import styles from './frame.module.css';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import { HOME, navigate, useRoute } from './router.ts';
import { ShortcutOverview } from './shortcut-overview.tsx';
import { followKeys, useShortcut } from './shortcuts.ts';
import { StatusLine } from './status-line.tsx';
import { useFrameShortcuts } from './use-frame-shortcuts.ts';
import { Welcome } from './welcome.tsx';

/** Views that have something to say before there is any evidence. */
const WITHOUT_EVIDENCE = new Set(['evidence', 'cases', 'settings']);

export function Frame({ status }: { readonly status: AppStatus }) {
  const { view: id } = useRoute();
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const [isOverviewOpen, setIsOverviewOpen] = useState(false);
  useEffect(() => followKeys(window), []);
  useFrameShortcuts();
  useShortcut('palette', 'mod+k|/', 'Search and commands', () => setIsPaletteOpen(true), 'Everywhere');
  useShortcut('overview', '?', 'Keyboard shortcuts', () => setIsOverviewOpen(true), 'Everywhere');

  const view = VIEWS.find((candidate) => candidate.id === id);
  useEffect(() => {
    if (!view) navigate(HOME, {}, 'replace');
    document.title = view ? `${view.title} - Keepwatch` : 'Keepwatch';
  }, [view]);
  const isFirstRun = status.events === 0 && status.runningImports === 0 && !WITHOUT_EVIDENCE.has(id);
  const Content = view?.component;

  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => document.getElementById('content')?.focus()}>
        Skip to content
      </button>
      <Header onPalette={() => setIsPaletteOpen(true)} />
      <Navigation current={id} status={status} onOverview={() => setIsOverviewOpen(true)} />
      <main id="content" className={styles.content} tabIndex={-1}>
        {isFirstRun ? (
          <Welcome />
        ) : (
          Content && (
            <ErrorFence key={id} what={`The view “${view.title}”`}>
              <Content />
            </ErrorFence>
          )
        )}
      </main>
      <StatusLine status={status} />
      <CommandPalette isOpen={isPaletteOpen} onClose={() => setIsPaletteOpen(false)} onOverview={() => setIsOverviewOpen(true)} />
      <ShortcutOverview isOpen={isOverviewOpen} onClose={() => setIsOverviewOpen(false)} />
    </div>
  );
}
