import { type Example, type ExampleRecord, security, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);

function trust(direction: string, attributes = '0', id = 4706, after = 0): ExampleRecord {
  const fields = {
    DomainName: 'partner.example',
    DomainSid: 'S-1-5-21-9-8-7',
    TdoType: '2',
    TdoDirection: direction,
    TdoAttributes: attributes,
  };
  return security(id, { ...admin, ...fields, SidFilteringEnabled: '%%1796' }, { computer: DC, after });
}

function object(id: number, kind: string, by = admin): ExampleRecord {
  return security(id, { ...by, ObjectDN: 'CN=partner.example,CN=System,DC=corp,DC=example', ObjectClass: kind }, { computer: DC });
}

function command(CommandLine: string): ExampleRecord {
  return security(4688, { ...admin, NewProcessName: 'C:\\Windows\\System32\\netdom.exe', CommandLine }, { computer: DC });
}

export const examples: readonly Example[] = [
  { name: 'this domain trusts another', fires: true, severity: 'medium', records: [trust('2')] },
  { name: 'another trusts this domain', fires: true, severity: 'low', records: [trust('1')] },
  { name: 'a new domain of the forest', fires: true, severity: 'informational', records: [trust('3', '32')] },
  { name: 'made and removed', fires: true, severity: 'medium', records: [trust('1'), trust('-', '-', 4707, 300)] },
  { name: 'only the object', fires: true, severity: 'low', records: [object(5137, 'trustedDomain')] },
  { name: 'a command', fires: true, severity: 'low', records: [command('netdom trust partner.example /d:corp.example /add')] },
  { name: 'a command looks at a trust', fires: false, records: [command('netdom trust partner.example /d:corp.example /verify')] },
  { name: 'only a removal', fires: false, records: [trust('-', '-', 4707)] },
  { name: 'the controller replicates the object', fires: false, records: [object(5137, 'trustedDomain', subject('DC01$', 1000))] },
  { name: 'another object', fires: false, records: [object(5137, 'container')] },
];
