import { adfsExport } from './credential-access/adfs-export.ts';
import { asRepRoasting } from './credential-access/as-rep-roasting.ts';
import { bruteForce } from './credential-access/brute-force.ts';
import { dcsync } from './credential-access/dcsync.ts';
import { dpapiBackupkey } from './credential-access/dpapi-backupkey.ts';
import { honeytokenActivity } from './credential-access/honeytoken-activity.ts';
import { kerberoasting } from './credential-access/kerberoasting.ts';
import { logonFailureSingle } from './credential-access/logon-failure-single.ts';
import { lsassDump } from './credential-access/lsass-dump.ts';
import { ntdsExtract } from './credential-access/ntds-extract.ts';
import { ntlmDowngrade } from './credential-access/ntlm-downgrade.ts';
import { ntlmRelay } from './credential-access/ntlm-relay.ts';
import { passwordSpraying } from './credential-access/password-spraying.ts';
import { privateKeyExport } from './credential-access/private-key-export.ts';
import { samDump } from './credential-access/sam-dump.ts';
import { shadowCredentials } from './credential-access/shadow-credentials.ts';
import { sqlLogonFailure } from './credential-access/sql-logon-failure.ts';
import { auditPolicyChange } from './defense-evasion/audit-policy-change.ts';
import { dcshadow } from './defense-evasion/dcshadow.ts';
import { gpoModification } from './defense-evasion/gpo-modification.ts';
import { logCleared } from './defense-evasion/log-cleared.ts';
import type { Detection } from './detection.ts';
import { accountEnumeration } from './discovery/account-enumeration.ts';
import { ldapRecon } from './discovery/ldap-recon.ts';
import { localAdminEnum } from './discovery/local-admin-enum.ts';
import { samRRecon } from './discovery/sam-r-recon.ts';
import { sessionEnum } from './discovery/session-enum.ts';
import { shareEnum } from './discovery/share-enum.ts';
import { spnRecon } from './discovery/spn-recon.ts';
import { namedPipeShell } from './execution/named-pipe-shell.ts';
import { coercion } from './lateral-movement/coercion.ts';
import { dcomExec } from './lateral-movement/dcom-exec.ts';
import { kerberosDowngrade } from './lateral-movement/kerberos-downgrade.ts';
import { ms17010 } from './lateral-movement/ms17-010.ts';
import { overpassTheHash } from './lateral-movement/overpass-the-hash.ts';
import { passTheHash } from './lateral-movement/pass-the-hash.ts';
import { passTheTicket } from './lateral-movement/pass-the-ticket.ts';
import { psexec } from './lateral-movement/psexec.ts';
import { rdpHijack } from './lateral-movement/rdp-hijack.ts';
import { rdpLateral } from './lateral-movement/rdp-lateral.ts';
import { rdpTunnel } from './lateral-movement/rdp-tunnel.ts';
import { remoteRegistry } from './lateral-movement/remote-registry.ts';
import { remoteServiceControl } from './lateral-movement/remote-service-control.ts';
import { remoteServiceCreation } from './lateral-movement/remote-service-creation.ts';
import { scheduledTaskRemote } from './lateral-movement/scheduled-task-remote.ts';
import { smbAdminShare } from './lateral-movement/smb-admin-share.ts';
import { winrm } from './lateral-movement/winrm.ts';
import { wmiExec } from './lateral-movement/wmi-exec.ts';
import { zerologon } from './lateral-movement/zerologon.ts';
import { accountCreated } from './persistence/account-created.ts';
import { aclChange } from './persistence/acl-change.ts';
import { adminSdHolder } from './persistence/adminsdholder.ts';
import { computerAccountCreated } from './persistence/computer-account-created.ts';
import { delegationChange } from './persistence/delegation-change.ts';
import { dnsAdminsDll } from './persistence/dnsadmins-dll.ts';
import { dsrmChange } from './persistence/dsrm-change.ts';
import { groupMembershipChange } from './persistence/group-membership-change.ts';
import { passwordReset } from './persistence/password-reset.ts';
import { sensitiveGroupChange } from './persistence/sensitive-group-change.ts';
import { spnChange } from './persistence/spn-change.ts';
import { trustAdded } from './persistence/trust-added.ts';
import { weakAccountConfig } from './persistence/weak-account-config.ts';
import { adcsEsc } from './privilege-escalation/adcs-esc.ts';
import { goldenTicket } from './privilege-escalation/golden-ticket.ts';
import { goldenTicketAccount } from './privilege-escalation/golden-ticket-account.ts';
import { krbRelayUp } from './privilege-escalation/krbrelayup.ts';
import { printnightmare } from './privilege-escalation/printnightmare.ts';
import { rbcd } from './privilege-escalation/rbcd.ts';
import { samAccountNameSpoof } from './privilege-escalation/samaccountname-spoof.ts';
import { sidHistory } from './privilege-escalation/sid-history.ts';
import { tokenImpersonation } from './privilege-escalation/token-impersonation.ts';

/** All detections, sorted by id. */
export const detectionRegistry: readonly Detection[] = [
  accountCreated,
  accountEnumeration,
  aclChange,
  adcsEsc,
  adfsExport,
  adminSdHolder,
  asRepRoasting,
  auditPolicyChange,
  bruteForce,
  coercion,
  computerAccountCreated,
  dcomExec,
  dcshadow,
  dcsync,
  delegationChange,
  dnsAdminsDll,
  dpapiBackupkey,
  dsrmChange,
  goldenTicket,
  goldenTicketAccount,
  gpoModification,
  groupMembershipChange,
  honeytokenActivity,
  kerberoasting,
  kerberosDowngrade,
  krbRelayUp,
  ldapRecon,
  localAdminEnum,
  logCleared,
  logonFailureSingle,
  lsassDump,
  ms17010,
  namedPipeShell,
  ntdsExtract,
  ntlmDowngrade,
  ntlmRelay,
  overpassTheHash,
  passTheHash,
  passTheTicket,
  passwordReset,
  passwordSpraying,
  printnightmare,
  privateKeyExport,
  psexec,
  rbcd,
  rdpHijack,
  rdpLateral,
  rdpTunnel,
  remoteRegistry,
  remoteServiceControl,
  remoteServiceCreation,
  samDump,
  samRRecon,
  samAccountNameSpoof,
  scheduledTaskRemote,
  sensitiveGroupChange,
  sessionEnum,
  shadowCredentials,
  shareEnum,
  sidHistory,
  smbAdminShare,
  spnChange,
  spnRecon,
  sqlLogonFailure,
  tokenImpersonation,
  trustAdded,
  weakAccountConfig,
  winrm,
  wmiExec,
  zerologon,
];
