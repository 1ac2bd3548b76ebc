import type { EventKind, Outcome } from '../../shared/model/event.ts';
import { ALERT_FIELDS, IMPORTED_EVENT_IDS, IMPORTED_PROVIDER } from '../../shared/model/imported-alert.ts';

/**
 * How Windows records become events: by channel or provider and event id, roles by field name. Names as Microsoft documents them for each event
 * ("Appendix L: Events to Monitor", the events' own manifests, and Sysmon's schema), read in November 2026. Message text is never used: logs come in any language.
 */
export type NormalizeRule = {
  readonly kind: EventKind;
  readonly actor?: AccountNames;
  /** System/Security@UserID is the actor. */
  readonly actorIsSystemUser?: true;
  readonly target?: AccountNames;
  readonly counterpart?: AccountNames;
  readonly sourceHost?: readonly string[];
  readonly sourceAddress?: readonly string[];
  readonly object?: readonly string[];
  readonly logonType?: readonly string[];
  readonly outcome?: Outcome | { readonly status: readonly string[] };
};

/** Field names of the parts of an account; several spellings each, the first that is there counts. */
export type AccountNames = { readonly sid?: readonly string[]; readonly name?: readonly string[]; readonly domain?: readonly string[] };

export type NormalizeGroup = {
  /** Lower case; either one suffices. */
  readonly providers: readonly string[];
  readonly channels: readonly string[];
  readonly rules: Readonly<Record<number, NormalizeRule>>;
};

const account = (prefix: string): AccountNames => ({
  sid: [`${prefix}UserSid`, `${prefix}Sid`],
  name: [`${prefix}UserName`],
  domain: [`${prefix}DomainName`],
});
const subject = account('Subject');
const target = account('Target');
const workstation = ['WorkstationName', 'Workstation', 'WorkStationName'];
const address = ['IpAddress', 'ClientAddress'];

const changed = (kind: EventKind): NormalizeRule => ({ kind, actor: subject, target, outcome: 'success' });
const ofGroup = (kind: EventKind): NormalizeRule => ({ kind, actor: subject, counterpart: target, outcome: 'success' });
const member = (kind: EventKind): NormalizeRule => ({
  kind,
  actor: subject,
  target: { sid: ['MemberSid'], name: ['MemberName'] },
  counterpart: target,
  object: ['MemberName'],
  outcome: 'success',
});
const task = (kind: EventKind): NormalizeRule => ({ kind, actor: subject, object: ['TaskName'], outcome: 'success' });
const directoryObject = (kind: EventKind): NormalizeRule => ({
  kind,
  actor: subject,
  object: ['ObjectDN', 'NewObjectDN'],
  outcome: 'success',
});

const policy = (kind: EventKind, object: readonly string[]): NormalizeRule => ({ kind, actor: subject, object });

/** Created, changed, deleted and members of the six classes of groups: local, global, universal; with security and without. */
const GROUP_EVENTS: Record<number, NormalizeRule> = {};
const GROUP_BASES: readonly (readonly [created: number, changedId: number, added: number, removed: number, deleted: number])[] = [
  [4727, 4737, 4728, 4729, 4730],
  [4731, 4735, 4732, 4733, 4734],
  [4744, 4745, 4746, 4747, 4748],
  [4749, 4750, 4751, 4752, 4753],
  [4754, 4755, 4756, 4757, 4758],
  [4759, 4760, 4761, 4762, 4763],
];
for (const [created, changedId, added, removed, deleted] of GROUP_BASES) {
  GROUP_EVENTS[created] = ofGroup('group-created');
  GROUP_EVENTS[changedId] = ofGroup('group-changed');
  GROUP_EVENTS[added] = member('member-added');
  GROUP_EVENTS[removed] = member('member-removed');
  GROUP_EVENTS[deleted] = ofGroup('group-deleted');
}

