import { ADMINISTRATORS, DOMAIN, PEOPLE, SERVERS, SERVICE_ACCOUNTS, SHIFT_PEOPLE, WITHOUT_PREAUTHENTICATION } from './company.table.ts';

export type Account = {
  readonly name: string;
  readonly sid: string;
  readonly display: string;
  readonly department: string;
  /** Holds administrative privileges where it logs on. */
  readonly isElevated: boolean;
};

export type Host = {
  readonly name: string;
  readonly fqdn: string;
  readonly address: string;
  readonly isServer: boolean;
  readonly machine: Account;
};

export type Person = { readonly account: Account; readonly host: Host };

export type Company = {
  readonly people: readonly Person[];
  readonly hosts: readonly Host[];
  account(name: string): Account;
  host(name: string): Host;
  /** The controller that a host asks. */
  controllerOf(host: Host): Host;
};

/** Accounts and hosts in a fixed order, so that every SID is the same every time. */
export function foundCompany(): Company {
  let rid = 1103;
  const accounts = new Map<string, Account>();
  const enroll = (name: string, display: string, department: string, isElevated: boolean): Account => {
    rid += 1;
    const account = { name, sid: `${DOMAIN.sid}-${rid}`, display, department, isElevated };
    accounts.set(name, account);
    return account;
  };
  const hosts = new Map<string, Host>();
  const install = (name: string, address: string, isServer: boolean): Host => {
    const machine = enroll(`${name}$`, name, '', isServer && name.startsWith('DC'));
    const host = { name, fqdn: `${name}.${DOMAIN.fqdn}`, address, isServer, machine };
    hosts.set(name, host);
    return host;
  };
  accounts.set('Administrator', {
    name: 'Administrator',
    sid: `${DOMAIN.sid}-500`,
    display: 'Administrator',
    department: '',
    isElevated: true,
  });
  for (const [name, address] of SERVERS) install(name, address, true);
  for (const [name, display, department] of ADMINISTRATORS) enroll(name, display, department, true);
  for (const [name, display] of SERVICE_ACCOUNTS) enroll(name, display, 'Services', name === 'svc-backup');
  enroll(WITHOUT_PREAUTHENTICATION, 'Production terminal', 'Production', false);
  const people = PEOPLE.map(([login, display, department], index): Person => {
    const number = index + 1;
    const host = install(`WS-${String(number).padStart(3, '0')}`, `10.20.1.${100 + number}`, false);
    return { account: enroll(login, display, department, false), host };
  });
  for (const [login, display, department] of SHIFT_PEOPLE) enroll(login, display, department, false);
  const controllers = [hosts.get('DC01')!, hosts.get('DC02')!];
  return {
    people,
    hosts: [...hosts.values()],
    account: (name) => found(accounts, name),
    host: (name) => found(hosts, name),
    controllerOf: (host) => controllers[host.name.charCodeAt(host.name.length - 1) % 3 === 0 ? 1 : 0],
  };
}

function found<Item>(items: ReadonlyMap<string, Item>, name: string): Item {
  const item = items.get(name);
  if (item === undefined) throw new Error(`The demo company has no "${name}".`);
  return item;
}
