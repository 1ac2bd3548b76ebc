import type { Micros } from '../../../shared/model/time.ts';
import { DOMAIN } from '../company.table.ts';
import type { Account, Host } from '../company.ts';
import type { Scene } from '../scene.ts';

export const AES256 = 0x12;
export const RC4 = 0x17;
export const WRONG_PASSWORD = 0x18;

export type TicketChoice = {
  readonly encryption?: number;
  readonly options?: number;
  readonly preAuthentication?: string;
  readonly controller?: Host;
};

function clientAddress(scene: Scene, from: Host, controller: Host): { IpAddress: string; IpPort: string } {
  if (from === controller) return { IpAddress: '::1', IpPort: '0' };
  return { IpAddress: `::ffff:${from.address}`, IpPort: scene.port() };
}

/** 4768: a ticket-granting ticket is issued. */
export function askTgt(scene: Scene, at: Micros, account: Account, from: Host, choice: TicketChoice = {}): void {
  const controller = choice.controller ?? scene.company.controllerOf(from);
  scene.record(controller, 'tgtRequest', at, {
    TargetUserName: account.name,
    TargetDomainName: DOMAIN.realm,
    TargetSid: account.sid,
    ServiceName: 'krbtgt',
    ServiceSid: `${DOMAIN.sid}-502`,
    TicketOptions: choice.options ?? 0x40810010,
    Status: 0,
    TicketEncryptionType: choice.encryption ?? AES256,
    PreAuthType: choice.preAuthentication ?? '2',
    ...clientAddress(scene, from, controller),
    CertIssuerName: '',
    CertSerialNumber: '',
    CertThumbprint: '',
  });
}

/** 4771: the password was wrong. */
export function failPreAuthentication(
  scene: Scene,
  at: Micros,
  account: Account,
  from: Host,
  controller = scene.company.controllerOf(from),
): void {
  scene.record(controller, 'preAuthenticationFailed', at, {
    TargetUserName: account.name,
    TargetSid: account.sid,
    ServiceName: `krbtgt/${DOMAIN.netbios}`,
    TicketOptions: 0x40810010,
    Status: WRONG_PASSWORD,
    PreAuthType: '2',
    ...clientAddress(scene, from, controller),
    CertIssuerName: '',
    CertSerialNumber: '',
    CertThumbprint: '',
  });
}

/** 4769: a ticket for a service is issued. */
export function askTicket(scene: Scene, at: Micros, account: Account, service: Account, from: Host, choice: TicketChoice = {}): void {
  const controller = choice.controller ?? scene.company.controllerOf(from);
  scene.record(controller, 'serviceTicket', at, {
    TargetUserName: `${account.name}@${DOMAIN.realm}`,
    TargetDomainName: DOMAIN.realm,
    ServiceName: service.name,
    ServiceSid: service.sid,
    TicketOptions: choice.options ?? 0x40810000,
    TicketEncryptionType: choice.encryption ?? AES256,
    ...clientAddress(scene, from, controller),
    Status: 0,
    LogonGuid: scene.random.guid(),
  });
}

/** 4770: a ticket-granting ticket gets ten more hours. */
export function renewTicket(scene: Scene, at: Micros, account: Account, from: Host): void {
  const controller = scene.company.controllerOf(from);
  scene.record(controller, 'ticketRenewal', at, {
    TargetUserName: `${account.name}@${DOMAIN.realm}`,
    TargetDomainName: DOMAIN.realm,
    ServiceName: 'krbtgt',
    ServiceSid: `${DOMAIN.sid}-502`,
    TicketOptions: 0x10002,
    TicketEncryptionType: AES256,
    ...clientAddress(scene, from, controller),
  });
}
