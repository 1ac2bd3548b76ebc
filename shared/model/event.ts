import type { Micros } from './time.ts';

/**
 * What an event means for an identity, whatever product, language or format recorded it. The position in this list is
 * stored: append only, never reorder.
 */
export const EVENT_KINDS = [
  'other',
  'logon',
  'logon-failure',
  'logoff',
  'explicit-logon',
  'special-privileges',
  'ntlm-validation',
  'session-reconnected',
  'session-disconnected',
  'tgt-request',
  'service-ticket-request',
  'ticket-renewal',
  'kerberos-failure',
  'account-created',
  'account-enabled',
  'account-disabled',
  'account-deleted',
  'account-changed',
  'account-renamed',
  'account-locked',
  'account-unlocked',
  'password-changed',
  'password-reset',
  'computer-created',
  'computer-changed',
  'computer-deleted',
  'group-created',
  'group-changed',
  'group-deleted',
  'member-added',
  'member-removed',
  'sid-history-changed',
  'directory-object-changed',
  'directory-object-created',
  'directory-object-deleted',
  'directory-object-accessed',
  'service-installed',
  'task-created',
  'task-deleted',
  'task-enabled',
  'task-disabled',
  'task-updated',
  'share-accessed',
  'share-object-accessed',
  'process-created',
  'network-connection',
  'remote-thread-created',
  'process-accessed',
  'file-created',
  'registry-changed',
  'pipe-created',
  'pipe-connected',
  'powershell-module',
  'powershell-script',
  'winrm-session',
  'rdp-session',
  'rdp-authenticated',
  'log-cleared',
  'certificate-requested',
  'certificate-issued',
  'object-access',
  'sam-object-access',
  'group-enumerated',
  'privilege-used',
  'data-protection',
  'key-operation',
  'trust-changed',
  'policy-changed',
  'certificate-service-changed',
  'netlogon-refused',
  'directory-search',
  'database-event',
  'print-driver',
  'dns-server-changed',
  'wmi-subscription',
  'image-loaded',
  'kerberos-warning',
  'sql-logon-failure',
  'file-share-changed',
  'credential-read',
  'rdp-connection',
  'network-allowed',
  'registry-value-changed',
  'imported-alert',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const CODE_OF_KIND = new Map<EventKind, number>(EVENT_KINDS.map((kind, code) => [kind, code]));

export function eventKindCode(kind: EventKind): number {
  return CODE_OF_KIND.get(kind)!;
}

/** Stored as its position. */
export const OUTCOMES = ['none', 'success', 'failure'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** An account as one record names it: any part may be the empty string. SIDs are upper case (`S-1-5-21-...`). */
export type AccountRef = { readonly sid: string; readonly name: string; readonly domain: string };

/**
 * A normalized event as a detection sees it. `actor` did it, `target` is the account it was done to or that logged on,
 * `counterpart` is the other account of the act (the group, the service account of a ticket). `computer` recorded it, `sourceHost` / `sourceAddress` say where it came from. `object` is what it was done to when that is no account:
 * service, task, share, group DN, SPN, pipe, image path.
 */
export type IdentityEvent = {
  /** Position in the store; valid within one run only. */
  readonly index: number;
  readonly at: Micros;
  readonly tick: number;
  readonly kind: EventKind;
  readonly eventId: number;
  readonly channel: string;
  readonly provider: string;
  /** As logged, usually the FQDN. */
  readonly computer: string;
  readonly recordId: number;
  readonly actor: AccountRef | null;
  readonly target: AccountRef | null;
  /** The other account of an act: the group a member is added to, the service account of a ticket. */
  readonly counterpart: AccountRef | null;
  /** Workstation or client name as logged; empty when unknown. */
  readonly sourceHost: string;
  /** IP address in canonical text (IPv4-mapped IPv6 shown as IPv4); empty when unknown, local or loopback. */
  readonly sourceAddress: string;
  /** Windows logon type (2 interactive, 3 network, 9 new credentials, 10 remote interactive ...); 0 when none. */
  readonly logonType: number;
  readonly outcome: Outcome;
  readonly object: string;
  /** Entity ids (see `entity.ts`) of the roles above; empty when the role is absent. */
  readonly computerEntity: string;
  readonly actorEntity: string;
  readonly targetEntity: string;
  readonly counterpartEntity: string;
  readonly sourceEntity: string;
  /** A field of the record by its logged name, as text; empty when absent. */
  field(name: string): string;
};

/** Where a record came from: enough for another workstation to find the same bytes. */
export type Provenance = {
  readonly fileId: number;
  readonly path: string;
  readonly sha256: string;
  /** Byte offset of the record in the file (of the line for JSON Lines). */
  readonly offset: number;
  readonly recordId: number;
};

/** One line of the event stream. */
export type EventRow = {
  readonly index: number;
  /** 16 hexadecimal digits, derived from what the event is; the same on every workstation. */
  readonly id: string;
  readonly at: Micros;
  readonly tick: number;
  readonly kind: EventKind;
  readonly eventId: number;
  readonly channel: string;
  readonly provider: string;
  readonly computer: string;
  readonly recordId: number;
  readonly outcome: Outcome;
  readonly logonType: number;
  readonly actor: EntityLabel | null;
  readonly target: EntityLabel | null;
  readonly counterpart: EntityLabel | null;
  readonly source: EntityLabel | null;
  readonly host: EntityLabel | null;
  readonly object: string;
  /** One plain sentence, built from fields by name: "alice logged on to SRV01 from WS03 (network, NTLM)". */
  readonly summary: string;
};

export type EntityLabel = { readonly id: string; readonly name: string };

export type EventDetail = {
  readonly row: EventRow;
  /** Every field of the record, in logged order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly provenance: Provenance;
  readonly alertIds: readonly string[];
};
