import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';

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
  const fields = { ...by, ObjectDN, ObjectClass: kind, AttributeLDAPDisplayName: attribute, OperationType: operation };
  return security(5136, { ...fields, AttributeValue: `B:828:00020000200001A1B2:${ObjectDN}` }, { computer: DC, after });
}

export const examples: readonly Example[] = [
  { name: 'a user adds a key to another', fires: true, severity: 'high', records: [key({})] },
  { name: 'added and taken away', fires: true, severity: 'high', records: [key({}), key({ operation: '%%14675', after: 60 })] },
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
  { name: 'a device registers its own key', fires: false, records: [key({ by: subject('WS03$', 1500), name: 'WS03', kind: 'computer' })] },
  {
    name: 'the synchronization of keys',
    fires: false,
    records: [key({ by: subject('sync', 1502) })],
    facts: { synchronization: [`sid:${sid(1502)}`] },
  },
  { name: 'only taken away', fires: false, records: [key({ operation: '%%14675' })] },
  { name: 'another attribute', fires: false, records: [key({ attribute: 'altSecurityIdentities' })] },
];
