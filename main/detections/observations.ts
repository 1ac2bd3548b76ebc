import type { AccountRef, IdentityEvent } from '../../shared/model/event.ts';
import { MINUTE, type Micros } from '../../shared/model/time.ts';
import { baseName, given, isImpersonal, isMachineName, shortHost } from './record.ts';
import { isStrongPasswordTicket } from './tickets.ts';

/** A logon from elsewhere (or with other credentials) that is still worth remembering. */
export type OpenedSession = {
  readonly at: Micros;
  readonly logonType: number;
  readonly account: AccountRef | null;
  readonly accountEntity: string;
  readonly sourceEntity: string;
  readonly sourceAddress: string;
  readonly sourceHost: string;
};

/** Somebody reached a host over the network: logged on, or opened an administrative share or a named pipe of control. */
export type RemoteTouch = {
  readonly at: Micros;
  readonly what: 'logon' | 'admin-share' | 'pipe';
  /** Pipe or share in lower case (`svcctl`, `admin$`); empty for a logon. */
  readonly name: string;
  readonly account: AccountRef | null;
  readonly source: string;
  readonly sourceEntity: string;
  readonly logonId: string;
};

/** Events that the observations live on, beside those that detections read. */
export const OBSERVED_EVENT_IDS = [4624, 4741, 4742, 4768, 4769, 4771, 5140, 5145] as const;

/** Pipes over which a host is controlled from elsewhere ([MS-SCMR] 2.1.1, [MS-TSCH] 2.1, [MS-RRP] 2.1). */
const CONTROL_PIPES = new Set(['svcctl', 'atsvc', 'winreg']);

const SESSIONS_HELD = 50_000;
const HOSTS_HELD = 20_000;
const TOUCHES_PER_HOST = 64;
const TOUCH_HELD: Micros = 10 * MINUTE;
const SERVICES_HELD = 20_000;
const CLIENTS_PER_SERVICE = 16;
const ACCOUNTS_HELD = 20_000;
const SOURCES_PER_ACCOUNT = 16;
const ADDRESSES_PER_HOST = 16;

/** Logon types that come from elsewhere or carry other credentials than the caller's. */
const REMOTE_LOGON_TYPES = new Set([3, 8, 9, 10]);

/** Workstation trust account and server (domain controller) trust account ([MS-SAMR] 2.2.1.12), and their primary groups. */
const PRIMARY_GROUP_COMPUTERS = '515';
const PRIMARY_GROUP_CONTROLLERS = new Set(['516', '521']);

/**
 * What the events seen so far say, kept in the one ordered pass over them. Every collection has an upper bound; the
 * oldest entry goes first, so hostile input costs precision and never memory.
 */
export class Observations {
  readonly #sessions = new Map<string, OpenedSession>();
  readonly #touches = new Map<string, RemoteTouch[]>();
  readonly #controllers = new Map<string, boolean>();
  readonly #weakTicketClients = new Map<string, Set<string>>();
  /** By host: addresses from which its own machine account logged on to it. */
  readonly #ownAddresses = new Map<string, Set<string>>();
  /** By account: from where, and when last, it got a ticket-granting ticket with AES. */
  readonly #strongTickets = new Map<string, Map<string, Micros>>();

