import type { Micros } from './time.ts';

/**
 * Whatever can act or be acted upon. The id is derived from what identifies the entity, so every workstation gives it the same:
 * `sid:S-1-5-21-...`, else `account:domain\name`, `host:fqdn`, `address:10.0.0.5`, `service:spn`, `group:...`, `well-known:system`; always lower case after the colon
 * except SIDs.
 */
export const ENTITY_KINDS = ['user', 'computer', 'group', 'service', 'address', 'well-known'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

export const ENTITY_TAGS = ['sensitive', 'honeytoken'] as const;
export type EntityTag = (typeof ENTITY_TAGS)[number];

export const IDENTIFIER_TYPES = ['sid', 'account-name', 'upn', 'host-name', 'address'] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

/** One identifier of an entity with the evidence that ties it to the others and the time for which it was seen to hold. */
export type IdentifierClaim = {
  readonly type: IdentifierType;
  readonly value: string;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly count: number;
  /** Store index of a record that shows it; -1 when it follows from the name alone. */
  readonly evidence: number;
};

export type EntityRow = {
  readonly id: string;
  readonly kind: EntityKind;
  /** Short name as shown on the canvas. */
  readonly name: string;
  readonly domain: string;
  readonly tags: readonly EntityTag[];
  /** What is known of it without a person's tag: "domain controller", "machine account", "administrator group member" ... */
  readonly roles: readonly string[];
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly eventCount: number;
  readonly alertCount: number;
  readonly highestSeverity: string;
};

export type EntityDetail = {
  readonly row: EntityRow;
  readonly identifiers: readonly IdentifierClaim[];
  /** Hosts this account logged on to, or accounts that logged on to this host; most events first. */
  readonly logons: readonly LogonSummary[];
  readonly alertIds: readonly string[];
};

export type LogonSummary = {
  readonly account: { readonly id: string; readonly name: string };
  readonly host: { readonly id: string; readonly name: string };
  readonly logonType: number;
  readonly outcome: string;
  readonly count: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
};
