import { eventKindCode } from '../../shared/model/event.ts';
import type { Micros } from '../../shared/model/time.ts';
import { ACCOUNT_MACHINE, type Dictionary } from '../events/dictionary.ts';
import type { EventTable } from '../events/event-table.ts';
import { cleanHost, shortHost } from './names.ts';

/** When something was seen, how often, and the first record that shows it. */
export type Sighting = { firstAt: Micros; lastAt: Micros; count: number; evidence: number };

/** What a name was seen as; one name may be several. */
export const SEEN_AS_GROUP = 1;
export const SEEN_AS_SERVICE = 2;
export const SEEN_AS_ACTOR = 4;

const LOGON = eventKindCode('logon');
const SERVICE_TICKET = eventKindCode('service-ticket-request');
const MEMBER_ADDED = eventKindCode('member-added');
const MEMBER_REMOVED = eventKindCode('member-removed');
/** Only a KDC writes these. */
const KDC_KINDS = new Set([
  eventKindCode('tgt-request'),
  SERVICE_TICKET,
  eventKindCode('kerberos-failure'),
  eventKindCode('ticket-renewal'),
]);
const GROUP_KINDS = new Set([
  MEMBER_ADDED,
  MEMBER_REMOVED,
  eventKindCode('group-created'),
  eventKindCode('group-changed'),
  eventKindCode('group-deleted'),
]);

/**
 * Gathers, one event at a time, what the resolution of identities needs: who was seen when, and which address was seen with which
 * host name. Its size follows the number of identities, not of events.
 */
export class Sightings {
  readonly accounts = new SightingList();
  /** By text id: computers that wrote records, and workstation names. */
  readonly hosts = new SightingList();
  readonly addresses = new SightingList();
  readonly accountRoles: number[] = [];
  /** Host text ids that wrote Kerberos records: domain controllers by behavior. */
  readonly domainControllers = new SightingList();
  /** address text id -> host key (text id, or minus the machine account's id) -> sighting. */
  readonly addressHosts = new Map<number, Map<number, Sighting>>();

  add(table: EventTable, dictionary: Dictionary, index: number): void {
    const segment = table.segmentOf(index);
    const row = index & 0xffff;
    const at = segment.at[row];
    const kind = segment.kind[row];
    const computer = segment.computer[row];
    if (computer !== 0) {
      this.hosts.see(computer, at, index);
      if (KDC_KINDS.has(kind)) this.domainControllers.see(computer, at, index);
    }
    const target = segment.target[row];
    const counterpart = segment.counterpart[row];
    this.#account(segment.actor[row], at, index, SEEN_AS_ACTOR);
    this.#account(
      target,
      at,
      index,
      GROUP_KINDS.has(kind) && kind !== MEMBER_ADDED && kind !== MEMBER_REMOVED ? SEEN_AS_GROUP : kind === LOGON ? SEEN_AS_ACTOR : 0,
    );
    this.#account(counterpart, at, index, kind === SERVICE_TICKET ? SEEN_AS_SERVICE : GROUP_KINDS.has(kind) ? SEEN_AS_GROUP : 0);
    const host = segment.sourceHost[row];
    if (host !== 0) this.hosts.see(host, at, index);
    const address = segment.sourceAddress[row];
    if (address === 0) return;
    this.addresses.see(address, at, index);
    // A machine account that logs on or asks for tickets from an address says whose address it is more surely than a client's own claim.
    if ((dictionary.accountMarks[target] & ACCOUNT_MACHINE) !== 0 && (kind === LOGON || KDC_KINDS.has(kind)))
      this.#addressHost(address, -target, at, index);
    // A remote desktop logon names the server itself as workstation: that says nothing of the address.
    else if (host !== 0 && !isSameHost(dictionary, host, computer)) this.#addressHost(address, host, at, index);
  }

  clear(): void {
    for (const list of [this.accounts, this.hosts, this.addresses, this.domainControllers, this.addressHosts]) list.clear();
    this.accountRoles.length = 0;
  }

  #account(account: number, at: Micros, index: number, role: number): void {
    if (account === 0) return;
    this.accounts.see(account, at, index);
    this.accountRoles[account] = (this.accountRoles[account] ?? 0) | role;
  }

  #addressHost(address: number, host: number, at: Micros, index: number): void {
    let hosts = this.addressHosts.get(address);
    if (hosts === undefined) {
      hosts = new Map();
      this.addressHosts.set(address, hosts);
    }
    // Behind one address of a NAT or a terminal server thousands of names can claim to be; that many prove nothing.
    if (hosts.size < 64 || hosts.has(host)) see(hosts, host, at, index);
  }
}

function isSameHost(dictionary: Dictionary, host: number, computer: number): boolean {
  return host === computer || shortHost(cleanHost(dictionary.texts[host])) === shortHost(cleanHost(dictionary.texts[computer]));
}

/** Sightings by id: ids are small and dense, so a plain array beats a map, and this runs for every event. */
export class SightingList {
  #list: (Sighting | undefined)[] = [];

  see(id: number, at: Micros, index: number): void {
    const known = this.#list[id];
    if (known === undefined) {
      while (this.#list.length <= id) this.#list.push(undefined);
      this.#list[id] = { firstAt: at, lastAt: at, count: 1, evidence: index };
    } else update(known, at, index);
  }

  has(id: number): boolean {
    return this.#list[id] !== undefined;
  }

  *[Symbol.iterator](): Generator<[id: number, sighting: Sighting]> {
    for (let id = 0; id < this.#list.length; id++) {
      const sighting = this.#list[id];
      if (sighting !== undefined) yield [id, sighting];
    }
  }

  clear(): void {
    this.#list = [];
  }
}

function see(map: Map<number, Sighting>, key: number, at: Micros, index: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, { firstAt: at, lastAt: at, count: 1, evidence: index });
  else update(known, at, index);
}

function update(known: Sighting, at: Micros, index: number): void {
  known.count++;
  if (at < known.firstAt) {
    known.firstAt = at;
    known.evidence = index;
  }
  if (at > known.lastAt) known.lastAt = at;
}

export function mergeSightings(a: Sighting, b: Sighting): Sighting {
  const first = a.firstAt <= b.firstAt ? a : b;
  return { firstAt: first.firstAt, lastAt: Math.max(a.lastAt, b.lastAt), count: a.count + b.count, evidence: first.evidence };
}
