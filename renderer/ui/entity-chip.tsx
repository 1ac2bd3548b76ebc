import type { EntityKind } from '../../shared/model/entity.ts';
import styles from './entity-chip.module.css';
import { EntityIcon } from './entity-icon.tsx';

type Props = {
  readonly kind: EntityKind;
  readonly name: string;
  /** Where a click leads: the page of the entity. */
  readonly href: string;
  readonly role?: string | undefined;
  readonly title?: string;
};

/** An entity by name, in one look everywhere. */
export function EntityChip({ kind, name, href, role, title }: Props) {
  return (
    <a className={styles.chip} href={href} title={title ?? name} onClick={(event) => event.stopPropagation()}>
      <EntityIcon kind={kind} size={13} />
      <span className={styles.name}>{name}</span>
      {role && <span className={styles.role}>{role}</span>}
    </a>
  );
}
