import type { EntityKind } from '../../shared/model/entity.ts';
import type { AccountRef, IdentityEvent } from '../../shared/model/event.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Observations, OpenedSession, RemoteTouch } from './observations.ts';
import { isMachineName } from './record.ts';
import { isSensitiveGroupRef } from './sensitive-groups.table.ts';

type Label = { readonly name: string; readonly kind: EntityKind };

/** What the rest of the product knows of entities: directory facts, a person's tags, names. */
export type FactSource = {
  /** True or false where it is known, undefined where it is not. */
  isDomainController(entityId: string): boolean | undefined;
  isHoneytoken(entityId: string): boolean;
  /** Tagged or known as sensitive, beside the default groups. */
  isSensitive(entityId: string): boolean;
  /** An account whose work is to replicate the directory (identity synchronization), known from directory facts or a tag. */
  isSynchronizationAccount(entityId: string): boolean;
  label(entityId: string): Label | null;
};

/** Nothing known beside the events. */
export const NO_FACTS: FactSource = {
  isDomainController: () => undefined,
  isHoneytoken: () => false,
  isSensitive: () => false,
  isSynchronizationAccount: () => false,
  label: () => null,
};

/** What a detection may ask: knowledge of entities, and what earlier events of the same pass have shown. */
export type Facts = {
  /** Known from the directory or from behavior (it issues tickets, it holds the domain); undefined when nothing says so. */
  isDomainController(entityId: string): boolean | undefined;
  isMachineAccount(account: AccountRef | null): boolean;
  isSensitiveGroup(group: AccountRef | null, entityId: string): boolean;
  isHoneytoken(entityId: string): boolean;
  isSynchronizationAccount(entityId: string): boolean;
  /** Name to show: the entity's, else the account's as logged. */
  name(entityId: string, fallback?: AccountRef | string | null): string;
  label(entityId: string): Label | null;
  /** The remote or new-credentials logon that opened this session on the event's computer, if it was seen. */
  session(event: IdentityEvent, logonId: string): OpenedSession | null;
  /** Remote logons and pipe or admin share accesses on the event's computer, at most `within` before it, oldest first. */
  touches(event: IdentityEvent, within: Micros): readonly RemoteTouch[];
  /** The event came from an address from which the host's own machine account logs on to it: the host reaches itself by name. */
  isOwnAddress(event: IdentityEvent): boolean;
  /** Addresses from which the account of a ticket request got ticket-granting tickets with AES, at most `within` before it. */
  strongTicketSources(event: IdentityEvent, within: Micros): readonly string[];
  /** How many accounts have asked for weakly encrypted tickets of this service so far. */
  weakTicketClients(service: string): number;
};

export function createFacts(source: FactSource, seen: Observations): Facts {
  return {
    isDomainController: (id) => (id === '' ? undefined : (source.isDomainController(id) ?? seen.isDomainController(id))),
    isMachineAccount: (account) => account !== null && isMachineName(account.name),
    isSensitiveGroup: (group, id) => (id !== '' && source.isSensitive(id)) || (group !== null && isSensitiveGroupRef(group)),
    isHoneytoken: (id) => id !== '' && source.isHoneytoken(id),
    isSynchronizationAccount: (id) => id !== '' && source.isSynchronizationAccount(id),
    name: (id, fallback = null) => nameOf(source, id, fallback),
    label: (id) => (id === '' ? null : source.label(id)),
    session: (event, logonId) => seen.session(event, logonId),
    touches: (event, within) => seen.touches(event, within),
    isOwnAddress: (event) => seen.isOwnAddress(event),
    strongTicketSources: (event, within) => seen.strongTicketSources(event, within),
    weakTicketClients: (service) => seen.weakTicketClients(service),
  };
}

function nameOf(source: FactSource, id: string, fallback: AccountRef | string | null): string {
  const known = id === '' ? null : source.label(id);
  if (known !== null && known.name !== '') return known.name;
  if (typeof fallback === 'string' && fallback !== '') return fallback;
  if (fallback !== null && typeof fallback === 'object') return fallback.name || fallback.sid || 'unknown account';
  return id === '' ? 'unknown' : id.slice(id.indexOf(':') + 1);
}
