import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);

type Change = { id?: number; before?: string; after?: string; to?: string };

function account({ id = 4742, before = '-', after = '-', to = '-' }: Change): ExampleRecord {
  const fields = { TargetUserName: 'WEB01$', TargetDomainName: 'CORP', TargetSid: sid(1600), ...admin, AllowedToDelegateTo: to };
  return security(id, { ...fields, OldUacValue: before, NewUacValue: after }, { computer: DC });
}

function attribute(name: string, value: string, OperationType = '%%14674'): ExampleRecord {
  const fields = { ...admin, ObjectDN: 'CN=WEB01,CN=Computers,DC=corp,DC=example', ObjectClass: 'computer' };
  return security(5136, { ...fields, AttributeLDAPDisplayName: name, AttributeValue: value, OperationType }, { computer: DC });
}

export const examples: readonly Example[] = [
  { name: 'to any service', fires: true, severity: 'medium', records: [account({ before: '0x80', after: '0x2080' })] },
  {
    name: 'to named services, for anybody',
    fires: true,
    severity: 'medium',
    records: [account({ before: '0x80', after: '0x40080', to: '\r\n\t\tcifs/FS01' })],
  },
  {
    name: 'to named services',
    fires: true,
    severity: 'low',
    records: [account({ to: '\r\n\t\tcifs/FS01\r\n\t\tcifs/fs01.corp.example' })],
  },
  { name: 'to krbtgt', fires: true, severity: 'high', records: [account({ id: 4738, to: '\r\n\t\tkrbtgt/CORP.EXAMPLE' })] },
  {
    name: 'the attribute before and after',
    fires: true,
    severity: 'medium',
    records: [attribute('userAccountControl', '4096', '%%14675'), attribute('userAccountControl', '528384')],
  },
  { name: 'a service in the attribute', fires: true, severity: 'low', records: [attribute('msDS-AllowedToDelegateTo', 'cifs/FS01')] },
  {
    name: 'other flags of an account that was trusted before',
    fires: false,
    records: [attribute('userAccountControl', '528384', '%%14675'), attribute('userAccountControl', '528386')],
  },
  { name: 'a computer becomes a domain controller', fires: false, records: [account({ before: '0x80', after: '0x2100' })] },
  { name: 'the trust is taken back', fires: false, records: [account({ before: '0x2080', after: '0x80' })] },
  { name: 'a service is taken away', fires: false, records: [attribute('msDS-AllowedToDelegateTo', 'cifs/FS01', '%%14675')] },
  { name: 'a computer changes its password', fires: false, records: [account({})] },
];
