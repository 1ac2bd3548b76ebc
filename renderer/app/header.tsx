import { ChevronDown, Clock, FolderPlus, Moon, Search, Sun, Upload } from 'lucide-react';
import { useAppearance } from '../ui/appearance.ts';
import { Button } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { Menu } from '../ui/menu.tsx';
import { zoneLabel } from '../ui/time-format.ts';
import { CaseChip } from './case-chip.tsx';
import { CoverageLight } from './coverage-light.tsx';
import styles from './header.module.css';
import { useImportEvidence } from './import-evidence.tsx';
import { IS_MAC } from './platform.ts';
import { linkTo, navigate } from './router.ts';
import { useChangeSetting } from './use-appearance-of-settings.ts';
import { useZoneSwitch } from './use-zone-switch.ts';

export function Header({ onPalette }: { readonly onPalette: () => void }) {
  const { theme } = useAppearance();
  const changeSetting = useChangeSetting();
  const { pickFiles, pickFolder } = useImportEvidence();
  return (
    <header className={styles.header}>
      <a className={styles.brand} href={linkTo('investigate')} aria-label="Keepwatch, home">
        <svg viewBox="0 0 24 24" aria-hidden="true" className={styles.logo}>
          <path d="M4 21 V9 H6.5 V6 H9.5 V9 H14.5 V6 H17.5 V9 H20 V21 H14.5 V16.5 A2.5 2.5 0 0 0 9.5 16.5 V21 Z" />
          <circle cx="12" cy="4" r="1.8" />
        </svg>
        <span className={styles.name}>Keepwatch</span>
      </a>
      <CaseChip />
      <button type="button" className={styles.search} onClick={onPalette}>
        <Search size={14} aria-hidden="true" />
        <span className={styles.searchWords}>Search entities, alerts, commands</span>
        <KeyHint caps={[[IS_MAC ? '⌘' : 'Ctrl', 'K']]} />
      </button>
      <div className={styles.right}>
        <Menu
          align="end"
          trigger={
            <Button look="quiet">
              <Upload aria-hidden="true" />
              Import
              <ChevronDown aria-hidden="true" />
            </Button>
          }
          items={[
            { label: 'Files…', icon: Upload, run: pickFiles, hint: IS_MAC ? '⌘ O' : 'Ctrl O' },
            { label: 'Folder…', icon: FolderPlus, run: pickFolder },
          ]}
        />
        <CoverageLight />
        <ZoneMenu />
        <Button
          look="quiet"
          isIcon
          aria-label={theme === 'dark' ? 'Switch to the light theme' : 'Switch to the dark theme'}
          onClick={() => changeSetting('theme', theme === 'dark' ? 'light' : 'dark')}
        >
          {theme === 'dark' ? <Sun /> : <Moon />}
        </Button>
      </div>
    </header>
  );
}

function ZoneMenu() {
  const { zone, local, setZone } = useZoneSwitch();
  const now = Date.now() * 1000;
  const zones = [...new Set(['UTC', local, zone])];
  return (
    <Menu
      align="end"
      trigger={
        <Button look="quiet" title="Time zone of everything on screen; hover a time for both">
          <Clock aria-hidden="true" />
          <span className="only-read">Time zone: </span>
          {zone === 'UTC' ? 'UTC' : zoneLabel(zone, now)}
        </Button>
      }
      items={[
        ...zones.map((name) => ({ label: zoneLabel(name, now), isChecked: name === zone, run: () => setZone(name) })),
        'separator' as const,
        { label: 'Other zone…', run: () => navigate('settings', { part: 'appearance' }) },
      ]}
    />
  );
}
