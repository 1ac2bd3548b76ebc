import type { Account, Parties } from './imported-record.ts';

/** What an export says of one entity: any part may be the empty string. */
export type NamedEntity = { readonly account?: Account; readonly host?: string; readonly address?: string; readonly roles: string };

const SOURCE = /\b(?:source|attacker)\b/i;
const DESTINATION = /\b(?:destination|attacked|impacted)\b/i;

/**
 * The part that an entity plays. Products say it in their own words (`roles` of Microsoft Graph, `EvidenceDirection` and `EvidenceRole` of
 * advanced hunting); without any, an account is who did it, a host where it happened, and an address where it came from.
 */
export function partiesOf({ account, host, address, roles }: NamedEntity): Parties {
  const isSource = SOURCE.test(roles);
  const isDestination = !isSource && DESTINATION.test(roles);
  return {
    ...(account !== undefined && hasName(account) ? (isDestination ? { target: account } : { actor: account }) : {}),
    ...(host ? (isSource ? { sourceHost: host } : { place: host }) : {}),
    ...(address ? (isDestination && !host ? { place: address } : { sourceAddress: address }) : {}),
  };
}

function hasName(account: Account): boolean {
  return account.sid !== '' || account.name !== '';
}

/** The account by what identifies it best: SID, name with domain, else the user principal name. */
export function accountOf(sid: string, name: string, domain: string, principal: string): Account {
  if (name !== '' && domain !== '') return { sid, name, domain };
  return { sid, name: principal !== '' ? principal : name, domain: principal !== '' ? '' : domain };
}
