import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DOMAIN_CLASS = '%{19195a5b-6da0-11d0-afd3-00c04fd930c9}';
const DC = 'DC01.corp.example';

function logon(account: string, workstation: string, method = 'NTLM', from = '10.0.0.66'): ExampleRecord {
  const who = { TargetUserSid: sid(1500), TargetUserName: account, TargetDomainName: 'CORP', LogonType: '3' };
  return security(4624, { ...who, AuthenticationPackageName: method, WorkstationName: workstation, IpAddress: from }, { computer: DC });
}

function access(account: string, mask: string, type = DOMAIN_CLASS): ExampleRecord {
  const fields = { ObjectServer: 'DS', ObjectType: type, ObjectName: '%{77f4548a-5e9d-4649-89f9-a0177c722361}', AccessMask: mask };
  return security(4662, { ...subject(account, 1500), ...fields }, { computer: DC });
}

export const examples: readonly Example[] = [
  { name: 'a mail server changes who rules the domain', fires: true, severity: 'high', records: [access('MAIL01$', '0x40000')] },
  { name: 'a computer account names another host', fires: true, severity: 'low', records: [logon('MAIL01$', 'WS99')] },
  { name: 'a computer logs on', fires: false, records: [logon('MAIL01$', 'MAIL01')] },
  { name: 'a person logs on', fires: false, records: [logon('alice', 'WS03')] },
  { name: 'another method', fires: false, records: [logon('MAIL01$', 'WS99', 'Kerberos')] },
  { name: 'nobody logs on', fires: false, records: [logon('ANONYMOUS LOGON', 'WS99')] },
  { name: 'a mail server reads the domain', fires: false, records: [access('MAIL01$', '0x10')] },
  { name: 'the controller itself', fires: false, records: [access('DC01$', '0x40000')] },
  { name: 'an administrator changes who rules the domain', fires: false, records: [access('admin', '0x40000')] },
];
