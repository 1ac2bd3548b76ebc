import { EVENT_KINDS, type EventKind } from '../../shared/model/event.ts';
import { EDGE_KINDS, type EdgeKind } from '../../shared/model/graph.ts';
import type { Micros } from '../../shared/model/time.ts';
import { ACCOUNT_MACHINE, ACCOUNT_WELL_KNOWN, type Dictionary } from '../events/dictionary.ts';
import type { EventTable, Segment } from '../events/event-table.ts';

/** What an end of an observed edge is, as the record names it; entities come later, when identities are resolved. */
export const END_ACCOUNT = 0;
export const END_HOST = 1;
export const END_ADDRESS = 2;

export type ObservedEdge = {
  readonly kind: EdgeKind;
  readonly fromType: number;
  readonly from: number;
  readonly toType: number;
  readonly to: number;
  firstAt: Micros;
  lastAt: Micros;
  count: number;
};

const EDGE_CODE = new Map<EdgeKind, number>(EDGE_KINDS.map((kind, code) => [kind, code]));

/**
 * Every pair of names that some record connects, by kind of edge. Each event points at up to two of them, so a brushed span is counted with
 * one pass over the events in it.
 */
export class ObservedEdges {
  /** Position 0 is "no edge". */
  readonly edges: ObservedEdge[] = [NO_EDGE];
  readonly #positions = new Map<number, Map<number, number>>();
  readonly #roles: Roles = {
    isMachine: false,
    outcome: 0,
    logonType: 0,
    actor: 0,
    target: 0,
    counterpart: 0,
    computer: 0,
    sourceHost: 0,
    sourceAddress: 0,
    object: 0,
  };
  /** The event under way. */
  #segment: Segment | null = null;
  #row = 0;
  #isSecond = false;

  add(table: EventTable, dictionary: Dictionary, index: number): void {
    const segment = table.segmentOf(index);
    const row = index & 0xffff;
    const derive = DERIVATIONS[segment.kind[row]];
    if (derive === undefined) return;
    const roles = this.#roles;
    roles.outcome = segment.outcome[row];
    roles.logonType = segment.logonType[row];
    roles.actor = known(dictionary, segment.actor[row]);
    roles.target = known(dictionary, segment.target[row]);
    roles.isMachine = (dictionary.accountMarks[segment.target[row]] & ACCOUNT_MACHINE) !== 0;
    roles.counterpart = known(dictionary, segment.counterpart[row]);
    roles.computer = segment.computer[row];
    roles.sourceHost = segment.sourceHost[row];
    roles.sourceAddress = segment.sourceAddress[row];
    roles.object = segment.object[row];
    this.#segment = segment;
    this.#row = row;
    this.#isSecond = false;
    derive(roles, this.#connect);
  }

  /** Bound once: a closure for every event would cost more than the look-up. */
  readonly #connect: Connect = (kind, fromType, from, toType, to) => {
    if (from === 0 || to === 0 || (fromType === toType && from === to)) return;
    const position = this.#position(kind, fromType, from, toType, to);
    const edge = this.edges[position];
    const at = this.#segment!.at[this.#row];
    edge.count++;
    if (at < edge.firstAt) edge.firstAt = at;
    if (at > edge.lastAt) edge.lastAt = at;
    if (this.#isSecond) this.#segment!.secondEdge[this.#row] = position;
    else this.#segment!.edge[this.#row] = position;
    this.#isSecond = true;
  };

  /** Marks one event as directory replication by its actor; again is nothing. */
  addReplication(table: EventTable, index: number): void {
    const segment = table.segmentOf(index);
    const row = index & 0xffff;
    if (segment.edge[row] !== 0 || segment.actor[row] === 0 || segment.computer[row] === 0) return;
    const position = this.#position('directory-replication', END_ACCOUNT, segment.actor[row], END_HOST, segment.computer[row]);
    const edge = this.edges[position];
    edge.count++;
    edge.firstAt = Math.min(edge.firstAt, segment.at[row]);
    edge.lastAt = Math.max(edge.lastAt, segment.at[row]);
    segment.edge[row] = position;
  }

  clear(): void {
    this.edges.length = 1;
    this.#positions.clear();
  }

  #position(kind: EdgeKind, fromType: number, from: number, toType: number, to: number): number {
    // Two numbers as keys: one string a lookup would cost more than the rest of the work.
    const start = (EDGE_CODE.get(kind)! * 3 + fromType) * 0x1_0000_0000 + from;
    let ends = this.#positions.get(start);
    if (ends === undefined) {
      ends = new Map();
      this.#positions.set(start, ends);
    }
    const end = toType * 0x1_0000_0000 + to;
    const position = ends.get(end);
    if (position !== undefined) return position;
    const fresh =
      this.edges.push({ kind, fromType, from, toType, to, firstAt: Number.POSITIVE_INFINITY, lastAt: Number.NEGATIVE_INFINITY, count: 0 }) -
      1;
    ends.set(end, fresh);
    return fresh;
  }
}

const NO_EDGE: ObservedEdge = { kind: 'logon-network', fromType: 0, from: 0, toType: 0, to: 0, firstAt: 0, lastAt: 0, count: 0 };

/** Well-known identities (SYSTEM, ANONYMOUS LOGON ...) exist on every host and would tie all of them together: no edge of their own. */
function known(dictionary: Dictionary, account: number): number {
  return (dictionary.accountMarks[account] & ACCOUNT_WELL_KNOWN) === 0 ? account : 0;
}

