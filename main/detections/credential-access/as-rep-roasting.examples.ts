import { type Example, type ExampleRecord, repeated, security, sid } from '../example.ts';

type Request = {
  name?: string;
  rid?: number;
  preAuth?: string;
  type?: string;
  status?: string;
  service?: string;
  serviceRid?: number;
  after?: number;
};

function request({
  name = 'legacy',
  rid = 1401,
  preAuth = '0',
  type = '0x17',
  status = '0x0',
  service = 'krbtgt',
  serviceRid = 502,
  after = 0,
}: Request = {}): ExampleRecord {
  const account = {
    TargetUserName: name,
    TargetDomainName: 'CORP',
    TargetSid: sid(rid),
    ServiceName: service,
    ServiceSid: sid(serviceRid),
  };
  const asked = {
    TicketOptions: '0x40800010',
    Status: status,
    TicketEncryptionType: type,
    PreAuthType: preAuth,
    IpAddress: '::ffff:10.0.0.77',
  };
  return security(4768, { ...account, ...asked }, { computer: 'DC01.corp.example', after });
}

export const examples: readonly Example[] = [
  { name: 'a weakly encrypted answer without a password', fires: true, severity: 'high', records: [request()] },
  {
    name: 'several accounts from one source',
    fires: true,
    severity: 'high',
    records: repeated(3, 1, (i, after) => request({ name: `user${i}`, rid: 1401 + i, type: '0x12', after })),
  },
  {
    name: 'one strongly encrypted answer',
    fires: true,
    severity: 'medium',
    steps: ['strong-answer'],
    records: [request({ type: '0x12' })],
  },
  {
    name: 'a ticket for a service, asked for in the name of an account without preauthentication',
    fires: true,
    severity: 'high',
    steps: ['service-answer'],
    records: [request({ type: '0x12', service: 'svc-sql', serviceRid: 1500 })],
  },
  { name: 'the usual way: with an encrypted time', fires: false, records: [request({ preAuth: '2', type: '0x12' })] },
  { name: 'with a certificate', fires: false, records: [request({ preAuth: '16', type: '0x12' })] },
  { name: 'a name that does not exist', fires: false, records: [request({ preAuth: '0', status: '0x6', type: '0xffffffff' })] },
  { name: 'a computer', fires: false, records: [request({ name: 'WS03$' })] },
];
