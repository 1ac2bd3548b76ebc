import type { IdentityEvent } from '../../shared/model/event.ts';
import { relativeId } from './record.ts';

/** A change of an attribute of a directory object; each change writes the old value as deleted and the new one as added. */
export const DIRECTORY_CHANGE = 5136;
const VALUE_ADDED = '%%14674';

/** Default owners of a directory: what they hold is no news. Two-letter names are those of [MS-DTYP] 2.5.1.1. */
const DEFAULT_TRUSTEES: ReadonlySet<string> = new Set(['DA', 'EA', 'BA', 'SY', 'ED', 'DD', 'RO', 'CO', 'PS', 'SA', 'AO', 'SO', 'PO', 'LA']);
/** Enterprise read-only controllers, Administrator, Domain Admins, controllers, Schema Admins, Enterprise Admins. */
const DEFAULT_RIDS: ReadonlySet<number> = new Set([498, 500, 512, 516, 518, 519, 521]);
/** DS-Replication-Get-Changes, its -All and its -In-Filtered-Set: [MS-ADTS] 5.1.3.2.1. */
const REPLICATION = /^(?:1131f6aa-9c07-11d1-f79f-00c04fc2dcd2|1131f6ad-9c07-11d1-f79f-00c04fc2dcd2|89e95b76-444d-4c62-991a-0facbeda640c)$/i;
/** Write property, control access, write the permissions, write the owner. */
const POWERFUL_BITS = 0x20 | 0x100 | 0x40000 | 0x80000 | 0x10000000;

type Grant = { readonly trustee: string; readonly rights: string; readonly isReplication: boolean };

export function isValueAdded(event: IdentityEvent): boolean {
  return event.field('OperationType').trim() === VALUE_ADDED;
}

export function changedAttribute(event: IdentityEvent): string {
  return event.field('AttributeLDAPDisplayName').toLowerCase();
}

function isPowerful(rights: string, type: string): boolean {
  if (/^0x[0-9a-f]+$/i.test(rights)) return (Number(rights) & POWERFUL_BITS) !== 0;
  const names: readonly string[] = rights.match(/../g) ?? [];
  // An object entry is bound to one property or right; only the whole object or its permissions are power over it.
  const wanted = type === 'A' ? ['GA', 'GW', 'WD', 'WO', 'WP', 'CR'] : ['GA', 'WD', 'WO'];
  return names.some((name) => wanted.includes(name));
}

function grantOf(entry: string): Grant | null {
  const [type = '', , rights = '', object = '', , trustee = ''] = entry.split(';');
  if ((type !== 'A' && type !== 'OA') || DEFAULT_TRUSTEES.has(trustee) || DEFAULT_RIDS.has(relativeId(trustee))) return null;
  const isReplication = REPLICATION.test(object) && /CR|0x/.test(rights);
  if (!isReplication && !isPowerful(rights, object === '' ? 'A' : 'OA')) return null;
  return { trustee, rights, isReplication };
}

function entriesOf(descriptor: string): readonly string[] {
  return [...descriptor.matchAll(/\(([^()]*)\)/g)].map((found) => found[1] ?? '');
}

/** Power over the object that the new descriptors give and the old ones did not, to others than the default owners. */
export function newGrants(events: readonly IdentityEvent[]): readonly Grant[] {
  const changes = events.filter((event) => changedAttribute(event) === 'ntsecuritydescriptor');
  const before = new Set(changes.filter((event) => !isValueAdded(event)).flatMap((event) => entriesOf(event.field('AttributeValue'))));
  return changes
    .filter(isValueAdded)
    .flatMap((event) => entriesOf(event.field('AttributeValue')))
    .filter((entry) => !before.has(entry))
    .flatMap((entry) => grantOf(entry) ?? []);
}
