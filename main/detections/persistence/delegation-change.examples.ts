import { type Example, type ExampleRecord, otherChannel, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);

type Change = { id?: number; before?: string; after?: string; to?: string };

function account({ id = 4742, before = '-', after = '-', to = '-' }: Change): ExampleRecord {
  const fields = { TargetUserName: 'WEB01$', TargetDomainName: 'CORP', TargetSid: sid(1600), ...admin, AllowedToDelegateTo: to };
  return security(id, { ...fields, OldUacValue: before, NewUacValue: after }, { computer: DC });
}

function attribute(name: string, value: string, OperationType = '%%14674', after = 0): ExampleRecord {
  const fields = { ...admin, ObjectDN: 'CN=WEB01,CN=Computers,DC=corp,DC=example', ObjectClass: 'computer' };
  return security(5136, { ...fields, AttributeLDAPDisplayName: name, AttributeValue: value, OperationType }, { computer: DC, after });
}

function right(PrivilegeList: string, TargetSid = sid(1180)): ExampleRecord {
  return security(4704, { ...admin, TargetSid, PrivilegeList }, { computer: DC });
}

const trusting = '\r\n\t\t\tSeEnableDelegationPrivilege';

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });
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
  {
    name: 'the attribute before and after, for anybody',
    fires: true,
    severity: 'medium',
    records: [attribute('userAccountControl', '512', '%%14675'), attribute('userAccountControl', '16777728')],
  },
  {
    name: 'krbtgt in the attribute',
    fires: true,
    severity: 'high',
    records: [attribute('msDS-AllowedToDelegateTo', 'krbtgt/CORP.EXAMPLE')],
  },
  {
    name: 'an expiry in the record of an account that is named without services',
    fires: false,
    records: [account({ id: 4738, before: '0x10', after: '0x210' })],
  },
  { name: 'a command', fires: true, severity: 'low', records: [script('Set-ADAccountControl WEB01$ -TrustedForDelegation $true')] },
  { name: 'a search for trusted accounts', fires: false, records: [script("$searcher.Filter = '(msDS-AllowedToDelegateTo=*)'")] },
  { name: 'the right to trust others', fires: true, severity: 'medium', steps: ['right-to-trust'], records: [right(trusting)] },
  { name: 'another right', fires: false, records: [right('\r\n\t\t\tSeBackupPrivilege')] },
  { name: 'a new controller gives Administrators the right', fires: false, records: [right(trusting, 'S-1-5-32-544')] },
  { name: 'only flags before', fires: false, records: [attribute('userAccountControl', '4096', '%%14675')] },
  {
    name: 'the trust is taken back, and the old values were not logged',
    fires: false,
    records: [attribute('userAccountControl', '528384'), attribute('userAccountControl', '4096', '%%14674', 20)],
  },
  { name: 'only flags after', fires: false, records: [attribute('userAccountControl', '528384')] },
  { name: 'only flags after, for anybody', fires: false, records: [attribute('userAccountControl', '16777728')] },
  {
    name: 'a computer becomes a domain controller, in the attribute',
    fires: false,
    records: [attribute('userAccountControl', '4096', '%%14675'), attribute('userAccountControl', '532480')],
  },
  {
    name: 'other flags of an account that was not trusted',
    fires: false,
    records: [attribute('userAccountControl', '512', '%%14675'), attribute('userAccountControl', '66048')],
  },
  {
    name: 'other numbers of an attribute',
    fires: false,
    records: [attribute('logonCount', '512', '%%14675'), attribute('logonCount', '16777728')],
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
