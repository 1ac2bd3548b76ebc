import type { AccountRef } from '../../shared/model/event.ts';

const DOMAIN_SID = /^(S-1-5-21-\d+-\d+-\d+)-(\d+)$/;

/** Domain (or machine) part and relative id of a SID; null for well-known and built-in ones. */
export function splitSid(sid: string): { domainSid: string; rid: number } | null {
  const found = DOMAIN_SID.exec(sid);
  return found ? { domainSid: found[1], rid: Number(found[2]) } : null;
}

export function isBuiltinSid(sid: string): boolean {
  return sid.startsWith('S-1-5-32-');
}

/** RIDs of the groups that every domain has ([MS-DTYP] 2.4.2.4): these SIDs are groups though no record says so. */
const GROUP_RIDS = new Set([512, 513, 514, 515, 516, 517, 518, 519, 520, 521, 522, 525, 526, 527, 553, 571, 572]);

export function isDomainGroupRid(rid: number): boolean {
  return GROUP_RIDS.has(rid);
}

/** `DOMAIN\name`, `name@domain` and separate parts in one form; names and domains in lower case for comparison, the name as logged for display. */
export function splitAccount(account: AccountRef): { name: string; shown: string; domain: string; upn: string } {
  let { name, domain } = account;
  let upn = '';
  const slash = name.indexOf('\\');
  if (slash > 0) {
    domain = name.slice(0, slash);
    name = name.slice(slash + 1);
  }
  const at = name.indexOf('@');
  if (at > 0 && at < name.length - 1 && !name.startsWith('CN=')) {
    upn = name.toLowerCase();
    if (domain === '' || domain.includes('.')) domain = name.slice(at + 1);
    name = name.slice(0, at);
  }
  if (name.startsWith('CN=')) {
    const [, common = name] = /^CN=((?:[^,\\]|\\.)*)/i.exec(name) ?? [];
    name = common.replace(/\\(.)/g, '$1');
  }
  return { name: name.toLowerCase(), shown: name, domain: cleanDomain(domain), upn };
}

/** Places that name no domain in particular. */
function cleanDomain(domain: string): string {
  const lower = domain.toLowerCase().replace(/\.$/, '');
  return ['', '-', '.', 'workgroup', 'builtin', 'nt authority', 'font driver host', 'window manager', 'nt service', 'localhost'].includes(
    lower,
  )
    ? ''
    : lower;
}

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

export function isAddress(text: string): boolean {
  return IPV4.test(text) || (text.includes(':') && /^[0-9a-f:.%]+$/i.test(text));
}

/** Host name as compared: no leading backslashes, no final dot, lower case. */
export function cleanHost(text: string): string {
  return text.replace(/^\\+/, '').replace(/\.$/, '').toLowerCase();
}

export function shortHost(host: string): string {
  if (isAddress(host)) return host;
  const dot = host.indexOf('.');
  return dot > 0 ? host.slice(0, dot) : host;
}
