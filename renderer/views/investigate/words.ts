import type { EdgeFamily, EdgeKind } from '../../../shared/model/graph.ts';

export const EDGE_WORDS: Readonly<Record<EdgeKind, string>> = {
  'logon-interactive': 'interactive logon',
  'logon-network': 'network logon',
  'logon-remote-interactive': 'remote desktop logon',
  'logon-batch-or-service': 'batch or service logon',
  'logon-new-credentials': 'logon with new credentials',
  'logon-failed': 'failed logon',
  'remote-session': 'session from',
  'explicit-credentials': 'explicit credentials',
  'kerberos-tgt': 'Kerberos TGT',
  'kerberos-service-ticket': 'Kerberos service ticket',
  'ntlm-validation': 'NTLM validation',
  'share-access': 'share access',
  'remote-service': 'remote service',
  'scheduled-task': 'scheduled task',
  'membership-change': 'membership change',
  'account-change': 'account change',
  'directory-replication': 'directory replication',
  'remote-management': 'remote management',
  'log-cleared': 'log cleared',
};

export const FAMILY_WORDS: Readonly<Record<EdgeFamily, string>> = {
  logon: 'Logon',
  kerberos: 'Kerberos',
  ntlm: 'NTLM',
  'remote-execution': 'Remote execution',
  share: 'Share',
  change: 'Change',
};

const LOGON_TYPES: Readonly<Record<number, string>> = {
  2: 'interactive',
  3: 'network',
  4: 'batch',
  5: 'service',
  7: 'unlock',
  8: 'network clear text',
  9: 'new credentials',
  10: 'remote interactive',
  11: 'cached interactive',
  12: 'cached remote',
  13: 'cached unlock',
};

export function logonTypeWords(type: number): string {
  return LOGON_TYPES[type] ?? (type === 0 ? '' : `type ${type}`);
}

export function eventKindWords(kind: string): string {
  return kind === 'other' ? 'other' : kind.replaceAll('-', ' ');
}