const SECURITY: Record<number, NormalizeRule> = {
  ...GROUP_EVENTS,
  4624: {
    kind: 'logon',
    actor: subject,
    target,
    // New credentials (type 9): the account whose credentials go out on the network.
    counterpart: { name: ['TargetOutboundUserName'], domain: ['TargetOutboundDomainName'] },
    sourceHost: workstation,
    sourceAddress: address,
    object: ['ProcessName'],
    logonType: ['LogonType'],
    outcome: 'success',
  },
  4625: {
    kind: 'logon-failure',
    actor: subject,
    target,
    sourceHost: workstation,
    sourceAddress: address,
    object: ['ProcessName'],
    logonType: ['LogonType'],
    outcome: 'failure',
  },
  4634: { kind: 'logoff', target, logonType: ['LogonType'], outcome: 'success' },
  4647: { kind: 'logoff', target, outcome: 'success' },
  4648: { kind: 'explicit-logon', actor: subject, target, object: ['TargetServerName'], sourceAddress: address, outcome: 'success' },
  4662: { kind: 'directory-object-accessed', actor: subject, object: ['ObjectName'] },
  4672: { kind: 'special-privileges', actor: subject, target: subject, outcome: 'success' },
  4688: { kind: 'process-created', actor: subject, target, object: ['NewProcessName'], outcome: 'success' },
  4697: { kind: 'service-installed', actor: subject, object: ['ServiceName'], outcome: 'success' },
  4698: task('task-created'),
  4699: task('task-deleted'),
  4700: task('task-enabled'),
  4701: task('task-disabled'),
  4702: task('task-updated'),
  4720: changed('account-created'),
  4722: changed('account-enabled'),
  4723: changed('password-changed'),
  4724: changed('password-reset'),
  4725: changed('account-disabled'),
  4726: changed('account-deleted'),
  4738: changed('account-changed'),
  4739: { kind: 'directory-object-changed', actor: subject, object: ['DomainPolicyChanged', 'DomainName'], outcome: 'success' },
  4740: {
    kind: 'account-locked',
    actor: subject,
    target: { sid: ['TargetSid'], name: ['TargetUserName'] },
    sourceHost: ['TargetDomainName'],
  },
  4741: changed('computer-created'),
  4742: changed('computer-changed'),
  4743: changed('computer-deleted'),
  4764: ofGroup('group-changed'),
  4765: { ...changed('sid-history-changed'), counterpart: { sid: ['SourceSid'], name: ['SourceUserName'] } },
  4766: { ...changed('sid-history-changed'), counterpart: { sid: ['SourceSid'], name: ['SourceUserName'] }, outcome: 'failure' },
  4767: changed('account-unlocked'),
  4768: {
    kind: 'tgt-request',
    target: { sid: ['TargetSid'], name: ['TargetUserName'], domain: ['TargetDomainName'] },
    sourceAddress: address,
    object: ['ServiceName'],
    outcome: { status: ['Status'] },
  },
  4769: {
    kind: 'service-ticket-request',
    target: { name: ['TargetUserName'], domain: ['TargetDomainName'] },
    counterpart: { sid: ['ServiceSid'], name: ['ServiceName'] },
    sourceAddress: address,
    object: ['ServiceName'],
    outcome: { status: ['Status'] },
  },
  4770: {
    kind: 'ticket-renewal',
    target: { name: ['TargetUserName'], domain: ['TargetDomainName'] },
    counterpart: { sid: ['ServiceSid'], name: ['ServiceName'] },
    sourceAddress: address,
    object: ['ServiceName'],
    outcome: 'success',
  },
  4771: {
    kind: 'kerberos-failure',
    target: { sid: ['TargetSid'], name: ['TargetUserName'] },
    sourceAddress: address,
    object: ['ServiceName'],
    outcome: 'failure',
  },
  4772: { kind: 'kerberos-failure', target, sourceAddress: address, object: ['ServiceName'], outcome: 'failure' },
  4773: { kind: 'kerberos-failure', target, sourceAddress: address, object: ['ServiceName'], outcome: 'failure' },
  4776: {
    kind: 'ntlm-validation',
    target: { name: ['TargetUserName'] },
    sourceHost: workstation,
    object: ['PackageName'],
    outcome: { status: ['Status'] },
  },
  4778: {
    kind: 'session-reconnected',
    target: { name: ['AccountName'], domain: ['AccountDomain'] },
    sourceHost: ['ClientName'],
    sourceAddress: address,
    object: ['SessionName'],
    outcome: 'success',
  },
  4779: {
    kind: 'session-disconnected',
    target: { name: ['AccountName'], domain: ['AccountDomain'] },
    sourceHost: ['ClientName'],
    sourceAddress: address,
    object: ['SessionName'],
    outcome: 'success',
  },
  4781: {
    kind: 'account-renamed',
    actor: subject,
    target: { sid: ['TargetSid'], name: ['NewTargetUserName'], domain: ['TargetDomainName'] },
    object: ['OldTargetUserName'],
    outcome: 'success',
  },
  4794: { kind: 'password-reset', actor: subject, sourceHost: workstation, object: ['Workstation'], outcome: { status: ['Status'] } },
  4820: {
    kind: 'kerberos-failure',
    target: { sid: ['TargetSid'], name: ['TargetUserName'], domain: ['TargetDomainName'] },
    sourceAddress: address,
    object: ['SiloName', 'ServiceName'],
    outcome: 'failure',
  },
  4886: { kind: 'certificate-requested', actor: { name: ['Requester'] }, object: ['CertificateTemplate', 'Attributes', 'RequestId'] },
  4887: {
    kind: 'certificate-issued',
    actor: { name: ['Requester'] },
    object: ['CertificateTemplate', 'Subject', 'Attributes'],
    outcome: 'success',
  },
  4610: policy('policy-changed', ['AuthenticationPackageName']),
  4611: policy('policy-changed', ['LogonProcessName']),
  4614: policy('policy-changed', ['NotificationPackageName']),
  4622: policy('policy-changed', ['SecurityPackageName']),
  4649: { kind: 'logon-failure', actor: subject, target, sourceHost: workstation, outcome: 'failure' },
  4656: { kind: 'object-access', actor: subject, object: ['ObjectName'] },
  4657: { kind: 'registry-value-changed', actor: subject, object: ['ObjectName'] },
  4661: { kind: 'sam-object-access', actor: subject, object: ['ObjectName'] },
  4663: { kind: 'object-access', actor: subject, object: ['ObjectName'] },
  4670: { kind: 'object-access', actor: subject, object: ['ObjectName'] },
  4673: { kind: 'privilege-used', actor: subject, object: ['PrivilegeList'] },
  4674: { kind: 'privilege-used', actor: subject, object: ['ObjectName'] },
  4692: { kind: 'data-protection', actor: subject, object: ['MasterKeyId'] },
  4693: { kind: 'data-protection', actor: subject, object: ['MasterKeyId'] },
  4703: { kind: 'privilege-used', actor: subject, target, object: ['EnabledPrivilegeList'] },
  4704: policy('policy-changed', ['PrivilegeList']),
  4706: policy('trust-changed', ['DomainName']),
  4707: policy('trust-changed', ['DomainName']),
  4713: policy('policy-changed', ['KerberosPolicyChange']),
  4716: policy('trust-changed', ['DomainName']),
  4719: policy('policy-changed', ['SubcategoryGuid']),
  4780: changed('account-changed'),
  4798: { kind: 'group-enumerated', actor: subject, target, object: ['CallerProcessName'] },
  4799: { kind: 'group-enumerated', actor: subject, counterpart: target, object: ['CallerProcessName'] },
  4865: policy('trust-changed', ['TopLevelName']),
  4882: policy('certificate-service-changed', ['SecuritySettings']),
  4885: policy('certificate-service-changed', ['AuditFilter']),
  4890: policy('certificate-service-changed', ['EnableRestrictedPermissions']),
  4891: policy('certificate-service-changed', ['Entry']),
  4892: policy('certificate-service-changed', ['PropertyName']),
  4898: policy('certificate-service-changed', ['TemplateInternalName']),
  4899: policy('certificate-service-changed', ['TemplateInternalName']),
  4900: policy('certificate-service-changed', ['TemplateInternalName']),
  4928: { kind: 'directory-object-changed', object: ['SourceAddr', 'SourceDRA'] },
  4929: { kind: 'directory-object-changed', object: ['SourceAddr', 'SourceDRA'] },
  5058: { kind: 'key-operation', actor: subject, object: ['KeyName'] },
  5059: { kind: 'key-operation', actor: subject, object: ['KeyName'] },
  5061: { kind: 'key-operation', actor: subject, object: ['KeyName'] },
  5123: policy('certificate-service-changed', ['PropertyName']),
  5124: policy('certificate-service-changed', ['PropertyName']),
  5142: { kind: 'file-share-changed', actor: subject, object: ['ShareName'] },
  5143: { kind: 'file-share-changed', actor: subject, object: ['ShareName'] },
  5144: { kind: 'file-share-changed', actor: subject, object: ['ShareName'] },
  5156: { kind: 'network-allowed', object: ['Application'] },
  5379: { kind: 'credential-read', actor: subject, object: ['TargetName'] },
  8222: { kind: 'object-access', actor: subject, object: ['ShadowDeviceName', 'OriginalVolumeName'] },
  5136: directoryObject('directory-object-changed'),
  5137: directoryObject('directory-object-created'),
  5138: directoryObject('directory-object-created'),
  5139: directoryObject('directory-object-changed'),
  5141: directoryObject('directory-object-deleted'),
  5140: { kind: 'share-accessed', actor: subject, sourceAddress: address, object: ['ShareName'], outcome: 'success' },
  5145: { kind: 'share-object-accessed', actor: subject, sourceAddress: address, object: ['RelativeTargetName', 'ShareName'] },
};

