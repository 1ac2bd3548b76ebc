import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DOMAIN_CLASS = '%{19195a5b-6da0-11d0-afd3-00c04fd930c9}';
const GROUP_CLASS = '%{bf967a9c-0de6-11d0-a285-00aa003049e2}';
const KIOSK = { computers: { 'address:10.0.0.66': 'KIOSK.corp.example' } };
const DC = 'DC01.corp.example';

function logon(account: string, workstation: string, method = 'NTLM', from = '10.0.0.66', type = '3'): ExampleRecord {
  const who = { TargetUserSid: sid(1500), TargetUserName: account, TargetDomainName: 'CORP', LogonType: type };
  return security(4624, { ...who, AuthenticationPackageName: method, WorkstationName: workstation, IpAddress: from }, { computer: DC });
}

function access(account: string, mask: string, type = DOMAIN_CLASS): ExampleRecord {
  const fields = { ObjectServer: 'DS', ObjectType: type, ObjectName: '%{77f4548a-5e9d-4649-89f9-a0177c722361}', AccessMask: mask };
  return security(4662, { ...subject(account, 1500), ...fields }, { computer: DC });
}

export const examples: readonly Example[] = [
  { name: 'a mail server changes who rules the domain', fires: true, severity: 'high', records: [access('MAIL01$', '0x40000')] },
  { name: 'a computer account names another host', fires: true, severity: 'low', records: [logon('MAIL01$', 'WS99')] },
  {
    name: 'a computer account from the address of another host',
    fires: true,
    severity: 'medium',
    steps: ['computer-from-elsewhere'],
    records: [logon('MAIL01$', 'MAIL01')],
    facts: KIOSK,
  },
  {
    name: 'a person from the address of another host than the logon names',
    fires: true,
    severity: 'low',
    steps: ['account-from-elsewhere'],
    records: [logon('alice', 'WS03')],
    facts: KIOSK,
  },
  { name: 'a person from the address of the host that the logon names', fires: false, records: [logon('alice', 'KIOSK')], facts: KIOSK },
  { name: 'a person at a remote desktop', fires: false, records: [logon('alice', 'WS03', 'NTLM', undefined, '10')], facts: KIOSK },
  { name: 'a client that names no workstation', fires: false, records: [logon('alice', '-')], facts: KIOSK },
  { name: 'a computer at its own address', fires: false, records: [logon('MAIL01$', 'WS99', 'NTLM', '-')] },
  {
    name: 'another controller changes who rules the domain',
    fires: false,
    records: [access('DC02$', '0x40000')],
    facts: { domainControllers: [`sid:${sid(1500)}`] },
  },
  { name: 'a mail server changes who rules a group', fires: false, records: [access('MAIL01$', '0x40000', GROUP_CLASS)] },
  { name: 'a computer logs on', fires: false, records: [logon('MAIL01$', 'MAIL01')] },
  { name: 'a person logs on', fires: false, records: [logon('alice', 'WS03')] },
  { name: 'another method', fires: false, records: [logon('MAIL01$', 'WS99', 'Kerberos')] },
  { name: 'nobody logs on', fires: false, records: [logon('ANONYMOUS LOGON', 'WS99')], facts: KIOSK },
  { name: 'a mail server reads the domain', fires: false, records: [access('MAIL01$', '0x10')] },
  { name: 'the controller itself', fires: false, records: [access('DC01$', '0x40000')] },
  { name: 'an administrator changes who rules the domain', fires: false, records: [access('admin', '0x40000')] },
];
