import { type Example, type ExampleRecord, repeated, security } from '../example.ts';

type Failure = { name?: string; status?: string; subStatus?: string; from?: string; after?: number };

function failure({ name = 'alice', status = '0xc000006e', subStatus = '0x0', from = '10.0.0.21', after = 0 }: Failure = {}): ExampleRecord {
  const fields = { TargetUserSid: 'S-1-0-0', TargetUserName: name, TargetDomainName: 'CORP', Status: status, SubStatus: subStatus };
  return security(4625, { ...fields, LogonType: '10', IpAddress: from, WorkstationName: 'WS09' }, { after });
}

export const examples: readonly Example[] = [
  { name: 'a restricted account', fires: true, severity: 'informational', records: [failure()] },
  { name: 'a record that leaves out the name', fires: true, severity: 'informational', records: [failure({ name: '-' })] },
  {
    name: 'a disabled account, again and again',
    fires: true,
    severity: 'informational',
    records: repeated(9, 60, (_i, after) => failure({ subStatus: '0xc0000072', after })),
  },
  { name: 'a mistyped password', fires: false, records: [failure({ status: '0xc000006d', subStatus: '0xc000006a' })] },
  { name: 'a mistyped name', fires: false, records: [failure({ status: '0xc000006d', subStatus: '0xc0000064' })] },
  { name: 'a computer that is disabled', fires: false, records: [failure({ name: 'WS01$', subStatus: '0xc0000072' })] },
  { name: 'typed at the host itself', fires: false, records: [failure({ from: '127.0.0.1', subStatus: '0xc0000071' })] },
  { name: 'a task of the host itself', fires: false, records: [failure({ from: '-', subStatus: '0xc0000072' })] },
];
