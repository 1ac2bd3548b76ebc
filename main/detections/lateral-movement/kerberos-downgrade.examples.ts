import { type Example, type ExampleRecord, repeated, security, sid } from '../example.ts';

type Request = { name?: string; type?: string; status?: string; address?: string; preauth?: string; after?: number };

function request({
  name = 'alice',
  type = '0x12',
  status = '0x0',
  address = '10.0.0.21',
  preauth = '2',
  after = 0,
}: Request = {}): ExampleRecord {
  const who = { TargetUserName: name, TargetDomainName: 'CORP', TargetSid: sid(1104) };
  const ticket = { TicketOptions: '0x40810010', TicketEncryptionType: type, PreAuthType: preauth, Status: status };
  return security(
    4768,
    { ...who, ...ticket, ServiceName: 'krbtgt', ServiceSid: sid(502), IpAddress: `::ffff:${address}` },
    { computer: 'DC01.corp.example', after },
  );
}

export const examples: readonly Example[] = [
  {
    name: 'RC4 from a host that had used AES',
    fires: true,
    severity: 'medium',
    steps: ['weak-from-same-host'],
    records: [request(), request({ type: '0x17', after: 600 })],
  },
  {
    name: 'RC4 from another host',
    fires: true,
    severity: 'low',
    records: [request(), request({ type: '0x17', address: '10.0.0.66', after: 600 })],
  },
  {
    name: 'an old device that asks all day',
    fires: true,
    severity: 'informational',
    records: [request(), ...repeated(5, 900, (_index, after) => request({ type: '0x17', address: '10.0.0.90', after: after + 60 }))],
  },
  { name: 'AES only', fires: false, records: [request(), request({ type: '0x11', after: 60 })] },
  { name: 'RC4 only', fires: false, records: [request({ type: '0x17' }), request({ type: '0x17', after: 60 })] },
  { name: 'a computer', fires: false, records: [request({ name: 'WS01$' }), request({ name: 'WS01$', type: '0x17', after: 60 })] },
  { name: 'another day', fires: false, records: [request(), request({ type: '0x17', after: 40_000 })] },
  { name: 'without preauthentication', fires: false, records: [request(), request({ type: '0x17', preauth: '0', after: 60 })] },
  {
    name: 'RC4 first, AES later',
    fires: true,
    severity: 'low',
    steps: ['weak', 'strong'],
    records: [request({ type: '0x17' }), request({ after: 600 })],
  },
  {
    name: 'a computer that asks with RC4 first',
    fires: false,
    records: [request({ name: 'WS01$', type: '0x17' }), request({ name: 'WS01$', after: 60 })],
  },
  {
    name: 'RC4, then a wrong password',
    fires: false,
    records: [request({ type: '0x17' }), request({ type: '0xffffffff', status: '0x18', after: 60 })],
  },
];
