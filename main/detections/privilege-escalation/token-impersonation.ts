import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { baseName, clip, given, SECURITY, SYSMON, shortHost } from '../record.ts';

/**
 * A pipe whose name carries a further "pipe": a path with a slash in a host name makes a service of Windows connect to it, as if it were
 * the well-known pipe at the end ("PrintSpoofer", itm4n, 2020; "RoguePotato", 2020). No service names its own pipe so.
 */
const NESTED_PIPE = /^\\[^\\]+\\pipe\\[^\\]+$/i;
/** Accounts that services run under: with the right to impersonate, without being the system. */
const SERVICE_ACCOUNT =
  /\\(?:local service|network service|iusr|defaultapppool|[^\\]*apppool[^\\]*|mssql[^\\]*|sqlserver[^\\]*)$|^iis apppool\\/i;
const SYSTEM_ACCOUNT = /^[^\\]+\\system$/i;
const SYSTEM_LEVEL = 'system';
const SHELLS = /\\(?:cmd|powershell|pwsh|rundll32|cscript|wscript|mshta|nc|ncat|nc64|whoami)\.exe$/i;
const WINDOWS = /^[a-z]:\\windows\\/i;
const ANONYMOUS = 'S-1-5-7';
const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/i;
const COMMAND =
  /\b(?:token::elevate|getsystem|invoke-tokenmanipulation|(?:juicy|rotten|rogue|sweet|god|sharpefs|efs)potato(?:ng)?|printspoofer)\b/i;

function isSystemShell(event: IdentityEvent): boolean {
  if (!SYSTEM_ACCOUNT.test(event.field('User')) || !SERVICE_ACCOUNT.test(event.field('ParentUser'))) return false;
  return (
    event.field('IntegrityLevel').toLowerCase() === SYSTEM_LEVEL &&
    (SHELLS.test(event.field('Image')) || !WINDOWS.test(event.field('ParentImage')))
  );
}

function stepOf(event: IdentityEvent): string {
  switch (event.eventId) {
    case 17:
    case 18:
      return NESTED_PIPE.test(event.field('PipeName')) ? 'nested-pipe' : '';
    case 4624: {
      const isLocalAnonymous = event.field('TargetUserSid') === ANONYMOUS && LOOPBACK.test(event.field('IpAddress'));
      return isLocalAnonymous && event.field('LogonType') === '3' && given(event.field('IpPort')) !== '' ? 'local-anonymous' : '';
    }
    default:
      if (COMMAND.test(event.field('CommandLine'))) return 'command';
      return event.eventId === 1 && isSystemShell(event) ? 'system-shell' : '';
  }
}

function match(event: IdentityEvent): Match {
  const step = stepOf(event);
  return step === '' ? null : counts(step);
}

export const tokenImpersonation: Detection = {
  id: 'token-impersonation',
  externalId: null,
  catalogueName: '',
  title: 'Token of the system taken over',
  whatItSees: 'A program lured a service of Windows into its own pipe or logon, or started a shell as the system from a service account.',
  whyItMatters: 'Whoever runs code in a web or database service becomes the system on that host this way, and reads all its secrets.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Privilege Escalation', 'Defense Evasion'],
  techniques: ['T1134', 'T1134.001', 'T1134.002'],
  reads: [
    { ...SYSMON, eventIds: [1, 17, 18], needs: 'Sysmon with pipe events' },
    { ...SECURITY, eventIds: [4624], needs: 'Security logs with "Audit Logon" on' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
  ],
  matches: match,
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    const rows: readonly (readonly [string, string])[] = [
      ['PipeName', 'a pipe that passes for one of Windows'],
      ['Image', 'program that acted'],
      ['NewProcessName', 'program that was started'],
      ['CommandLine', 'how it was started'],
      ['User', 'account it runs as'],
      ['ParentUser', 'account that it was started by'],
      ['TargetUserName', 'account that logged on'],
      ['IpAddress', 'the host itself'],
      ['SubjectUserName', 'who did it'],
    ];
    return rows.map(([name, words]) => [name, clip(event.field(name)), words] as const).filter(([, value]) => value !== '');
  },
  grade({ steps }) {
    if (steps.has('nested-pipe')) return {};
    if (steps.has('command')) return { because: 'named in a command line' };
    if (steps.has('system-shell')) return { confidence: 'medium', because: 'a service account started a program as the system' };
    return { severity: 'informational', confidence: 'low', because: 'an anonymous logon from the host to itself; some services make one' };
  },
  summary({ anchor, steps }, facts) {
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (steps.size === 1 && steps.has('local-anonymous')) return `Somebody logged on anonymously from ${where} to itself.`;
    const program = baseName(anchor.field('Image') || anchor.field('NewProcessName')) || 'A program';
    return `${program} took over or tried to take over the rights of the system on ${where}.`;
  },
  benignCauses: [
    'A test of the host with permission.',
    'A management service under a service account that starts programs as the system.',
    'A service that logs on anonymously to its own host.',
  ],
  firstResponse: [
    'Find out which service the program ran in and how it got there; look for a web shell.',
    'Cut the host off: its secrets must be taken for known.',
    'Take the right to impersonate away from service accounts that do not need it.',
  ],
};
