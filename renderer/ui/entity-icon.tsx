import { CircleDot, Cog, Globe, type LucideIcon, Monitor, Network, User, Users } from 'lucide-react';
import type { EntityKind } from '../../shared/model/entity.ts';
import { classNames } from './class-names.ts';
import styles from './entity-icon.module.css';

export const ENTITY_ICONS: Readonly<Record<EntityKind, LucideIcon>> = {
  user: User,
  computer: Monitor,
  group: Users,
  service: Cog,
  address: Network,
  'well-known': CircleDot,
};

export const ENTITY_WORDS: Readonly<Record<EntityKind, string>> = {
  user: 'Account',
  computer: 'Host',
  group: 'Group',
  service: 'Service',
  address: 'Address',
  'well-known': 'Built-in',
};

export function EntityIcon({ kind, size = 14 }: { readonly kind: EntityKind; readonly size?: number }) {
  const Icon = ENTITY_ICONS[kind] ?? Globe;
  return <Icon size={size} aria-label={ENTITY_WORDS[kind]} className={classNames(styles.icon, styles[kind])} />;
}
