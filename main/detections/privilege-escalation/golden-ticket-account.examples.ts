import { type Example, type ExampleRecord, security, sid } from '../example.ts';

type Use = { name: string; rid?: number; after?: number; by?: string; domain?: string; type?: string; sid?: string; from?: string };

function logon({ name, rid = 500, after = 0, by = 'Kerberos', domain = 'CORP', type = '3', sid: of = sid(rid) }: Use): ExampleRecord {
  const who = { TargetUserSid: of, TargetUserName: name, TargetDomainName: domain, TargetLogonId: '0x9a1b2' };
  return security(
    4624,
    { ...who, LogonType: type, LogonProcessName: by, AuthenticationPackageName: by, IpAddress: '10.0.0.21' },
    { after },
  );
}

function share({ name, rid = 500, after = 0, domain = 'CORP', from = '10.0.0.21' }: Use): ExampleRecord {
  const who = { SubjectUserSid: sid(rid), SubjectUserName: name, SubjectDomainName: domain, SubjectLogonId: '0x9a1b2' };
  return security(5140, { ...who, ShareName: '\\\\*\\ADMIN$', IpAddress: from, AccessMask: '0x1' }, { after });
}

export const examples: readonly Example[] = [
  {
    name: 'the administrator under another name',
    fires: true,
    severity: 'high',
    records: [logon({ name: 'Administrator' }), share({ name: 'nobody', after: 600 })],
  },
  {
    name: 'an account under another name',
    fires: true,
    severity: 'high',
    records: [logon({ name: 'alice', rid: 1104 }), logon({ name: 'ghost', rid: 1104, after: 60 })],
  },
  {
    name: 'a change of name',
    fires: true,
    severity: 'informational',
    records: [
      logon({ name: 'alice', rid: 1104 }),
      security(4781, { OldTargetUserName: 'alice', NewTargetUserName: 'alice.smith', TargetSid: sid(1104) }, { after: 30 }),
      logon({ name: 'alice.smith', rid: 1104, after: 60 }),
    ],
  },
  {
    name: 'the same name written in other ways',
    fires: false,
    records: [
      logon({ name: 'Alice', rid: 1104 }),
      logon({ name: 'alice@corp.example', rid: 1104, after: 5 }),
      share({ name: 'ALICE', rid: 1104 }),
    ],
  },
  {
    name: 'five hours between',
    fires: false,
    records: [logon({ name: 'alice', rid: 1104 }), logon({ name: 'smith', rid: 1104, after: 18_000 })],
  },
  {
    name: 'as typed at the screen',
    fires: false,
    records: [logon({ name: 'alice', rid: 1104 }), logon({ name: 'corp-alice', rid: 1104, type: '2' })],
  },
  {
    name: 'over NTLM, as typed',
    fires: false,
    records: [logon({ name: 'alice', rid: 1104 }), logon({ name: 'smith', rid: 1104, by: 'NTLM' })],
  },
  { name: 'exports without SIDs', fires: false, records: [logon({ name: 'alice', sid: '' }), logon({ name: 'bob', sid: '-' })] },
  { name: 'an export without a name', fires: false, records: [logon({ name: 'alice', rid: 1104 }), logon({ name: '-', rid: 1104 })] },
  {
    name: 'a computer that was renamed',
    fires: false,
    records: [logon({ name: 'WS01$', rid: 1200 }), logon({ name: 'WS77$', rid: 1200, after: 60 })],
  },
  {
    name: 'a share opened on the host',
    fires: false,
    records: [share({ name: 'alice', rid: 1104 }), share({ name: 'smith', rid: 1104, from: '-' })],
  },
  { name: 'different accounts', fires: false, records: [logon({ name: 'alice', rid: 1104 }), logon({ name: 'bob', rid: 1105 })] },
  {
    name: 'a day between',
    fires: false,
    records: [logon({ name: 'alice', rid: 1104 }), logon({ name: 'smith', rid: 1104, after: 86_400 })],
  },
  {
    name: 'local accounts',
    fires: false,
    records: [
      share({ name: 'Administrator', domain: 'SRV01' }),
      share({ name: 'root', domain: 'SRV01', after: 5 }),
      logon({ name: 'x', by: 'NTLM' }),
    ],
  },
];
