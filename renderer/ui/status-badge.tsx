import { Circle, CircleCheck, CircleDot } from 'lucide-react';
import type { AlertStatus } from '../../shared/model/alert.ts';
import { STATUS_WORDS } from './alert-words.ts';
import styles from './status-badge.module.css';

const ICONS = { new: Circle, 'in-progress': CircleDot, resolved: CircleCheck } as const;

export function StatusBadge({ status }: { readonly status: AlertStatus }) {
  const Icon = ICONS[status];
  return (
    <span className={styles[status]}>
      <Icon size={13} aria-hidden="true" /> {STATUS_WORDS[status]}
    </span>
  );
}
