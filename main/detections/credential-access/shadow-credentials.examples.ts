import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const OBJECT = '%{8a1b2c3d-0000-4000-8000-000000000001}';

type Change = { by?: Record<string, string>; name?: string; kind?: string; attribute?: string; operation?: string; after?: number };

function key(c: Change): ExampleRecord {
  const {
    by = subject('bob', 1180),
    name = 'alice',
    kind = 'user',
    attribute = 'msDS-KeyCredentialLink',
    operation = '%%14674',
    after = 0,
  } = c;
  const ObjectDN = `CN=${name},CN=Users,DC=corp,DC=example`;
  const fields = { ...by, ObjectDN, ObjectGUID: OBJECT, ObjectClass: kind, AttributeLDAPDisplayName: attribute, OperationType: operation };
  return security(5136, { ...fields, AttributeValue: `B:828:00020000200001A1B2:${ObjectDN}` }, { computer: DC, after });
}

type Access = { by?: Record<string, string>; kind?: string; attribute?: string; mask?: string };

function access(a: Access): ExampleRecord {
  const { by = subject('bob', 1180), kind = '%{bf967aba-0de6-11d0-a285-00aa003049e2}', mask = '0x20' } = a;
  const { attribute = '{5b47d60f-6090-40b2-9f37-2a4de88f3063}' } = a;
  const fields = { ObjectServer: 'DS', ObjectType: kind, ObjectName: OBJECT, AccessMask: mask };
  return security(
    4662,
    { ...by, ...fields, Properties: `%%7685\r\n\t\t{771727b1-31b8-4cdf-ae62-4fe39fadf89e}\r\n\t\t\t${attribute}` },
    { computer: DC },
  );
}

export const examples: readonly Example[] = [
  { name: 'a user adds a key to another', fires: true, severity: 'high', records: [key({})] },
  {
    name: 'added and taken away',
    fires: true,
    severity: 'high',
    steps: ['key-added', 'removed-again'],
    records: [key({}), key({ operation: '%%14675', after: 60 })],
  },
  {
    name: 'a computer adds a key to another computer',
    fires: true,
    severity: 'high',
    records: [key({ by: subject('WS03$', 1500), name: 'SRV09', kind: 'computer' })],
  },
  {
    name: 'an account named like that of Entra Connect',
    fires: true,
    severity: 'low',
    records: [key({ by: subject('MSOL_0a1b2c3d4e5f', 1501) })],
  },
  {
    name: 'keys of a user are written, where only access is recorded',
    fires: true,
    severity: 'high',
    steps: ['key-written'],
    records: [access({})],
  },
  {
    name: 'a registration service writes the keys of a user, where only access is recorded',
    fires: true,
    severity: 'low',
    steps: ['like-registration'],
    records: [access({ by: subject('gmsa-adfs$', 1503) })],
  },
  {
    name: 'the access and the change that it made are one',
    fires: true,
    severity: 'high',
    steps: ['key-written', 'key-added'],
    records: [access({}), key({ after: 1 })],
  },
  { name: 'keys of a user are read', fires: false, records: [access({ mask: '0x10' })] },
  {
    name: 'another property of a user is written',
    fires: false,
    records: [access({ attribute: '{28630ebe-41d5-11d1-a9c1-0000f80367c1}' })],
  },
  {
    name: 'a computer writes its own keys, where only access is recorded',
    fires: false,
    records: [access({ by: subject('WS03$', 1500), kind: '%{bf967a86-0de6-11d0-a285-00aa003049e2}' })],
  },
  { name: 'a device registers its own key', fires: false, records: [key({ by: subject('WS03$', 1500), name: 'WS03', kind: 'computer' })] },
  {
    name: 'the synchronization of keys',
    fires: false,
    records: [key({ by: subject('sync', 1502) })],
    facts: { synchronization: [`sid:${sid(1502)}`] },
  },
  {
    name: 'the controller keeps the keys of its own services',
    fires: false,
    records: [key({ by: { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SYSTEM', SubjectDomainName: 'NT AUTHORITY' } })],
  },
  { name: 'a value that was neither added nor taken away', fires: false, records: [key({ operation: '%%14676' })] },
  { name: 'only taken away', fires: false, records: [key({ operation: '%%14675' })] },
  { name: 'another attribute', fires: false, records: [key({ attribute: 'altSecurityIdentities' })] },
];