type Roles = {
  isMachine: boolean;
  outcome: number;
  logonType: number;
  actor: number;
  target: number;
  counterpart: number;
  computer: number;
  sourceHost: number;
  sourceAddress: number;
  object: number;
};
type Connect = (kind: EdgeKind, fromType: number, from: number, toType: number, to: number) => void;
type Derivation = (roles: Roles, connect: Connect) => void;

const LOGON_EDGE: Readonly<Record<number, EdgeKind>> = {
  2: 'logon-interactive',
  3: 'logon-network',
  4: 'logon-batch-or-service',
  5: 'logon-batch-or-service',
  7: 'logon-interactive',
  8: 'logon-network',
  9: 'logon-new-credentials',
  10: 'logon-remote-interactive',
  11: 'logon-interactive',
  12: 'logon-remote-interactive',
  13: 'logon-interactive',
};
const REMOTE_LOGON_TYPES = new Set([3, 8, 10, 12]);

const fromAccount =
  (kind: EdgeKind, role: 'actor' | 'target'): Derivation =>
  (roles, connect) =>
    connect(kind, END_ACCOUNT, roles[role], END_HOST, roles.computer);

const changeOf: Derivation = (roles, connect) => connect('account-change', END_ACCOUNT, roles.actor, END_ACCOUNT, roles.target);

const membership: Derivation = (roles, connect) => {
  connect('membership-change', END_ACCOUNT, roles.target, END_ACCOUNT, roles.counterpart);
  connect('account-change', END_ACCOUNT, roles.actor, END_ACCOUNT, roles.counterpart);
};

/** The address is seen by the server, the workstation name is only what the client says of itself: the address wins where both are there. */
function fromSource(kind: EdgeKind, roles: Roles, connect: Connect): void {
  if (roles.sourceAddress !== 0) connect(kind, END_ADDRESS, roles.sourceAddress, END_HOST, roles.computer);
  else connect(kind, END_HOST, roles.sourceHost, END_HOST, roles.computer);
}

const BY_KIND: Partial<Record<EventKind, Derivation>> = {
  logon: (roles, connect) => {
    connect(LOGON_EDGE[roles.logonType] ?? 'logon-interactive', END_ACCOUNT, roles.target, END_HOST, roles.computer);
    // A machine account's logon already is an edge from its host.
    if (roles.isMachine) return;
    if (REMOTE_LOGON_TYPES.has(roles.logonType)) fromSource('remote-session', roles, connect);
    else connect('explicit-credentials', END_ACCOUNT, roles.target, END_ACCOUNT, roles.counterpart);
  },
  'logon-failure': (roles, connect) => {
    connect('logon-failed', END_ACCOUNT, roles.target, END_HOST, roles.computer);
    fromSource('logon-failed', roles, connect);
  },
  'explicit-logon': (roles, connect) => {
    connect('explicit-credentials', END_ACCOUNT, roles.actor, END_ACCOUNT, roles.target);
    connect('explicit-credentials', END_ACCOUNT, roles.target, END_HOST, roles.object);
  },
  'ntlm-validation': (roles, connect) => {
    connect(roles.outcome === 2 ? 'logon-failed' : 'ntlm-validation', END_ACCOUNT, roles.target, END_HOST, roles.computer);
    if (roles.outcome === 2) fromSource('logon-failed', roles, connect);
  },
  'tgt-request': (roles, connect) =>
    connect(roles.outcome === 2 ? 'logon-failed' : 'kerberos-tgt', END_ACCOUNT, roles.target, END_HOST, roles.computer),
  'kerberos-failure': (roles, connect) => {
    connect('logon-failed', END_ACCOUNT, roles.target, END_HOST, roles.computer);
    fromSource('logon-failed', roles, connect);
  },
  'service-ticket-request': (roles, connect) =>
    connect('kerberos-service-ticket', END_ACCOUNT, roles.target, END_ACCOUNT, roles.counterpart),
  'share-accessed': (roles, connect) => {
    connect('share-access', END_ACCOUNT, roles.actor, END_HOST, roles.computer);
    fromSource('share-access', roles, connect);
  },
  'share-object-accessed': (roles, connect) => {
    connect('share-access', END_ACCOUNT, roles.actor, END_HOST, roles.computer);
    fromSource('share-access', roles, connect);
  },
  'service-installed': fromAccount('remote-service', 'actor'),
  'task-created': fromAccount('scheduled-task', 'actor'),
  'task-updated': fromAccount('scheduled-task', 'actor'),
  'rdp-authenticated': (roles, connect) => {
    connect('logon-remote-interactive', END_ACCOUNT, roles.target, END_HOST, roles.computer);
    fromSource('remote-session', roles, connect);
  },
  'rdp-session': (roles, connect) => {
    connect('logon-remote-interactive', END_ACCOUNT, roles.target, END_HOST, roles.computer);
    fromSource('remote-session', roles, connect);
  },
  'winrm-session': fromAccount('remote-management', 'actor'),
  'log-cleared': fromAccount('log-cleared', 'actor'),
  'member-added': membership,
  'member-removed': membership,
  'account-created': changeOf,
  'account-enabled': changeOf,
  'account-disabled': changeOf,
  'account-deleted': changeOf,
  'account-changed': changeOf,
  'account-renamed': changeOf,
  'account-unlocked': changeOf,
  'password-reset': changeOf,
  'computer-created': changeOf,
  'computer-changed': changeOf,
  'computer-deleted': changeOf,
  'group-created': changeOf,
  'group-changed': changeOf,
  'group-deleted': changeOf,
  'sid-history-changed': changeOf,
};

const DERIVATIONS: readonly (Derivation | undefined)[] = EVENT_KINDS.map((kind) => BY_KIND[kind]);
