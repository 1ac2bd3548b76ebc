import type { IdentityEvent } from '../../shared/model/event.ts';
import { callText } from './command-line.ts';

/** What a command line or script tells Windows to do with accounts; names are empty where the text does not give them away. */
export type AccountCommand = { readonly act: 'create' | 'password' | 'member'; readonly account: string; readonly group: string };

/** `net user`, `net group`, `net localgroup`, up to where a shell would start the next command. */
const NET = /\bnet1?(?:\.exe)?["']?\s+(user|group|localgroup)\s+([^&|>\r\n]+)/i;
/** Cmdlets of Windows, of the directory tools and of well-known scripts. Followed by an argument: lists of names and definitions are no commands. */
const CMDLET =
  /(?<!function\s{1,4})\b(?:(New-(?:LocalUser|ADUser|DomainUser))|(Add-(?:LocalGroupMember|ADGroupMember|DomainGroupMember))|(Set-(?:ADAccountPassword|DomainUserPassword)|Set-LocalUser(?=[^\r\n|;]{0,300}-Password\b)))[ \t]+[-\w$'"@]/i;
const WORD = /"([^"]*)"|'([^']*)'|(\S+)/g;

/** The first account command of a started process (Sysmon 1, Security 4688) or a short script (4104); null where there is none. */
export function accountCommand(event: IdentityEvent): AccountCommand | null {
  const text = callText(event);
  const net = NET.exec(text);
  if (net) return netCommand((net[1] ?? '').toLowerCase(), net[2] ?? '');
  const cmdlet = CMDLET.exec(text);
  if (!cmdlet) return null;
  return { act: cmdlet[1] ? 'create' : cmdlet[2] ? 'member' : 'password', account: '', group: '' };
}

function netCommand(verb: string, rest: string): AccountCommand | null {
  const words = [...rest.matchAll(WORD)].map((found) => found[1] ?? found[2] ?? found[3] ?? '');
  const adds = words.some((word) => word.toLowerCase() === '/add');
  const [first = '', second = ''] = words.filter((word) => !word.startsWith('/'));
  if (verb !== 'user') return adds && second !== '' ? { act: 'member', account: second, group: first } : null;
  if (adds) return { act: 'create', account: first, group: '' };
  return second === '' ? null : { act: 'password', account: first, group: '' };
}
