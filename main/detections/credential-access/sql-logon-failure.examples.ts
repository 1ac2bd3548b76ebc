import { type Example, type ExampleRecord, repeated } from '../example.ts';

type Failure = { account?: string; client?: string; eventId?: number; provider?: string; channel?: string; after?: number };

function failure(given: Failure = {}): ExampleRecord {
  const { account = 'sa', client = '10.0.0.66', eventId = 18456, provider = 'MSSQLSERVER', channel = 'Application', after = 0 } = given;
  const fields = { Data: account, Data2: ' Reason: Could not find a login matching the name provided.', Data3: ` [CLIENT: ${client}]` };
  return { channel, provider, eventId, computer: 'SQL01.corp.example', after, fields };
}

function audit(action: string): ExampleRecord {
  const Data = `audit_schema_version:1\naction_id:${action}\nserver_principal_name:sa\n<address>10.0.0.66</address>\n`;
  return { channel: 'Application', provider: 'MSSQLSERVER', eventId: 33205, computer: 'SQL01.corp.example', after: 0, fields: { Data } };
}

export const examples: readonly Example[] = [
  { name: 'one failure', fires: true, severity: 'informational', records: [failure()] },
  { name: 'many failures', fires: true, severity: 'low', records: repeated(30, 2, (_i, after) => failure({ after })) },
  {
    name: 'many accounts',
    fires: true,
    severity: 'medium',
    records: repeated(8, 2, (i, after) => failure({ account: `user${i}`, after })),
  },
  { name: 'at the server itself', fires: true, severity: 'informational', records: [failure({ client: '<local machine>' })] },
  { name: 'the audit of the server', fires: true, severity: 'informational', records: [audit('LGIF')] },
  { name: 'the audit of another act', fires: false, records: [audit('AUSC')] },
  { name: 'a success', fires: false, records: [failure({ eventId: 18453 })] },
  { name: 'another program with the same number', fires: false, records: [failure({ provider: 'Other Product' })] },
  { name: 'another log', fires: false, records: [failure({ channel: 'System' })] },
];
