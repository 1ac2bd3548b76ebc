/** For tests: one alert in each form in which products export them. */
export const GRAPH_ALERT = {
  id: 'da638001234567890123_-1203456789',
  providerAlertId: 'b7c1f0de-0c0f-4b1c-9d3b-5c9a0c7d2f11',
  title: 'Suspected DCSync attack (replication of directory services)',
  description: 'A device sent a replication request to a domain controller.',
  severity: 'high',
  status: 'inProgress',
  classification: 'truePositive',
  category: 'CredentialAccess',
  serviceSource: 'microsoftDefenderForIdentity',
  detectionSource: 'microsoftDefenderForIdentity',
  detectorId: 'xdr_DCSyncAttack',
  alertWebUrl: 'https://security.example/alerts/da638001234567890123_-1203456789',
  mitreTechniques: ['T1003', 'T1003.006'],
  createdDateTime: '2026-01-05T08:20:00Z',
  lastUpdateDateTime: '2026-01-05T09:00:00.1234567Z',
  firstActivityDateTime: '2026-01-05T08:10:00.0000001Z',
  lastActivityDateTime: '2026-01-05T08:12:00Z',
  evidence: [
    {
      '@odata.type': '#microsoft.graph.security.userEvidence',
      roles: ['attacker'],
      userAccount: { accountName: 'anna', domainName: 'CORP', userSid: 'S-1-5-21-1-2-3-1104', userPrincipalName: 'anna@corp.example' },
    },
    {
      '@odata.type': '#microsoft.graph.security.deviceEvidence',
      roles: ['source'],
      deviceDnsName: 'ws07.corp.example',
    },
    { '@odata.type': '#microsoft.graph.security.deviceEvidence', roles: ['destination'], hostName: 'DC01', dnsDomain: 'corp.example' },
    { '@odata.type': '#microsoft.graph.security.ipEvidence', roles: [], ipAddress: '10.0.0.57' },
    { '@odata.type': '#microsoft.graph.security.urlEvidence', url: 'https://example.test' },
  ],
};

export const ALERT_INFO = {
  Timestamp: '2026-01-05T08:10:00Z',
  AlertId: 'da638001234567890123_-1203456789',
  Title: 'Suspected DCSync attack (replication of directory services)',
  Category: 'CredentialAccess',
  Severity: 'High',
  ServiceSource: 'Microsoft Defender for Identity',
  DetectionSource: 'Microsoft Defender for Identity',
  AttackTechniques: '["OS Credential Dumping (T1003)","DCSync (T1003.006)"]',
};

export const ALERT_EVIDENCE_CSV = [
  'Timestamp,AlertId,Title,EntityType,EvidenceRole,EvidenceDirection,AccountName,AccountDomain,AccountSid,AccountUpn,DeviceName,RemoteIP,AdditionalFields',
  '2026-01-05T08:10:00Z,da1,"Suspected DCSync, attack",User,Related,Source,anna,CORP,S-1-5-21-1-2-3-1104,anna@corp.example,,,"{""a"":1,',
  '""b"":2}"',
  '2026-01-05T08:10:00Z,da1,"Suspected DCSync, attack",Machine,Impacted,Destination,,,,,DC01.corp.example,,',
  '2026-01-05T08:10:00Z,da1,"Suspected DCSync, attack",Ip,Related,Source,,,,,,10.0.0.57,',
  '',
].join('\r\n');

export const SENTINEL_CSV = [
  'TimeGenerated [UTC],DisplayName,AlertName,AlertSeverity,Description,ProviderName,VendorOriginalId,SystemAlertId,StartTime [UTC],EndTime [UTC],Status,Entities,Tactics,Techniques,ProductName',
  '"1/5/2026, 9:00:00.000 AM",Impossible travel,Impossible travel,Medium,Two places,IPC,9f2b,5d0f9a60-3f1c-4b41-a6b0-9e0d4f0c1a11,"1/5/2026, 8:10:00.125 PM","1/5/2026, 8:15:00.000 PM",New,"[{""$id"":""1"",""Type"":""account"",""Name"":""anna"",""UPNSuffix"":""corp.example""},{""$id"":""2"",""Type"":""ip"",""Address"":""203.0.113.9""},{""$ref"":""1""}]",InitialAccess,"[""T1078""]",Azure Active Directory Identity Protection',
  '',
].join('\n');

export const CEF_LINE =
  '<36>1 2026-01-05T08:20:00.5+00:00 CENTER ATA 4688 AbnormalSensitiveGroupMembership \u{feff}CEF:0|Microsoft|ATA|1.9.0.0|AbnormalSensitiveGroupMembershipChangeSuspiciousActivity|Suspicious modification of sensitive groups|5|start=2026-01-05T08:10:00.0000000Z app=GroupMembershipChangeEvent suser=anna shost=WS07 msg=anna changed a group \\= much. externalId=2024 cs1Label=url cs1=https\\://192.0.2.20/suspiciousActivity/5c113d028ca1ec1250ca0491';
