import type { EntityKind, EntityTag } from './entity.ts';
import type { Severity } from './severity.ts';
import type { Micros } from './time.ts';

/** Kinds of observed edges. The position is stored in memory columns only. */
export const EDGE_KINDS = [
  'logon-interactive',
  'logon-network',
  'logon-remote-interactive',
  'logon-batch-or-service',
  'logon-new-credentials',
  'logon-failed',
  'remote-session',
  'explicit-credentials',
  'kerberos-tgt',
  'kerberos-service-ticket',
  'ntlm-validation',
  'share-access',
  'remote-service',
  'scheduled-task',
  'membership-change',
  'account-change',
  'directory-replication',
  'remote-management',
  'log-cleared',
] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** Families give the line its color; the dash pattern and the label carry the kind too. */
export const EDGE_FAMILIES = ['logon', 'kerberos', 'ntlm', 'remote-execution', 'share', 'change'] as const;
export type EdgeFamily = (typeof EDGE_FAMILIES)[number];

export const FAMILY_OF_EDGE: Readonly<Record<EdgeKind, EdgeFamily>> = {
  'logon-interactive': 'logon',
  'logon-network': 'logon',
  'logon-remote-interactive': 'logon',
  'logon-batch-or-service': 'logon',
  'logon-new-credentials': 'logon',
  'logon-failed': 'logon',
  'remote-session': 'logon',
  'explicit-credentials': 'logon',
  'kerberos-tgt': 'kerberos',
  'kerberos-service-ticket': 'kerberos',
  'ntlm-validation': 'ntlm',
  'share-access': 'share',
  'remote-service': 'remote-execution',
  'scheduled-task': 'remote-execution',
  'membership-change': 'change',
  'account-change': 'change',
  'directory-replication': 'change',
  'remote-management': 'remote-execution',
  'log-cleared': 'change',
};

export type GraphNode = {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
  readonly domain: string;
  readonly tags: readonly EntityTag[];
  readonly roles: readonly string[];
  readonly alertCount: number;
  readonly highestSeverity: Severity | '';
  /** Neighbors in the whole scope, drawn or not. */
  readonly degree: number;
  readonly eventCount: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  /** Set on a bundle: this node stands for many peers of one node by one edge kind. */
  readonly bundle: { readonly of: string; readonly edgeKind: EdgeKind; readonly outgoing: boolean; readonly members: number } | null;
};

/** All records of one kind between one ordered pair of nodes, merged. */
export type GraphEdge = {
  /** `from|to|kind` */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly count: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly alertIds: readonly string[];
};

export type GraphView = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Pattern 3, "say what is hidden": the three always add up. */
  readonly shown: { readonly nodes: number; readonly edges: number };
  readonly inResult: { readonly nodes: number; readonly edges: number };
  readonly inScope: { readonly nodes: number; readonly edges: number };
  /** What was left out and why: "12 bundles", "edges seen fewer than 3 times". */
  readonly reducers: readonly { readonly id: string; readonly label: string; readonly hidden: number }[];
};

/** One hop of an observed path; hops never go back in time. */
export type PathHop = { readonly edge: GraphEdge; readonly at: Micros; readonly eventIndex: number; readonly account: string };
