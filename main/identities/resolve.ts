import type { EntityKind, IdentifierClaim, IdentifierType } from '../../shared/model/entity.ts';
import type { Micros } from '../../shared/model/time.ts';
import { ACCOUNT_WELL_KNOWN, type Dictionary } from '../events/dictionary.ts';
import { cleanHost, isAddress, isBuiltinSid, isDomainGroupRid, shortHost, splitAccount, splitSid } from './names.ts';
import { mergeSightings, SEEN_AS_ACTOR, SEEN_AS_GROUP, SEEN_AS_SERVICE, type Sighting, type Sightings } from './sightings.ts';
import { WELL_KNOWN_NAMES } from './well-known.table.ts';

export type Entity = {
  readonly id: string;
  kind: EntityKind;
  name: string;
  domain: string;
  readonly roles: Set<string>;
  readonly claims: Map<string, IdentifierClaim>;
  firstAt: Micros;
  lastAt: Micros;
  eventCount: number;
};

/** For which time an address belonged to a host; half-open, sorted. */
type AddressSpan = { readonly from: Micros; readonly to: Micros; readonly entity: number };

/** Every name, SID and address of the store as an entity; positions in `entities`, 0 is none. */
export class Resolution {
  readonly entities: Entity[] = [NOBODY];
  readonly byId = new Map<string, number>();
  accountEntity = new Uint32Array(1);
  readonly hostEntity = new Map<number, number>();
  readonly addressEntity = new Map<number, number>();
  readonly addressSpans = new Map<number, readonly AddressSpan[]>();

  /** Entity of an address at a moment: the host that held it then, else the address itself. */
  entityOfAddress(address: number, at: Micros): number {
    for (const span of this.addressSpans.get(address) ?? []) if (at >= span.from && at < span.to) return span.entity;
    return this.addressEntity.get(address) ?? 0;
  }
}

const NOBODY: Entity = {
  id: '',
  kind: 'well-known',
  name: '',
  domain: '',
  roles: new Set(),
  claims: new Map(),
  firstAt: 0,
  lastAt: 0,
  eventCount: 0,
};

/**
 * One entity for each identity: a SID is an identity by itself; names join it through the domain that the SID and the name share; host names join
 * by FQDN, a machine account joins its host, and an address joins the host that used it at that time. Names that fit more than one entity stay alone.
 */
export function resolveIdentities(dictionary: Dictionary, sightings: Sightings): Resolution {
  const resolution = new Resolution();
  const hosts = resolveHosts(resolution, dictionary, sightings);
  resolveAccounts(resolution, dictionary, sightings, hosts);
  resolveAddresses(resolution, dictionary, sightings);
  return resolution;
}

/** Finds or makes the computer of a host name or machine account. */
type HostFinder = { find(name: string, domain: string): number; create(name: string): number };

function resolveHosts(resolution: Resolution, dictionary: Dictionary, sightings: Sightings): HostFinder {
  const fqdnsOfShort = new Map<string, Set<string>>();
  for (const [text] of sightings.hosts) {
    const host = cleanHost(dictionary.texts[text]);
    if (host === '' || isAddress(host)) continue;
    const short = shortHost(host);
    const fqdns = fqdnsOfShort.get(short) ?? new Set();
    if (host !== short) fqdns.add(host);
    fqdnsOfShort.set(short, fqdns);
  }
  const nameOf = (host: string): string => {
    const fqdns = fqdnsOfShort.get(shortHost(host));
    return host === shortHost(host) && fqdns?.size === 1 ? [...fqdns][0] : host;
  };
  const create = (raw: string): number => {
    const name = nameOf(cleanHost(raw));
    const short = shortHost(name);
    return entityNumber(resolution, `host:${name}`, 'computer', short.toUpperCase(), name.slice(short.length + 1));
  };
  for (const [text, sighting] of sightings.hosts) {
    const host = cleanHost(dictionary.texts[text]);
    if (host === '') continue;
    if (isAddress(host)) {
      resolution.hostEntity.set(text, entityNumber(resolution, `address:${host}`, 'address', host, ''));
      continue;
    }
    const number = create(host);
    resolution.hostEntity.set(text, number);
    claim(resolution, number, 'host-name', host, sighting);
    if (sightings.domainControllers.has(text)) resolution.entities[number].roles.add('domain controller');
  }
  const find = (name: string, domain: string): number => {
    const fqdns = fqdnsOfShort.get(name);
    if (!fqdns) return 0;
    const inDomain = [...fqdns].find((fqdn) => fqdn === `${name}.${domain}`);
    return resolution.byId.get(`host:${inDomain ?? nameOf(name)}`) ?? 0;
  };
  return { find, create };
}

