import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, when } from '../detection.ts';
import { plural, shortHost } from '../record.ts';

const MANY_FAILURES = 20;
const MANY_ACCOUNTS = 5;

/** SQL Server's own audit, one text for all; `LGIF` is its name for a failed logon (sys.dm_audit_actions). */
const AUDIT = 33205;

/** `[CLIENT: 10.0.0.1]`, in every language; `<local machine>` for the server itself. The fields have no names. */
function clientOf(event: IdentityEvent): string {
  const text = event.field(event.eventId === AUDIT ? 'Data' : 'Data3');
  return (/<address>([^<]{1,64})</.exec(text)?.[1] ?? /\[[^\]:]{1,40}:\s*([^\]]{1,64})\]/.exec(text)?.[1] ?? '').trim();
}

function account(event: IdentityEvent): string {
  if (event.eventId !== AUDIT) return event.field('Data');
  return /^server_principal_name:(.*)$/m.exec(event.field('Data'))?.[1]?.trim() ?? '';
}

const FAILED_LOGON = /^action_id:LGIF\s*$/m;

export const sqlLogonFailure: Detection = {
  id: 'sql-logon-failure',
  externalId: null,
  catalogueName: '',
  title: 'Failed logons to SQL Server',
  whatItSees: 'SQL Server refused a logon; many in a short time are guessing.',
  whyItMatters: 'A database account leads to data and, for its administrators, to commands on the server.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Credential Access'],
  techniques: ['T1110', 'T1110.001'],
  reads: [
    { channel: 'Application', provider: 'MSSQLSERVER', eventIds: [18456, AUDIT], needs: 'the Application log of a server with SQL Server' },
    // Named instances write in a name of their own; this is the one that setup gives to the free edition.
  ],
  steps: [
    { name: 'failure', eventIds: [18456], conditions: [] },
    {
      name: 'failure',
      eventIds: [AUDIT],
      conditions: [when('the audited act is a failed logon', (event) => FAILED_LOGON.test(event.field('Data')))],
    },
  ],
  over: {
    by: (event) => `${clientOf(event)}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same client and server',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => account(event).toLowerCase(), words: 'distinct accounts' },
  },
  explain: (event) => [
    ['Data', account(event) || '(not named)', 'account'],
    ['Data2', event.field('Data2').trim() || (/^statement:(.*)$/m.exec(event.field('Data'))?.[1] ?? ''), 'why'],
    ['Data3', clientOf(event), 'where it came from'],
  ],
  grade(group) {
    if (group.distinct >= MANY_ACCOUNTS) return { because: `${group.distinct} accounts from one client` };
    if (group.count >= MANY_FAILURES) return { severity: 'low', because: 'many failures; a program with an old password does so too' };
    return { severity: 'informational', confidence: 'low', because: 'few failures, as by mistyping' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const client = clientOf(anchor);
    const from = client === '' || client.startsWith('<') ? 'the server itself' : client;
    const who = group.distinct === 1 ? account(anchor) || 'an account without a name' : plural(group.distinct, 'account');
    return `SQL Server on ${facts.name(anchor.computerEntity, anchor.computer)} refused ${plural(group.count, 'logon')} of ${who} from ${from}.`;
  },
  benignCauses: [
    'A mistyped or expired password.',
    'A program or job that still has an old password.',
    'Monitoring that only tests the connection.',
  ],
  firstResponse: [
    'Find the program at the client that connects.',
    'Look for a success of the same client and account after the failures.',
    'Switch off the account "sa" and logons by SQL Server itself where nothing needs them.',
  ],
};
