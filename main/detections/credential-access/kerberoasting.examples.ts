import { type Example, type ExampleRecord, repeated, security, sid } from '../example.ts';

const DC = 'DC01.corp.example';

type Ticket = { client?: string; service?: string; type?: string; options?: string; status?: string; after?: number; rid?: number };

function ticket({
  client = 'alice@CORP.EXAMPLE',
  service = 'svc-sql',
  type = '0x17',
  options = '0x40810000',
  status = '0x0',
  after = 0,
  rid = 1300,
}: Ticket = {}): ExampleRecord {
  const fields = {
    TargetUserName: client,
    TargetDomainName: 'CORP.EXAMPLE',
    ServiceName: service,
    ServiceSid: sid(rid),
    TicketOptions: options,
    TicketEncryptionType: type,
  };
  return security(4769, { ...fields, Status: status, IpAddress: '::ffff:10.0.0.21', IpPort: '50111' }, { computer: DC, after });
}

export const examples: readonly Example[] = [
  {
    name: 'weak tickets for many services at once',
    fires: true,
    severity: 'high',
    records: repeated(5, 1, (i, after) => ticket({ service: `svc-app${i}`, after })),
  },
  {
    name: 'one weak ticket with options that Windows does not send',
    fires: true,
    severity: 'high',
    records: [ticket({ options: '0x40810010' })],
  },
  { name: 'a DES ticket from other software', fires: true, severity: 'high', records: [ticket({ type: '0x3', options: '0x40800000' })] },
  { name: 'one weak ticket of an ordinary client', fires: true, severity: 'low', records: [ticket()] },
  {
    name: 'a service of which everybody gets weak tickets',
    fires: true,
    severity: 'informational',
    records: repeated(3, 3_600, (i, after) => ticket({ client: `user${i}@CORP.EXAMPLE`, after })).concat(
      ticket({ client: 'last@CORP.EXAMPLE', after: 20_000 }),
    ),
  },
  {
    name: 'strong encryption',
    fires: false,
    records: repeated(6, 1, (i, after) => ticket({ service: `svc-app${i}`, type: '0x12', after })),
  },
  {
    name: 'tickets of computers',
    fires: false,
    records: repeated(6, 1, (i, after) => ticket({ service: `FS0${i}$`, after, options: '0x40810010' })),
  },
  { name: 'the ticket-granting service', fires: false, records: [ticket({ service: 'krbtgt', rid: 502, options: '0x60810010' })] },
  { name: 'a request that was refused', fires: false, records: [ticket({ status: '0x1b' })] },
  { name: 'a computer asks', fires: false, records: [ticket({ client: 'WS03$@CORP.EXAMPLE' })] },
  { name: 'an account asks for a ticket of itself', fires: false, records: [ticket({ client: 'svc-sql@CORP.EXAMPLE' })] },
];