type NamedAccount = { id: number; name: string; shown: string; domain: string; upn: string; sid: string; sighting: Sighting };

function resolveAccounts(resolution: Resolution, dictionary: Dictionary, sightings: Sightings, hosts: HostFinder): void {
  resolution.accountEntity = new Uint32Array(dictionary.accounts.length);
  const accounts: NamedAccount[] = [];
  for (const [id, sighting] of sightings.accounts) {
    const { sid } = dictionary.accounts[id];
    accounts.push({ id, sid, sighting, ...splitAccount(dictionary.accounts[id]) });
  }
  const domainSids = learnDomainSids(accounts);
  const shownDomains = nameDomains(accounts);
  const sidOfName = new Map<string, string | null>();
  const sidsOfBareName = new Map<string, Set<string>>();
  for (const account of accounts) {
    const parts = splitSid(account.sid);
    if (!parts || account.name === '') continue;
    const key = `${parts.domainSid}\\${account.name}`;
    const known = sidOfName.get(key);
    // A name reused for a new account (deleted and created again) fits two SIDs: then it decides nothing.
    sidOfName.set(key, known === undefined || known === account.sid ? account.sid : null);
    const bare = sidsOfBareName.get(account.name) ?? new Set();
    sidsOfBareName.set(account.name, bare.add(account.sid));
  }
  for (const account of accounts) {
    const number = entityOfAccount(account);
    if (number === 0) continue;
    resolution.accountEntity[account.id] = number;
    describe(account, number);
  }

  function entityOfAccount(account: NamedAccount): number {
    if ((dictionary.accountMarks[account.id] & ACCOUNT_WELL_KNOWN) !== 0) {
      const name = account.sid !== '' ? account.sid : account.name;
      return entityNumber(resolution, `well-known:${name}`, 'well-known', wellKnownName(account), '');
    }
    // A machine account is its host, also where the host itself never wrote a record.
    if (account.name.endsWith('$')) {
      const name = account.name.slice(0, -1);
      return hosts.find(name, account.domain) || hosts.create(name);
    }
    const sid = account.sid !== '' ? account.sid : sidByName(account);
    if (sid !== '')
      return entityNumber(
        resolution,
        `sid:${sid}`,
        isBuiltinSid(sid) ? 'group' : 'user',
        WELL_KNOWN_NAMES.get(sid) ?? (account.shown || sid),
        account.domain,
      );
    if (account.name === '') return 0;
    const key = account.domain === '' ? account.name : `${account.domain}\\${account.name}`;
    return entityNumber(resolution, `account:${key}`, 'user', account.shown, account.domain);
  }

  function sidByName(account: NamedAccount): string {
    if (account.name === '') return '';
    if (account.domain !== '') {
      const domainSid = domainSids.get(account.domain);
      return (domainSid && sidOfName.get(`${domainSid}\\${account.name}`)) || '';
    }
    const sids = sidsOfBareName.get(account.name);
    return sids?.size === 1 ? [...sids][0] : '';
  }

  function describe(account: NamedAccount, number: number): void {
    const entity = resolution.entities[number];
    if (account.sid !== '') claim(resolution, number, 'sid', account.sid, account.sighting);
    if (account.name !== '')
      claim(resolution, number, 'account-name', account.domain ? `${account.domain}\\${account.name}` : account.name, account.sighting);
    if (account.upn !== '') claim(resolution, number, 'upn', account.upn, account.sighting);
    if (account.sid === '' && account.name === '') claim(resolution, number, 'sid', account.sid, account.sighting);
    const seenAs = sightings.accountRoles[account.id] ?? 0;
    const parts = splitSid(account.sid);
    if (entity.kind === 'user') {
      if ((seenAs & SEEN_AS_GROUP) !== 0 || (parts !== null && isDomainGroupRid(parts.rid))) entity.kind = 'group';
      else if ((seenAs & SEEN_AS_SERVICE) !== 0) entity.roles.add('service account');
    }
    if ((seenAs & SEEN_AS_ACTOR) !== 0) entity.roles.add('active');
    // The name as people write it: a SID or an all-lower-case copy gives way to it.
    if (account.shown !== '' && (entity.name === entity.id.slice(4) || entity.name === '')) entity.name = account.shown;
    if (entity.kind === 'well-known') entity.domain = '';
    else entity.domain = (parts && shownDomains.get(parts.domainSid)) || entity.domain || account.domain;
  }
}

