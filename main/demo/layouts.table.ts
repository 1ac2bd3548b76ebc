import type { Body, EventLayout, Field, ValueType } from './evtx/event-layout.ts';

/**
 * The kinds of records that the demo investigation consists of, with the fields and types of Windows Server 2022, Windows 11 and Sysmon 15, as the
 * events' manifests have them (read November 2026).
 */

/** "Name" is text, "Name:sid" has a type. */
function fieldsOf(text: string): readonly Field[] {
  return text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [name, type = 'text'] = word.split(':');
      return { name, type: type as ValueType };
    });
}

const DATA: Body = { form: 'data' };
const SUCCESS: readonly [number, number] = [0x80200000, 0];
const FAILURE: readonly [number, number] = [0x80100000, 0];

type Common = Pick<EventLayout, 'channel' | 'provider' | 'providerGuid' | 'eventSource' | 'qualifiers' | 'level' | 'body'>;

function layout(common: Common, eventId: number, rest: Partial<EventLayout>, fields: string): EventLayout {
  return { version: 0, task: 0, opcode: 0, keywords: [0x80000000, 0], ...common, eventId, ...rest, fields: fieldsOf(fields) };
}

const SECURITY: Common = {
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  providerGuid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
  eventSource: '',
  qualifiers: -1,
  level: 0,
  body: DATA,
};
const SUBJECT = 'SubjectUserSid:sid SubjectUserName SubjectDomainName SubjectLogonId:hex64';
const TARGET = 'TargetUserName TargetDomainName TargetSid:sid';
const MEMBER = `MemberName MemberSid:sid ${TARGET} ${SUBJECT} PrivilegeList`;
const ACCOUNT = `SamAccountName DisplayName UserPrincipalName HomeDirectory HomePath ScriptPath ProfilePath UserWorkstations PasswordLastSet
  AccountExpires PrimaryGroupId AllowedToDelegateTo OldUacValue NewUacValue UserAccountControl UserParameters SidHistory LogonHours`;
const SHARE = `${SUBJECT} ObjectType IpAddress IpPort ShareName ShareLocalPath`;
const TASK = `ClientProcessStartKey:uint64 ClientProcessId:uint32 ParentProcessId:uint32 RpcCallClientLocality:uint32 FQDN`;

function security(eventId: number, task: number, fields: string, rest: Partial<EventLayout> = {}): EventLayout {
  return layout(SECURITY, eventId, { task, keywords: SUCCESS, ...rest }, fields);
}

const LOGON = 12_544;
const KERBEROS_TGT = 14_339;
const KERBEROS_SERVICE = 14_337;
const KERBEROS_FAILED: Partial<EventLayout> = { keywords: FAILURE };
const TGT_FIELDS = `TargetUserName TargetDomainName TargetSid:sid ServiceName ServiceSid:sid TicketOptions:hex32 Status:hex32
  TicketEncryptionType:hex32 PreAuthType IpAddress IpPort CertIssuerName CertSerialNumber CertThumbprint`;
const CREDENTIAL_FIELDS = 'PackageName TargetUserName Workstation Status:hex32';

const SYSMON: Common = {
  channel: 'Microsoft-Windows-Sysmon/Operational',
  provider: 'Microsoft-Windows-Sysmon',
  providerGuid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
  eventSource: '',
  qualifiers: -1,
  level: 4,
  body: DATA,
};
const EVENT_LOG: Common = {
  channel: 'Security',
  provider: 'Microsoft-Windows-Eventlog',
  providerGuid: '{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}',
  eventSource: '',
  qualifiers: -1,
  level: 4,
  body: { form: 'elements', root: 'LogFileCleared', namespace: 'http://manifests.microsoft.com/win/2004/08/windows/eventlog' },
};
const SERVICE_CONTROL: Common = {
  channel: 'System',
  provider: 'Service Control Manager',
  providerGuid: '{555908D1-A6D7-4695-8E1E-26931D2012F4}',
  eventSource: 'Service Control Manager',
  qualifiers: 16_384,
  level: 4,
  body: DATA,
};
const SCHEDULER: Common = {
  channel: 'Microsoft-Windows-TaskScheduler/Operational',
  provider: 'Microsoft-Windows-TaskScheduler',
  providerGuid: '{DE7B24EA-73C8-4A09-985D-5BDADCFA9017}',
  eventSource: '',
  qualifiers: -1,
  level: 4,
  body: DATA,
};
const SESSIONS: Common = {
  channel: 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
  provider: 'Microsoft-Windows-TerminalServices-LocalSessionManager',
  providerGuid: '{5D896912-022D-40AA-A3A8-4FA5515C76D7}',
  eventSource: '',
  qualifiers: -1,
  level: 4,
  body: { form: 'elements', root: 'EventXML', namespace: 'Event_NS' },
};
const SESSION_KEYWORDS: readonly [number, number] = [0x10000000, 0];

