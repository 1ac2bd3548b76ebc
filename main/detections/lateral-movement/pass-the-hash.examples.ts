import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

type Logon = {
  type?: string;
  process?: string;
  package?: string;
  key?: string;
  name?: string;
  rid?: number;
  address?: string;
  logonId?: string;
};

function logon({
  type = '3',
  process = 'NtLmSsp ',
  package: lm = 'NTLM V2',
  key = '0',
  name = 'admin',
  rid = 1105,
  address = '10.0.0.66',
  logonId = '0x77aa1',
}: Logon): ExampleRecord {
  const who = { TargetUserSid: rid === 7 ? 'S-1-5-7' : sid(rid), TargetUserName: name, TargetDomainName: 'CORP', TargetLogonId: logonId };
  return security(
    4624,
    {
      ...who,
      LogonType: type,
      LogonProcessName: process,
      AuthenticationPackageName: 'NTLM',
      LmPackageName: lm,
      KeyLength: key,
      IpAddress: address,
      WorkstationName: '',
    },
    { after: 1 },
  );
}

/** Asked at the controller itself; by default as a tool asks. */
function ticket(more: Record<string, string> = {}): ExampleRecord {
  const who = { TargetUserName: 'alice', TargetDomainName: 'CORP', TargetSid: sid(1104), ServiceName: 'krbtgt', IpAddress: '::1' };
  return security(
    4768,
    { ...who, TicketOptions: '0x40800010', TicketEncryptionType: '0x17', PreAuthType: '2', Status: '0x0', ...more },
    { after: 20 },
  );
}

const newCredentials = logon({ type: '9', process: 'seclogo', package: '-', address: '::1' });

const privileges = (logonId = '0x77aa1'): ExampleRecord =>
  security(4672, { ...subject('admin', 1105, logonId), PrivilegeList: 'SeDebugPrivilege' });

export const examples: readonly Example[] = [
  { name: 'an administrator without a session key', fires: true, severity: 'high', records: [privileges(), logon({})] },
  {
    name: 'new credentials through the secondary logon',
    fires: true,
    severity: 'medium',
    records: [newCredentials],
  },
  { name: 'without a session key, but without privileges: a scanner', fires: false, records: [logon({ name: 'scan', rid: 1301 })] },
  { name: 'an administrator as Windows logs on', fires: false, records: [privileges(), logon({ key: '128' })] },
  { name: 'an administrator over Kerberos', fires: false, records: [privileges(), logon({ process: 'Kerberos', package: '-' })] },
  { name: 'an anonymous session', fires: false, records: [privileges(), logon({ name: 'ANONYMOUS LOGON', rid: 7 })] },
  { name: 'a computer account', fires: false, records: [privileges(), logon({ name: 'WS03$', rid: 1210 })] },
  { name: 'privileges of another session', fires: false, records: [privileges('0x1'), logon({})] },
  { name: 'new credentials of a service host, not by secondary logon', fires: false, records: [logon({ type: '9', process: 'Advapi' })] },
  {
    name: 'new credentials, and tickets that others ask for',
    fires: true,
    severity: 'medium',
    steps: ['new-credentials'],
    records: [
      newCredentials,
      ticket({ TicketEncryptionType: '0x12' }),
      ticket({ TicketOptions: '0x40810010' }),
      ticket({ PreAuthType: '0' }),
      ticket({ TargetUserName: 'NAS01$' }),
    ],
  },
  { name: 'new credentials for which a tool asks a ticket: told as overpass-the-hash', fires: false, records: [newCredentials, ticket()] },
  { name: 'a program started as another account', fires: false, records: [logon({ type: '2', process: 'seclogo', address: '::1' })] },
  { name: 'an administrator whose screen is unlocked from elsewhere', fires: false, records: [privileges(), logon({ type: '7' })] },
  { name: 'a program of the host that logs on to it', fires: false, records: [privileges(), logon({ address: '127.0.0.1' })] },
];