/** One name for each domain: the NetBIOS name where any record has it, else the DNS name. */
function nameDomains(accounts: readonly NamedAccount[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { sid, domain } of accounts) {
    const parts = splitSid(sid);
    if (!parts || domain === '') continue;
    const known = names.get(parts.domainSid);
    const better =
      known === undefined ||
      (known.includes('.') && !domain.includes('.')) ||
      (known.includes('.') === domain.includes('.') && domain < known);
    if (better) names.set(parts.domainSid, domain);
  }
  return names;
}

/** Which domain SID a domain name stands for, by majority of the records that carry both. */
function learnDomainSids(accounts: readonly NamedAccount[]): Map<string, string> {
  const votes = new Map<string, Map<string, number>>();
  for (const account of accounts) {
    const parts = splitSid(account.sid);
    if (!parts || account.domain === '') continue;
    const counts = votes.get(account.domain) ?? new Map<string, number>();
    counts.set(parts.domainSid, (counts.get(parts.domainSid) ?? 0) + account.sighting.count);
    votes.set(account.domain, counts);
  }
  const winners = new Map<string, string>();
  for (const [domain, counts] of votes) {
    const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    winners.set(domain, best[0]);
  }
  return winners;
}

function resolveAddresses(resolution: Resolution, dictionary: Dictionary, sightings: Sightings): void {
  for (const [text, sighting] of sightings.addresses) {
    const address = dictionary.texts[text];
    // A machine account proves the address; a workstation name is only what a client says of itself, and attackers say what they like.
    const proven = new Map<number, Sighting>();
    const stated = new Map<number, Sighting>();
    for (const [key, seen] of sightings.addressHosts.get(text) ?? []) {
      const number = key > 0 ? (resolution.hostEntity.get(key) ?? 0) : resolution.accountEntity[-key];
      const entity = resolution.entities[number];
      if (number === 0 || entity.kind !== 'computer') continue;
      const claims = key > 0 ? stated : proven;
      const known = claims.get(number);
      claims.set(number, known ? mergeSightings(known, seen) : seen);
    }
    const claims = proven.size > 0 ? proven : stated;
    const spans = spansOf(claims);
    if (spans.length > 0) resolution.addressSpans.set(text, spans);
    for (const [number, seen] of claims)
      if (spans.some((span) => span.entity === number)) claim(resolution, number, 'address', address, seen);
    const covered = spans.length === 1 && spans[0].from === Number.NEGATIVE_INFINITY;
    if (covered) {
      resolution.addressEntity.set(text, spans[0].entity);
    } else {
      const number = entityNumber(resolution, `address:${address}`, 'address', address, '');
      resolution.addressEntity.set(text, number);
      claim(resolution, number, 'address', address, sighting);
    }
  }
}

/** One claimant holds the address for good; several hold it one after the other, if their times do not overlap, else nobody does. */
function spansOf(claims: ReadonlyMap<number, Sighting>): AddressSpan[] {
  if (claims.size === 0) return [];
  const sorted = [...claims].sort((a, b) => a[1].firstAt - b[1].firstAt);
  if (sorted.length === 1) return [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, entity: sorted[0][0] }];
  const spans: AddressSpan[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const [entity, seen] = sorted[i];
    const next = sorted[i + 1]?.[1].firstAt ?? Number.POSITIVE_INFINITY;
    if (seen.lastAt >= next) return [];
    spans.push({ from: i === 0 ? Number.NEGATIVE_INFINITY : seen.firstAt, to: next, entity });
  }
  return spans;
}

function entityNumber(resolution: Resolution, id: string, kind: EntityKind, name: string, domain: string): number {
  const known = resolution.byId.get(id);
  if (known !== undefined) return known;
  const entity: Entity = {
    id,
    kind,
    name,
    domain,
    roles: new Set(),
    claims: new Map(),
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
    eventCount: 0,
  };
  const number = resolution.entities.push(entity) - 1;
  resolution.byId.set(id, number);
  return number;
}

function claim(resolution: Resolution, number: number, type: IdentifierType, value: string, seen: Sighting): void {
  const entity = resolution.entities[number];
  if (seen.firstAt < entity.firstAt) entity.firstAt = seen.firstAt;
  if (seen.lastAt > entity.lastAt) entity.lastAt = seen.lastAt;
  const key = `${type}:${value}`;
  const known = entity.claims.get(key);
  const merged = known ? mergeSightings({ ...known, evidence: known.evidence }, seen) : seen;
  entity.claims.set(key, { type, value, firstAt: merged.firstAt, lastAt: merged.lastAt, count: merged.count, evidence: merged.evidence });
}

function wellKnownName(account: NamedAccount): string {
  return WELL_KNOWN_NAMES.get(account.sid) ?? (account.shown || account.sid);
}
