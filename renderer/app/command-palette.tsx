import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { BookOpen, Briefcase, Crosshair, type LucideIcon, ShieldAlert, Siren } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SearchHit } from '../../shared/contract/operations.ts';
import { SEVERITIES } from '../../shared/model/severity.ts';
import { ask } from '../data/queries.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import styles from './command-palette.module.css';
import { keyCaps } from './key-match.ts';
import { IS_MAC } from './platform.ts';
import { navigate } from './router.ts';
import { usePaletteActions } from './use-palette-actions.ts';

type Props = { readonly isOpen: boolean; readonly onClose: () => void; readonly onOverview: () => void };

const HIT: Readonly<Record<SearchHit['kind'], { readonly icon: LucideIcon; readonly title: string; readonly open: (id: string) => void }>> =
  {
    entity: { icon: Crosshair, title: 'Entities', open: (id) => navigate('entities', { entity: id }) },
    alert: { icon: Siren, title: 'Alerts', open: (id) => navigate('alerts', { alert: id }) },
    incident: { icon: ShieldAlert, title: 'Incidents', open: (id) => navigate('incidents', { incident: id }) },
    case: { icon: Briefcase, title: 'Cases', open: (id) => navigate('cases', { case: id }) },
    detection: { icon: BookOpen, title: 'Detections', open: (id) => navigate('alerts', { detection: id, severity: SEVERITIES.join('|') }) },
  };

/** One box for everything that can be found and done. */
export function CommandPalette({ isOpen, onClose, onOverview }: Props) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label="Search and commands">
          <PaletteContent onClose={onClose} onOverview={onOverview} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteContent({ onClose, onOverview }: Omit<Props, 'isOpen'>) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 120);
    return () => clearTimeout(timer);
  }, [text]);
  const { data: hits = [] } = useQuery({
    ...ask('search.everything', { text: asked, limit: 30 }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const actions = usePaletteActions(onOverview);
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const shown = actions.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  const shownHits = text.trim() ? hits : [];
  const close = (run: () => void) => () => {
    onClose();
    run();
  };
  return (
    <Command shouldFilter={false} loop label="Search and commands" className={styles.command}>
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Account, host, address, alert, or a command"
        className={styles.input}
        autoFocus
      />
      <Command.List className={styles.list} label="Results">
        {shown.length === 0 && shownHits.length === 0 && (
          <Command.Empty className={styles.empty}>
            Nothing found. Try part of a name, a SID, an address, or a word of an alert.
          </Command.Empty>
        )}
        {(Object.keys(HIT) as SearchHit['kind'][]).map((kind) => {
          const ofKind = shownHits.filter((hit) => hit.kind === kind);
          const { icon: Icon, title, open } = HIT[kind];
          return (
            ofKind.length > 0 && (
              <Command.Group key={kind} heading={title} className={styles.group}>
                {ofKind.map((hit) => (
                  <Command.Item
                    key={`${kind}:${hit.id}`}
                    value={`${kind}:${hit.id}`}
                    className={styles.item}
                    onSelect={close(() => open(hit.id))}
                  >
                    <Icon size={14} aria-hidden="true" />
                    <span className={styles.label}>{hit.title}</span>
                    <span className={styles.detail}>{hit.subtitle}</span>
                  </Command.Item>
                ))}
              </Command.Group>
            )
          );
        })}
        {shown.length > 0 && (
          <Command.Group heading="Commands" className={styles.group}>
            {shown.map(({ id, label, icon: Icon, keys, run }) => (
              <Command.Item key={id} value={`command:${id}`} className={styles.item} onSelect={close(run)}>
                <Icon size={14} aria-hidden="true" />
                <span className={styles.label}>{label}</span>
                {keys && <KeyHint caps={keyCaps(keys.split('|')[0]!, IS_MAC)} />}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}
