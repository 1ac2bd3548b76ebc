/**
 * Which records a Sigma log source means on Windows (specification 2.1, appendix on taxonomy): channel, and for categories the event
 * ids. Process creation is written by Sysmon and by the Security log, with other field names.
 */
export type LogPlace = {
  /** Lower case. */
  readonly channel: string;
  /** Null: every event of the channel. */
  readonly eventIds: readonly number[] | null;
  /** Sigma's field name -> the record's. */
  readonly rename?: Readonly<Record<string, string>>;
};

const SYSMON = 'microsoft-windows-sysmon/operational';
const sysmon = (...eventIds: number[]): readonly LogPlace[] => [{ channel: SYSMON, eventIds }];
const channel = (name: string): readonly LogPlace[] => [{ channel: name, eventIds: null }];
const operational = (name: string): readonly LogPlace[] => channel(`microsoft-windows-${name}/operational`);

export const CATEGORIES: Readonly<Record<string, readonly LogPlace[]>> = {
  process_creation: [
    { channel: SYSMON, eventIds: [1] },
    {
      channel: 'security',
      eventIds: [4688],
      rename: {
        Image: 'NewProcessName',
        ParentImage: 'ParentProcessName',
        User: 'SubjectUserName',
        LogonId: 'SubjectLogonId',
        ProcessId: 'NewProcessId',
        IntegrityLevel: 'MandatoryLabel',
      },
    },
  ],
  file_change: sysmon(2),
  network_connection: sysmon(3),
  process_termination: sysmon(5),
  driver_load: sysmon(6),
  image_load: sysmon(7),
  create_remote_thread: sysmon(8),
  raw_access_thread: sysmon(9),
  process_access: sysmon(10),
  file_event: sysmon(11),
  registry_add: sysmon(12),
  registry_delete: sysmon(12),
  registry_set: sysmon(13),
  registry_rename: sysmon(14),
  registry_event: sysmon(12, 13, 14),
  create_stream_hash: sysmon(15),
  pipe_created: sysmon(17, 18),
  wmi_event: sysmon(19, 20, 21),
  dns_query: sysmon(22),
  file_delete: sysmon(23, 26),
  process_tampering: sysmon(25),
  file_block_executable: sysmon(27),
  file_block_shredding: sysmon(28),
  file_executable_detected: sysmon(29),
  sysmon_status: sysmon(4, 16),
  sysmon_error: sysmon(255),
  ps_module: [
    { channel: 'microsoft-windows-powershell/operational', eventIds: [4103] },
    { channel: 'powershellcore/operational', eventIds: [4103] },
  ],
  ps_script: [
    { channel: 'microsoft-windows-powershell/operational', eventIds: [4104] },
    { channel: 'powershellcore/operational', eventIds: [4104] },
  ],
  ps_classic_start: [{ channel: 'windows powershell', eventIds: [400] }],
  ps_classic_provider_start: [{ channel: 'windows powershell', eventIds: [600] }],
  ps_classic_script: [{ channel: 'windows powershell', eventIds: [800] }],
};

export const SERVICES: Readonly<Record<string, readonly LogPlace[]>> = {
  security: channel('security'),
  system: channel('system'),
  application: channel('application'),
  sysmon: channel(SYSMON),
  powershell: [...operational('powershell'), ...channel('powershellcore/operational')],
  'powershell-classic': channel('windows powershell'),
  taskscheduler: operational('taskscheduler'),
  wmi: operational('wmi-activity'),
  'dns-server': channel('dns server'),
  'dns-server-analytic': channel('microsoft-windows-dnsserver/analytical'),
  'dns-client': operational('dns client events'),
  'driver-framework': operational('driverframeworks-usermode'),
  dhcp: operational('dhcp-server'),
  msexchange: channel('msexchange management'),
  'msexchange-management': channel('msexchange management'),
  ldap: channel('microsoft-windows-ldap-client/debug'),
  ldap_debug: channel('microsoft-windows-ldap-client/debug'),
  ntlm: operational('ntlm'),
  windefend: operational('windows defender'),
  'bits-client': operational('bits-client'),
  applocker: [
    ...channel('microsoft-windows-applocker/exe and dll'),
    ...channel('microsoft-windows-applocker/msi and script'),
    ...channel('microsoft-windows-applocker/packaged app-deployment'),
    ...channel('microsoft-windows-applocker/packaged app-execution'),
  ],
  'firewall-as': channel('microsoft-windows-windows firewall with advanced security/firewall'),
  'printservice-admin': channel('microsoft-windows-printservice/admin'),
  'printservice-operational': operational('printservice'),
  'smbclient-security': channel('microsoft-windows-smbclient/security'),
  'smbclient-connectivity': channel('microsoft-windows-smbclient/connectivity'),
  'smbserver-connectivity': channel('microsoft-windows-smbserver/connectivity'),
  'terminalservices-localsessionmanager': operational('terminalservices-localsessionmanager'),
  'certificateservicesclient-lifecycle-system': operational('certificateservicesclient-lifecycle-system'),
  'codeintegrity-operational': operational('codeintegrity'),
  'security-mitigations': [
    ...channel('microsoft-windows-security-mitigations/kernel mode'),
    ...channel('microsoft-windows-security-mitigations/user mode'),
  ],
  'shell-core': operational('shell-core'),
  openssh: channel('openssh/operational'),
  'microsoft-servicebus-client': channel('microsoft-servicebus-client'),
  lsa: operational('lsa'),
  'lsa-server': operational('lsa'),
  capi2: operational('capi2'),
  'diagnosis-scripted': operational('diagnosis-scripted'),
  'appxdeployment-server': operational('appxdeploymentserver'),
  'appxpackaging-om': channel('microsoft-windows-appxpackaging/operational'),
  'appmodel-runtime': channel('microsoft-windows-appmodel-runtime/admin'),
  'iis-configuration': operational('iis-configuration'),
  'hyper-v-worker': channel('microsoft-windows-hyper-v-worker'),
  vhdmp: operational('vhdmp'),
  'kernel-event-tracing': channel('microsoft-windows-kernel-eventtracing'),
  'kernel-shimengine': channel('microsoft-windows-kernel-shimengine/operational'),
};