/** Sysmon names users as `DOMAIN\name` in one field; the resolution of identities splits it. */
const user: AccountNames = { name: ['User'] };
const sysmon = (kind: EventKind, object: readonly string[], actor: AccountNames = user): NormalizeRule => ({ kind, actor, object });

const SYSMON: Record<number, NormalizeRule> = {
  1: sysmon('process-created', ['Image']),
  3: { kind: 'network-connection', actor: user, sourceHost: ['SourceHostname'], sourceAddress: ['SourceIp'], object: ['Image'] },
  7: sysmon('image-loaded', ['ImageLoaded']),
  8: { ...sysmon('remote-thread-created', ['TargetImage'], { name: ['SourceUser'] }), target: { name: ['TargetUser'] } },
  10: { ...sysmon('process-accessed', ['TargetImage'], { name: ['SourceUser'] }), target: { name: ['TargetUser'] } },
  11: sysmon('file-created', ['TargetFilename']),
  12: sysmon('registry-changed', ['TargetObject']),
  13: sysmon('registry-changed', ['TargetObject']),
  14: sysmon('registry-changed', ['TargetObject', 'NewName']),
  17: sysmon('pipe-created', ['PipeName']),
  18: sysmon('pipe-connected', ['PipeName']),
  19: sysmon('wmi-subscription', ['Name']),
  20: sysmon('wmi-subscription', ['Destination']),
  21: sysmon('wmi-subscription', ['Consumer']),
};

