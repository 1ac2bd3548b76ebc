import type { EntityKind, IdentifierClaim } from '../../shared/model/entity.ts';
import type { PlaceholderSource } from '../sigma/placeholders.ts';

/** What is asked of an entity here. */
type KnownEntity = {
  readonly kind: EntityKind;
  readonly name: string;
  readonly domain: string;
  readonly roles: ReadonlySet<string>;
  readonly claims: ReadonlyMap<string, IdentifierClaim>;
};

/** Which fact fills a placeholder. Names in lower case, as the specification and the public rules write them. */
const FACT_OF: Readonly<Record<string, keyof Facts>> = {
  domaincontrollers: 'controllerNames',
  domain_controllers: 'controllerNames',
  dc_hostnames: 'controllerNames',
  known_cdcs: 'controllerNamesAndAddresses',
  known_dcs: 'controllerNamesAndAddresses',
  dc_machine_accounts: 'controllerAccounts',
  'dc-machine-name': 'controllerAccounts',
  dc_machine_name: 'controllerAccounts',
  dc_ip_addresses: 'controllerAddresses',
  administrators: 'administrators',
  admins: 'administrators',
};

type Facts = {
  readonly controllerNames: readonly string[];
  readonly controllerAddresses: readonly string[];
  readonly controllerNamesAndAddresses: readonly string[];
  readonly controllerAccounts: readonly string[];
  readonly administrators: readonly string[];
};

/**
 * Values for the placeholders of Sigma rules from what is known of identities: domain controllers as they showed themselves in the events, and users
 * that are `isSensitive` (tagged, or members of a sensitive group). Null where nothing is known: the rule is then not supported, for an empty list would
 * turn "not one of ours" into "everybody". Workstations and servers cannot be told apart from events: those come from a file of values.
 */
export function sigmaPlaceholders(entities: Iterable<KnownEntity>, isSensitive: (entity: KnownEntity) => boolean): PlaceholderSource {
  let facts: Facts | null = null;
  return (name) => {
    if (!Object.hasOwn(FACT_OF, name)) return null;
    facts ??= gather(entities, isSensitive);
    const values = facts[FACT_OF[name]];
    return values.length > 0 ? values : null;
  };
}

function gather(entities: Iterable<KnownEntity>, isSensitive: (entity: KnownEntity) => boolean): Facts {
  const names = new Set<string>();
  const addresses = new Set<string>();
  const accounts = new Set<string>();
  const administrators = new Set<string>();
  for (const entity of entities) {
    if (entity.kind === 'user' && isSensitive(entity))
      for (const value of claimed(entity, 'account-name')) administrators.add(accountOf(value));
    if (entity.kind !== 'computer' || !entity.roles.has('domain controller')) continue;
    for (const host of [entity.name, ...claimed(entity, 'host-name')]) {
      const short = host.split('.', 1)[0].toLowerCase();
      if (short === '') continue;
      names.add(host.toLowerCase()).add(short);
      accounts.add(`${short}$`);
    }
    for (const address of claimed(entity, 'address')) addresses.add(address);
  }
  const sorted = (values: Iterable<string>) => [...values].sort();
  return {
    controllerNames: sorted(names),
    controllerAddresses: sorted(addresses),
    controllerNamesAndAddresses: sorted([...names, ...addresses]),
    controllerAccounts: sorted(accounts),
    administrators: sorted(administrators),
  };
}

function claimed({ claims }: KnownEntity, type: IdentifierClaim['type']): string[] {
  return [...claims.values()].filter((claim) => claim.type === type).map((claim) => claim.value);
}

/** Rules compare names of accounts without their domain. */
function accountOf(name: string): string {
  return name.slice(name.lastIndexOf('\\') + 1).toLowerCase();
}
