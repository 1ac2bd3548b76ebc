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

const privileges = (logonId = '0x77aa1'): ExampleRecord =>
  security(4672, { ...subject('admin', 1105, logonId), PrivilegeList: 'SeDebugPrivilege' });

export const examples: readonly Example[] = [
  { name: 'an administrator without a session key', fires: true, severity: 'high', records: [privileges(), logon({})] },
  {
    name: 'new credentials through the secondary logon',
    fires: true,
    severity: 'medium',
    records: [logon({ type: '9', process: 'seclogo', package: '-', address: '::1' })],
  },
  { name: 'without a session key, but without privileges: a scanner', fires: false, records: [logon({ name: 'scan', rid: 1301 })] },
  { name: 'an administrator as Windows logs on', fires: false, records: [privileges(), logon({ key: '128' })] },
  { name: 'an administrator over Kerberos', fires: false, records: [privileges(), logon({ process: 'Kerberos', package: '-' })] },
  { name: 'an anonymous session', fires: false, records: [privileges(), logon({ name: 'ANONYMOUS LOGON', rid: 7 })] },
  { name: 'a computer account', fires: false, records: [privileges(), logon({ name: 'WS03$', rid: 1210 })] },
  { name: 'privileges of another session', fires: false, records: [privileges('0x1'), logon({})] },
  { name: 'new credentials of a service host, not by secondary logon', fires: false, records: [logon({ type: '9', process: 'Advapi' })] },
];
