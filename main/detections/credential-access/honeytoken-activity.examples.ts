import { type Example, security, sid, subject } from '../example.ts';

const token = { TargetUserSid: sid(1666), TargetUserName: 'backup-admin', TargetDomainName: 'CORP' };
const facts = { honeytokens: [`sid:${sid(1666)}`] };

export const examples: readonly Example[] = [
  {
    name: 'a logon as the honeytoken',
    fires: true,
    severity: 'high',
    records: [security(4624, { ...token, LogonType: '3', IpAddress: '10.0.0.66', WorkstationName: 'WS66' })],
    facts,
  },
  {
    name: 'a failed ticket request for the honeytoken',
    fires: true,
    severity: 'medium',
    records: [
      security(
        4771,
        { TargetSid: sid(1666), TargetUserName: 'backup-admin', Status: '0x18', IpAddress: '10.0.0.66' },
        { computer: 'DC01.corp.example' },
      ),
    ],
    facts,
  },
  {
    name: 'its password is reset',
    fires: true,
    severity: 'medium',
    records: [security(4724, { ...subject('alice', 1104), TargetSid: sid(1666), TargetUserName: 'backup-admin' })],
    facts,
  },
  { name: 'the same logon without the tag', fires: false, records: [security(4624, { ...token, LogonType: '3', IpAddress: '10.0.0.66' })] },
  { name: 'another account', fires: false, records: [security(4624, { ...token, TargetUserSid: sid(1667), LogonType: '3' })], facts },
  {
    name: 'an account of the same name in another domain',
    fires: false,
    records: [security(4624, { ...token, TargetUserSid: 'S-1-5-21-7-7-7-1666', LogonType: '3' })],
    facts,
  },
];
