import type { IdentityEvent } from '../../shared/model/event.ts';
import { relativeId } from './record.ts';

/** A change of an attribute of a directory object; each change writes the old value as deleted and the new one as added. */
export const DIRECTORY_CHANGE = 5136;
/** As a message code, and as some exports write it out. */
const VALUE_ADDED = /^(?:%%14674|value added)$/i;

/** Default owners of a directory: what they hold is no news. Two-letter names are those of [MS-DTYP] 2.5.1.1. */
const DEFAULT_TRUSTEES: ReadonlySet<string> = new Set(['DA', 'EA', 'BA', 'SY', 'ED', 'DD', 'RO', 'CO', 'PS', 'SA', 'AO', 'SO', 'PO', 'LA']);
/** Enterprise read-only controllers, Administrator, Domain Admins, controllers, Schema Admins, Enterprise Admins. */
const DEFAULT_RIDS: ReadonlySet<number> = new Set([498, 500, 512, 516, 518, 519, 521]);
/** DS-Replication-Get-Changes, its -All and its -In-Filtered-Set: [MS-ADTS] 5.1.3.2.1. */
const REPLICATION = /^(?:1131f6aa-9c07-11d1-f79f-00c04fc2dcd2|1131f6ad-9c07-11d1-f79f-00c04fc2dcd2|89e95b76-444d-4c62-991a-0facbeda640c)$/i;
/**
 * One right or attribute that alone hands the object over ([MS-ADTS] 5.1.3.2.1, [MS-ADA1] to [MS-ADA3]): reset of the password, membership,
 * service names, key credentials, delegation to others, linked policies.
 */
const POWERFUL_OBJECT =
  /^(?:00299570-246d-11d0-a768-00aa006e0529|bf9679c0-0de6-11d0-a285-00aa003049e2|bc0ac240-79a9-11d0-9020-00c04fc2d4cf|f3a64788-5306-11d1-a9c5-0000f80367c1|5b47d60f-6090-40b2-9f37-2a4de88f3063|3f78c3e5-f79a-46bd-a0b8-9d18116ddc79|f30e3bbe-9ff0-11d1-b603-0000f80367c1)$/i;
/** All rights, writing the permissions or the owner. */
const OWNING = { bits: 0x40000 | 0x80000 | 0x10000000, names: ['GA', 'WD', 'WO'] };
/** Writing properties, extended rights. */
const WRITING = { bits: OWNING.bits | 0x20 | 0x100 | 0x40000000, names: [...OWNING.names, 'GW', 'WP', 'CR'] };

type Grant = { readonly trustee: string; readonly rights: string; readonly isReplication: boolean };

export function isValueAdded(event: IdentityEvent): boolean {
  return VALUE_ADDED.test(event.field('OperationType').trim());
}

export function changedAttribute(event: IdentityEvent): string {
  return event.field('AttributeLDAPDisplayName').toLowerCase();
}

/** `object`: what the entry is bound to, as one property or right; empty for the whole object. Most of those are no power over it. */
function isPowerful(rights: string, object: string): boolean {
  const wanted = object === '' || POWERFUL_OBJECT.test(object) ? WRITING : OWNING;
  if (/^0x[0-9a-f]+$/i.test(rights)) return (Number(rights) & wanted.bits) !== 0;
  return (rights.match(/../g) ?? []).some((name) => wanted.names.includes(name));
}

function grantOf(entry: string): Grant | null {
  const [type = '', , rights = '', object = '', , trustee = ''] = entry.split(';');
  if ((type !== 'A' && type !== 'OA') || DEFAULT_TRUSTEES.has(trustee) || DEFAULT_RIDS.has(relativeId(trustee))) return null;
  const isReplication = REPLICATION.test(object) && /CR|0x/.test(rights);
  if (!isReplication && !isPowerful(rights, object)) return null;
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
