import { Copy, Filter, Search, Waypoints } from 'lucide-react';
import type { AlertEntity } from '../../shared/model/alert.ts';
import type { EntityKind } from '../../shared/model/entity.ts';
import { ROLE_WORDS } from '../ui/alert-words.ts';
import { copyText } from '../ui/copy-text.ts';
import { EntityChip } from '../ui/entity-chip.tsx';
import { ContextMenu, type MenuItem } from '../ui/menu.tsx';
import { showProblem } from '../ui/toast.tsx';
import styles from './entity-link.module.css';
import { linkTo, navigate } from './router.ts';

type Named = { readonly id: string; readonly name: string; readonly kind: EntityKind };

/** What can be done with an entity from anywhere, always in this order. */
export function entityActions({ id, name }: Named): readonly MenuItem[] {
  return [
    { label: 'Open entity', icon: Search, run: () => navigate('entities', { entity: id }) },
    { label: 'Show in graph', icon: Waypoints, run: () => navigate('investigate', { entity: id }) },
    { label: 'Alerts with this entity', icon: Filter, run: () => navigate('alerts', { entity: id, status: 'all' }) },
    'separator',
    { label: 'Copy name', icon: Copy, run: () => void copyText(name).catch(showProblem) },
    { label: 'Copy identifier', icon: Copy, run: () => void copyText(id).catch(showProblem) },
  ];
}

/** An entity that leads to its page; right click offers the rest. */
export function EntityLink({ entity, role }: { readonly entity: Named; readonly role?: string }) {
  return (
    <ContextMenu items={entityActions(entity)} className={styles.link}>
      <EntityChip
        kind={entity.kind}
        name={entity.name}
        href={linkTo('entities', { entity: entity.id })}
        role={role}
        title={`${entity.name}\n${entity.id}`}
      />
    </ContextMenu>
  );
}

export function EntityLinks({ entities, most = 100 }: { readonly entities: readonly AlertEntity[]; readonly most?: number }) {
  return (
    <span className={styles.list}>
      {entities.slice(0, most).map((entity) => (
        <EntityLink key={`${entity.id}:${entity.role}`} entity={entity} role={ROLE_WORDS[entity.role]} />
      ))}
      {entities.length > most && <span className={styles.more}>and {entities.length - most} more</span>}
    </span>
  );
}
