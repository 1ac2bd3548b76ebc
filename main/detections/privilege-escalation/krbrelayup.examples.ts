import { type Example, type ExampleRecord, security, serviceControl, sid } from '../example.ts';

type Logon = { name?: string; rid?: number; address?: string; type?: string; package?: string };

function logon({
  name = 'Administrator',
  rid = 500,
  address = '127.0.0.1',
  type = '3',
  package: by = 'Kerberos',
}: Logon = {}): ExampleRecord {
  const who = { TargetUserSid: sid(rid), TargetUserName: name, TargetDomainName: 'CORP.EXAMPLE', TargetLogonId: '0x9a1b2' };
  const how = { LogonType: type, LogonProcessName: by, AuthenticationPackageName: by };
  return security(4624, { ...who, ...how, IpAddress: address, IpPort: '50222' }, { computer: 'WS07.corp.example' });
}

function service(userSid: string, after = 3): ExampleRecord {
  const fields = { ServiceName: 'UpdSvc', ImagePath: 'C:\\Users\\bob\\a.exe', ServiceType: 'user mode service', StartType: 'demand start' };
  return serviceControl(7045, { ...fields, AccountName: 'LocalSystem' }, { computer: 'WS07.corp.example', after, userSid });
}

const SERVICE = service(sid(500));

export const examples: readonly Example[] = [
  { name: 'administrator from the host itself, then a service', fires: true, severity: 'high', records: [logon(), SERVICE] },
  { name: 'administrator from the host itself', fires: true, severity: 'medium', steps: ['administrator-from-itself'], records: [logon()] },
  {
    name: 'another administrator, then a service',
    fires: true,
    severity: 'high',
    records: [logon({ name: 'adm-alice', rid: 1190 }), service(sid(1190))],
  },
  {
    name: 'another account, and a service that somebody else creates',
    fires: true,
    severity: 'low',
    steps: ['account-from-itself', 'service'],
    records: [logon({ name: 'svc-web', rid: 1191 }), service(sid(1195))],
  },
  { name: 'an update installs a service', fires: false, records: [logon({ name: 'svc-web', rid: 1191 }), service('S-1-5-18')] },
  { name: 'a task as the administrator', fires: false, records: [logon({ type: '4' })] },
  { name: 'from elsewhere', fires: false, records: [logon({ address: '10.0.0.9' }), SERVICE] },
  { name: 'over NTLM', fires: false, records: [logon({ package: 'NTLM' })] },
  {
    name: 'on a domain controller',
    fires: false,
    records: [logon()],
    facts: { domainControllers: ['host:ws07.corp.example'] },
  },
  { name: 'a program reaches a share of its own host', fires: false, records: [logon({ name: 'svc-web', rid: 1191 })] },
  { name: 'the computer itself', fires: false, records: [logon({ name: 'WS07$', rid: 1300 }), SERVICE] },
];