const SERVICE_CONTROL: Record<number, NormalizeRule> = {
  7045: { kind: 'service-installed', actorIsSystemUser: true, object: ['ServiceName'], outcome: 'success' },
};

const EVENT_LOG: Record<number, NormalizeRule> = {
  1102: { kind: 'log-cleared', actor: subject, outcome: 'success' },
  104: { kind: 'log-cleared', actor: subject, object: ['Channel'], outcome: 'success' },
};

/** The scheduler writes a name or, for the system's own accounts, a SID into one field. */
const SCHEDULER: Record<number, NormalizeRule> = {
  106: { kind: 'task-created', actor: { sid: ['UserContext'], name: ['UserContext'] }, object: ['TaskName'] },
  140: { kind: 'task-updated', actor: { sid: ['UserName'], name: ['UserName'] }, object: ['TaskName'] },
  141: { kind: 'task-deleted', actor: { sid: ['UserName'], name: ['UserName'] }, object: ['TaskName'] },
};

const POWERSHELL: Record<number, NormalizeRule> = {
  4103: { kind: 'powershell-module', actorIsSystemUser: true },
  4104: { kind: 'powershell-script', actorIsSystemUser: true, object: ['Path'] },
};

const WINRM: Record<number, NormalizeRule> = {
  6: { kind: 'winrm-session', actorIsSystemUser: true, object: ['connection'] },
  91: { kind: 'winrm-session', actorIsSystemUser: true, object: ['resourceUri', 'shellId'] },
  169: { kind: 'winrm-session', actor: { name: ['username'] }, object: ['authenticationMechanism'] },
};

