import type { AlertEntity } from '../../shared/model/alert.ts';
import type { Severity } from '../../shared/model/severity.ts';
import { HOUR } from '../../shared/model/time.ts';
import type { LinkableAlert } from './link-rule.ts';

/** Pieces from which tests build alerts. */
export const host = (name: string, role: AlertEntity['role']): AlertEntity => ({ id: `host:${name}`, name, kind: 'computer', role });

export const user = (name: string, role: AlertEntity['role'] = 'actor'): AlertEntity => ({
  id: `account:corp\\${name}`,
  name,
  kind: 'user',
  role,
});

export const system: AlertEntity = { id: 'sid:S-1-5-18', name: 'SYSTEM', kind: 'well-known', role: 'actor' };

/** An alert that begins and ends `hours` after the epoch. */
export function exampleAlert(
  id: string,
  hours: number,
  entities: readonly AlertEntity[],
  more: Partial<LinkableAlert> = {},
): LinkableAlert {
  const at = hours * HOUR;
  const rest = { severity: 'medium' as Severity, tactics: ['Lateral Movement'], techniques: [], firstAt: at, lastAt: at, entities };
  return { id, detection: 'psexec', title: `Kind ${id}`, summary: `alert ${id}`, ...rest, ...more };
}