  /** Called with every event before detections see it. */
  observe(event: IdentityEvent): void {
    switch (event.eventId) {
      case 4624:
        if (event.kind === 'logon') this.#logon(event);
        break;
      case 4741:
      case 4742:
        if (event.kind === 'computer-created' || event.kind === 'computer-changed') this.#computer(event);
        break;
      case 4768:
      case 4769:
      case 4771:
        if (event.computerEntity !== '' && isTicketKind(event)) remember(this.#controllers, event.computerEntity, true, HOSTS_HELD);
        if (event.kind === 'tgt-request' && !isImpersonal(event.target) && isStrongPasswordTicket(event)) this.#strongTicket(event);
        break;
      case 5140:
      case 5145:
        if (event.kind === 'share-accessed' || event.kind === 'share-object-accessed') this.#share(event);
        break;
    }
  }

  /** Called after detections saw the event: what must not count itself. */
  observeAfter(event: IdentityEvent, weakTicketService: string, client: string): void {
    if (event.eventId !== 4769 || weakTicketService === '') return;
    const known = this.#weakTicketClients.get(weakTicketService) ?? new Set<string>();
    if (known.size < CLIENTS_PER_SERVICE) known.add(client);
    remember(this.#weakTicketClients, weakTicketService, known, SERVICES_HELD);
  }

  isDomainController(entityId: string): boolean | undefined {
    return this.#controllers.get(entityId);
  }

  session(event: IdentityEvent, logonId: string): OpenedSession | null {
    const id = sessionId(logonId);
    return id === '' ? null : (this.#sessions.get(`${shortHost(event.computer)}|${id}`) ?? null);
  }

  touches(event: IdentityEvent, within: Micros): readonly RemoteTouch[] {
    const all = this.#touches.get(shortHost(event.computer));
    return all === undefined ? [] : all.filter((touch) => touch.at >= event.at - within && touch.at <= event.at);
  }

  /** Addresses from which the account of the event got ticket-granting tickets with AES, at most `within` before it. */
  strongTicketSources(event: IdentityEvent, within: Micros): readonly string[] {
    const sources = [...(this.#strongTickets.get(ticketHolder(event)) ?? [])];
    return sources.filter(([, at]) => at >= event.at - within && at <= event.at).map(([address]) => address);
  }

  isOwnAddress({ computer, sourceAddress }: IdentityEvent): boolean {
    return this.#ownAddresses.get(shortHost(computer))?.has(sourceAddress) ?? false;
  }

  weakTicketClients(service: string): number {
    return this.#weakTicketClients.get(service)?.size ?? 0;
  }

  #strongTicket(event: IdentityEvent): void {
    const account = ticketHolder(event);
    const sources = this.#strongTickets.get(account) ?? new Map<string, Micros>();
    remember(sources, event.sourceAddress, event.at, SOURCES_PER_ACCOUNT);
    remember(this.#strongTickets, account, sources, ACCOUNTS_HELD);
  }

  #logon(event: IdentityEvent): void {
    if (!REMOTE_LOGON_TYPES.has(event.logonType)) return;
    if (isImpersonal(event.target)) {
      this.#ownLogon(event);
      return;
    }
    const logonId = sessionId(event.field('TargetLogonId'));
    const { at, logonType, target, targetEntity, sourceEntity, sourceAddress, sourceHost } = event;
    const session = { at, logonType, account: target, accountEntity: targetEntity, sourceEntity, sourceAddress, sourceHost };
    if (logonId !== '') remember(this.#sessions, `${shortHost(event.computer)}|${logonId}`, session, SESSIONS_HELD);
    if (logonType === 3 && (sourceAddress !== '' || sourceHost !== '')) {
      this.#touch(event, { at, what: 'logon', name: '', account: target, source: sourceAddress || sourceHost, sourceEntity, logonId });
    }
  }

  #ownLogon({ computer, target, sourceAddress }: IdentityEvent): void {
    const host = shortHost(computer);
    if (sourceAddress === '' || target?.name.toLowerCase() !== `${host}$`) return;
    const held = this.#ownAddresses.get(host) ?? new Set<string>();
    if (held.size < ADDRESSES_PER_HOST) held.add(sourceAddress);
    remember(this.#ownAddresses, host, held, HOSTS_HELD);
  }

  #share(event: IdentityEvent): void {
    if (event.sourceAddress === '') return;
    const share = baseName(event.field('ShareName')).toLowerCase();
    const pipe = share === 'ipc$' ? event.field('RelativeTargetName').toLowerCase() : '';
    const isAdminShare = share === 'admin$' || /^[a-z]\$$/.test(share);
    if (!isAdminShare && !CONTROL_PIPES.has(pipe)) return;
    const { at, actor, sourceAddress, sourceEntity } = event;
    const logonId = sessionId(event.field('SubjectLogonId'));
    this.#touch(event, {
      at,
      what: isAdminShare ? 'admin-share' : 'pipe',
      name: isAdminShare ? share : pipe,
      account: actor,
      source: sourceAddress,
      sourceEntity,
      logonId,
    });
  }

  #touch(event: IdentityEvent, touch: RemoteTouch): void {
    const host = shortHost(event.computer);
    const held = this.#touches.get(host) ?? [];
    while (held.length > 0 && (held.length >= TOUCHES_PER_HOST || held[0].at < touch.at - TOUCH_HELD)) held.shift();
    held.push(touch);
    remember(this.#touches, host, held, HOSTS_HELD);
  }

  /** A computer account says itself whether it is a controller; what a host does outweighs it. */
  #computer(event: IdentityEvent): void {
    const entity = event.targetEntity;
    if (entity === '' || event.target === null || !isMachineName(event.target.name)) return;
    const group = given(event.field('PrimaryGroupId'));
    if (PRIMARY_GROUP_CONTROLLERS.has(group)) remember(this.#controllers, entity, true, HOSTS_HELD);
    else if (group === PRIMARY_GROUP_COMPUTERS && !this.#controllers.has(entity)) remember(this.#controllers, entity, false, HOSTS_HELD);
  }
}

function ticketHolder(event: IdentityEvent): string {
  return event.targetEntity || event.field('TargetUserName').toLowerCase();
}

function isTicketKind(event: IdentityEvent): boolean {
  return event.kind === 'tgt-request' || event.kind === 'service-ticket-request' || event.kind === 'kerberos-failure';
}

function sessionId(logonId: string): string {
  const id = given(logonId).toLowerCase();
  return id === '0x0' || id === '0x3e7' || id === '0x3e4' || id === '0x3e5' || id === '0x3e6' ? '' : id;
}

function remember<Value>(into: Map<string, Value>, key: string, value: Value, held: number): void {
  into.delete(key);
  into.set(key, value);
  if (into.size > held) {
    const oldest = into.keys().next();
    if (!oldest.done) into.delete(oldest.value);
  }
}