const session: NormalizeRule = { kind: 'rdp-session', target: { name: ['User'] }, sourceAddress: ['Address'], object: ['SessionID'] };
const LOCAL_SESSIONS: Record<number, NormalizeRule> = {
  21: { ...session, outcome: 'success' },
  22: { ...session, outcome: 'success' },
  24: { ...session, kind: 'session-disconnected' },
  25: { ...session, kind: 'session-reconnected', outcome: 'success' },
};
const REMOTE_CONNECTIONS: Record<number, NormalizeRule> = {
  1149: { kind: 'rdp-authenticated', target: { name: ['Param1'], domain: ['Param2'] }, sourceAddress: ['Param3'], outcome: 'success' },
};

const CLASSIC_POWERSHELL: Record<number, NormalizeRule> = {
  400: { kind: 'powershell-module' },
  800: { kind: 'powershell-module' },
};

/** Netlogon's warnings of a computer that could not prove itself, and of connections without secure RPC (CVE-2020-1472). */
const NETLOGON: Record<number, NormalizeRule> = Object.fromEntries(
  [5722, 5723, 5805, 5827, 5828, 5829, 5830, 5831].map((id) => [id, { kind: 'netlogon-refused' } as const]),
);

const DIRECTORY_SERVICE: Record<number, NormalizeRule> = {
  1644: { kind: 'directory-search', actorIsSystemUser: true },
  2889: { kind: 'directory-search', actorIsSystemUser: true },
};

const ESENT: Record<number, NormalizeRule> = Object.fromEntries(
  [216, 325, 326, 327].map((id) => [id, { kind: 'database-event' } as const]),
);

const PRINT_SERVICE: Record<number, NormalizeRule> = Object.fromEntries(
  [307, 316, 354, 808, 811].map((id) => [id, { kind: 'print-driver', actorIsSystemUser: true } as const]),
);

const DNS_SERVER: Record<number, NormalizeRule> = Object.fromEntries(
  [150, 541, 770].map((id) => [id, { kind: 'dns-server-changed', actorIsSystemUser: true } as const]),
);

const WMI_ACTIVITY: Record<number, NormalizeRule> = Object.fromEntries(
  [5857, 5858, 5860, 5861].map((id) => [id, { kind: 'wmi-subscription', actorIsSystemUser: true } as const]),
);

const KERBEROS_KDC: Record<number, NormalizeRule> = Object.fromEntries(
  [14, 16, 27, 35, 36, 37, 38, 39, 40, 41, 42].map((id) => [id, { kind: 'kerberos-warning' } as const]),
);

const RDP_CLIENT: Record<number, NormalizeRule> = {
  1024: { kind: 'rdp-connection', actorIsSystemUser: true, object: ['Value'] },
  1102: { kind: 'rdp-connection', actorIsSystemUser: true, object: ['Value'] },
};

const RDP_CORE: Record<number, NormalizeRule> = {
  98: { kind: 'rdp-connection' },
  131: { kind: 'rdp-connection', object: ['ClientIP'] },
};

const SQL_SERVER: Record<number, NormalizeRule> = {
  18456: { kind: 'sql-logon-failure', outcome: 'failure' },
  33205: { kind: 'policy-changed' },
};

/** The server writes what it has to say as one text. */
const OPENSSH: Record<number, NormalizeRule> = { 4: { kind: 'other', object: ['payload'] } };

/** Alerts of other products, as the source of that name writes them. */
const IMPORTED: NormalizeRule = {
  kind: 'imported-alert',
  actor: { sid: ['Actor.Sid'], name: ['Actor.Name'], domain: ['Actor.Domain'] },
  target: { sid: ['Target.Sid'], name: ['Target.Name'], domain: ['Target.Domain'] },
  sourceHost: ['Source.Host'],
  sourceAddress: ['Source.Address'],
  object: [ALERT_FIELDS.title],
};

