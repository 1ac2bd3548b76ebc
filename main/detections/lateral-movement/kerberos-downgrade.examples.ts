import { type Example, type ExampleRecord, repeated, security, sid } from '../example.ts';

type Request = { name?: string; type?: string; address?: string; preauth?: string; after?: number };

function request({ name = 'alice', type = '0x12', address = '10.0.0.21', preauth = '2', after = 0 }: Request = {}): ExampleRecord {
  const who = { TargetUserName: name, TargetDomainName: 'CORP', TargetSid: sid(1104) };
  const ticket = { TicketOptions: '0x40810010', TicketEncryptionType: type, PreAuthType: preauth, Status: '0x0' };
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
];