export const LAYOUTS = {
  logon: security(
    4624,
    LOGON,
    `${SUBJECT} TargetUserSid:sid TargetUserName TargetDomainName TargetLogonId:hex64 LogonType:uint32 LogonProcessName AuthenticationPackageName
    WorkstationName LogonGuid:guid TransmittedServices LmPackageName KeyLength:uint32 ProcessId:hex64 ProcessName IpAddress IpPort ImpersonationLevel
    RestrictedAdminMode TargetOutboundUserName TargetOutboundDomainName VirtualAccount TargetLinkedLogonId:hex64 ElevatedToken`,
    { version: 2 },
  ),
  logonFailure: security(
    4625,
    LOGON,
    `${SUBJECT} TargetUserSid:sid TargetUserName TargetDomainName Status:hex32 FailureReason SubStatus:hex32 LogonType:uint32 LogonProcessName
    AuthenticationPackageName WorkstationName TransmittedServices LmPackageName KeyLength:uint32 ProcessId:hex64 ProcessName IpAddress IpPort`,
    { keywords: FAILURE },
  ),
  logoff: security(4634, 12_545, 'TargetUserSid:sid TargetUserName TargetDomainName TargetLogonId:hex64 LogonType:uint32'),
  userLogoff: security(4647, 12_545, 'TargetUserSid:sid TargetUserName TargetDomainName TargetLogonId:hex64'),
  explicitCredentials: security(
    4648,
    LOGON,
    `${SUBJECT} LogonGuid:guid TargetUserName TargetDomainName TargetLogonGuid:guid TargetServerName TargetInfo ProcessId:hex64 ProcessName IpAddress IpPort`,
  ),
  specialPrivileges: security(4672, 12_548, `${SUBJECT} PrivilegeList`),
  processCreated: security(
    4688,
    13_312,
    `${SUBJECT} NewProcessId:hex64 NewProcessName TokenElevationType ProcessId:hex64 CommandLine TargetUserSid:sid TargetUserName TargetDomainName
    TargetLogonId:hex64 ParentProcessName MandatoryLabel:sid`,
    { version: 2 },
  ),
  directoryAccess: security(
    4662,
    14_080,
    `${SUBJECT} ObjectServer ObjectType ObjectName OperationType HandleId:hex64 AccessList AccessMask:hex32 Properties AdditionalInfo AdditionalInfo2`,
  ),
  serviceInstalledAudit: security(
    4697,
    12_289,
    `${SUBJECT} ServiceName ServiceFileName ServiceType:hex32 ServiceStartType:uint32 ServiceAccount ClientProcessStartKey:uint64 ClientProcessId:uint32
    ParentProcessId:uint32`,
    { version: 1 },
  ),
  taskCreated: security(4698, 12_804, `${SUBJECT} TaskName TaskContent ${TASK}`, { version: 1 }),
  taskDeleted: security(4699, 12_804, `${SUBJECT} TaskName TaskContent ${TASK}`, { version: 1 }),
  accountCreated: security(4720, 13_824, `${TARGET} ${SUBJECT} PrivilegeList ${ACCOUNT}`),
  accountEnabled: security(4722, 13_824, `${TARGET} ${SUBJECT}`),
  passwordChanged: security(4723, 13_824, `${TARGET} ${SUBJECT} PrivilegeList`),
  passwordReset: security(4724, 13_824, `${TARGET} ${SUBJECT}`),
  accountChanged: security(4738, 13_824, `Dummy ${TARGET} ${SUBJECT} PrivilegeList ${ACCOUNT}`),
  accountLocked: security(4740, 13_824, `${TARGET} ${SUBJECT}`),
  accountUnlocked: security(4767, 13_824, `${TARGET} ${SUBJECT}`),
  memberAddedGlobal: security(4728, 13_826, MEMBER),
  memberAddedLocal: security(4732, 13_826, MEMBER),
  tgtRequest: security(4768, KERBEROS_TGT, TGT_FIELDS),
  serviceTicket: security(
    4769,
    KERBEROS_SERVICE,
    `TargetUserName TargetDomainName ServiceName ServiceSid:sid TicketOptions:hex32 TicketEncryptionType:hex32 IpAddress IpPort Status:hex32
    LogonGuid:guid TransmittedServices`,
  ),
  ticketRenewal: security(
    4770,
    KERBEROS_SERVICE,
    'TargetUserName TargetDomainName ServiceName ServiceSid:sid TicketOptions:hex32 TicketEncryptionType:hex32 IpAddress IpPort',
  ),
  preAuthenticationFailed: security(
    4771,
    KERBEROS_TGT,
    `TargetUserName TargetSid:sid ServiceName TicketOptions:hex32 Status:hex32 PreAuthType IpAddress IpPort CertIssuerName CertSerialNumber CertThumbprint`,
    KERBEROS_FAILED,
  ),
  credentialsValidated: security(4776, 14_336, CREDENTIAL_FIELDS),
  credentialsRefused: security(4776, 14_336, CREDENTIAL_FIELDS, KERBEROS_FAILED),
  shareAccess: security(5140, 12_808, `${SHARE} AccessMask:hex32 AccessList`, { version: 1 }),
  shareObjectAccess: security(5145, 12_811, `${SHARE} RelativeTargetName AccessMask:hex32 AccessList AccessReason`),
  workstationLocked: security(4800, 12_551, 'TargetUserSid:sid TargetUserName TargetDomainName TargetLogonId:hex64 SessionId:uint32'),
  workstationUnlocked: security(4801, 12_551, 'TargetUserSid:sid TargetUserName TargetDomainName TargetLogonId:hex64 SessionId:uint32'),

  securityLogCleared: layout(
    EVENT_LOG,
    1102,
    { task: 104, keywords: [0x40200000, 0], version: 1 },
    `${SUBJECT} ClientProcessId:uint32 ClientProcessStartKey:uint64`,
  ),
  systemLogCleared: layout({ ...EVENT_LOG, channel: 'System' }, 104, { task: 104 }, 'SubjectUserName SubjectDomainName Channel BackupPath'),

  serviceInstalled: layout(SERVICE_CONTROL, 7045, { keywords: [0x80800000, 0] }, 'ServiceName ImagePath ServiceType StartType AccountName'),
  serviceState: layout(SERVICE_CONTROL, 7036, { keywords: [0x80800000, 0] }, 'param1 param2 Binary:binary'),
  serviceStartType: layout(SERVICE_CONTROL, 7040, { keywords: [0x80800000, 0] }, 'param1 param2 param3 param4'),

  taskRegistered: layout(SCHEDULER, 106, { task: 106 }, 'TaskName UserContext'),
  taskStarted: layout(SCHEDULER, 100, { task: 100, opcode: 1, keywords: [0x80000000, 1] }, 'TaskName UserContext InstanceId:guid'),
  taskFinished: layout(SCHEDULER, 102, { task: 102, opcode: 2, keywords: [0x80000000, 1] }, 'TaskName UserContext InstanceId:guid'),
  taskProcess: layout(SCHEDULER, 129, { task: 129 }, 'TaskName Path ProcessID:uint32 Priority:uint32'),
  taskAction: layout(SCHEDULER, 200, { task: 200, opcode: 1, version: 1 }, 'TaskName ActionName TaskInstanceId:guid EnginePID:uint32'),
  taskActionDone: layout(
    SCHEDULER,
    201,
    { task: 201, opcode: 2, version: 2 },
    'TaskName TaskInstanceId:guid ActionName ResultCode:uint32 EnginePID:uint32',
  ),
  taskRemoved: layout(SCHEDULER, 141, { task: 141 }, 'TaskName UserName'),

  sessionLogon: layout(SESSIONS, 21, { keywords: SESSION_KEYWORDS }, 'User SessionID:uint32 Address'),
  sessionShell: layout(SESSIONS, 22, { keywords: SESSION_KEYWORDS }, 'User SessionID:uint32 Address'),
  sessionLogoff: layout(SESSIONS, 23, { keywords: SESSION_KEYWORDS }, 'User SessionID:uint32'),
  sessionDisconnected: layout(SESSIONS, 24, { keywords: SESSION_KEYWORDS }, 'User SessionID:uint32 Address'),

  sysmonProcess: layout(
    SYSMON,
    1,
    { version: 5, task: 1 },
    `RuleName UtcTime ProcessGuid:guid ProcessId:uint32 Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory
    User LogonGuid:guid LogonId:hex64 TerminalSessionId:uint32 IntegrityLevel Hashes ParentProcessGuid:guid ParentProcessId:uint32 ParentImage
    ParentCommandLine ParentUser`,
  ),
  sysmonConnection: layout(
    SYSMON,
    3,
    { version: 5, task: 3 },
    `RuleName UtcTime ProcessGuid:guid ProcessId:uint32 Image User Protocol Initiated:boolean SourceIsIpv6:boolean SourceIp SourceHostname
    SourcePort:uint16 SourcePortName DestinationIsIpv6:boolean DestinationIp DestinationHostname DestinationPort:uint16 DestinationPortName`,
  ),
  sysmonAccess: layout(
    SYSMON,
    10,
    { version: 3, task: 10 },
    `RuleName UtcTime SourceProcessGUID:guid SourceProcessId:uint32 SourceThreadId:uint32 SourceImage TargetProcessGUID:guid TargetProcessId:uint32
    TargetImage GrantedAccess:hex32 CallTrace SourceUser TargetUser`,
  ),
  sysmonFile: layout(
    SYSMON,
    11,
    { version: 2, task: 11 },
    'RuleName UtcTime ProcessGuid:guid ProcessId:uint32 Image TargetFilename CreationUtcTime User',
  ),
} as const satisfies Record<string, EventLayout>;
export type LayoutName = keyof typeof LAYOUTS;