export const NORMALIZE_TABLE: readonly NormalizeGroup[] = [
  {
    // Splunk writes the provider's name as people read it.
    providers: ['microsoft-windows-security-auditing', 'microsoft windows security auditing.', 'security'],
    channels: ['security'],
    rules: SECURITY,
  },
  { providers: ['microsoft-windows-sysmon'], channels: ['microsoft-windows-sysmon/operational'], rules: SYSMON },
  { providers: ['service control manager'], channels: [], rules: SERVICE_CONTROL },
  { providers: ['microsoft-windows-eventlog'], channels: [], rules: EVENT_LOG },
  { providers: ['microsoft-windows-taskscheduler'], channels: ['microsoft-windows-taskscheduler/operational'], rules: SCHEDULER },
  {
    providers: ['microsoft-windows-powershell', 'powershellcore'],
    channels: ['microsoft-windows-powershell/operational', 'powershellcore/operational'],
    rules: POWERSHELL,
  },
  { providers: ['microsoft-windows-winrm'], channels: ['microsoft-windows-winrm/operational'], rules: WINRM },
  {
    providers: ['microsoft-windows-terminalservices-localsessionmanager'],
    channels: ['microsoft-windows-terminalservices-localsessionmanager/operational'],
    rules: LOCAL_SESSIONS,
  },
  {
    providers: ['microsoft-windows-terminalservices-remoteconnectionmanager'],
    channels: ['microsoft-windows-terminalservices-remoteconnectionmanager/operational'],
    rules: REMOTE_CONNECTIONS,
  },
  { providers: ['powershell'], channels: ['windows powershell'], rules: CLASSIC_POWERSHELL },
  { providers: ['netlogon'], channels: [], rules: NETLOGON },
  {
    providers: ['microsoft-windows-activedirectory_domainservice', 'ntds general'],
    channels: ['directory service'],
    rules: DIRECTORY_SERVICE,
  },
  { providers: ['esent'], channels: [], rules: ESENT },
  {
    providers: ['microsoft-windows-printservice'],
    channels: ['microsoft-windows-printservice/admin', 'microsoft-windows-printservice/operational'],
    rules: PRINT_SERVICE,
  },
  {
    providers: ['microsoft-windows-dns-server-service', 'microsoft-windows-dnsserver'],
    channels: ['dns server', 'microsoft-windows-dnsserver/audit'],
    rules: DNS_SERVER,
  },
  { providers: ['microsoft-windows-wmi-activity'], channels: ['microsoft-windows-wmi-activity/operational'], rules: WMI_ACTIVITY },
  { providers: ['microsoft-windows-kerberos-key-distribution-center'], channels: [], rules: KERBEROS_KDC },
  {
    providers: ['microsoft-windows-terminalservices-clientactivexcore', 'microsoft-windows-terminalservices-rdpclient'],
    channels: ['microsoft-windows-terminalservices-rdpclient/operational'],
    rules: RDP_CLIENT,
  },
  {
    providers: ['microsoft-windows-remotedesktopservices-rdpcorets'],
    channels: ['microsoft-windows-remotedesktopservices-rdpcorets/operational'],
    rules: RDP_CORE,
  },
  { providers: ['mssqlserver'], channels: [], rules: SQL_SERVER },
  {
    providers: ['microsoft-windows-processexitmonitor'],
    channels: [],
    rules: { 3001: { kind: 'process-accessed', object: ['TargetProcessName'] } },
  },
  {
    providers: ['microsoft-windows-capi2'],
    channels: ['microsoft-windows-capi2/operational'],
    rules: { 70: { kind: 'key-operation', actorIsSystemUser: true } },
  },
  {
    providers: [
      'microsoft-windows-certificateservicesclient-lifecycle-system',
      'microsoft-windows-certificateservicesclient-lifecycle-user',
    ],
    channels: [
      'microsoft-windows-certificateservicesclient-lifecycle-system/operational',
      'microsoft-windows-certificateservicesclient-lifecycle-user/operational',
    ],
    rules: { 1007: { kind: 'key-operation', actorIsSystemUser: true } },
  },
  {
    providers: ['microsoft-windows-ldap-client'],
    channels: ['microsoft-windows-ldap-client/debug'],
    rules: { 30: { kind: 'directory-search', actorIsSystemUser: true } },
  },
  { providers: ['openssh'], channels: ['openssh/operational'], rules: OPENSSH },
  {
    providers: [IMPORTED_PROVIDER.toLowerCase()],
    channels: [],
    rules: { [IMPORTED_EVENT_IDS.alert]: IMPORTED, [IMPORTED_EVENT_IDS.entity]: IMPORTED },
  },
];
