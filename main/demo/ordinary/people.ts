import { HOUR, MINUTE, type Micros, SECOND } from '../../../shared/model/time.ts';
import { askTgt, askTicket, failPreAuthentication, renewTicket } from '../acts/kerberos.ts';
import { logOff, logOnAtScreen, logOnOverNetwork, refuseAtScreen, type Session } from '../acts/logons.ts';
import { openShare, openShareObject } from '../acts/shares.ts';
import { DEPARTMENT_SHARES, DOCUMENTS, DOMAIN } from '../company.table.ts';
import type { Person } from '../company.ts';
import { INTRUSION } from '../intrusion/intrusion.table.ts';
import { Random } from '../random.ts';
import { DAYS, isWorkday, on, type Scene } from '../scene.ts';

/** Departments that work in the order system, and those that also read the database with their own tools. */
const ORDER_SYSTEM = new Set(['Sales', 'Purchasing', 'Finance', 'Logistics', 'Production']);
const DATABASE = new Set(['Finance', 'Engineering']);
const AWAY_SHARE = 0.06;
const MISTAKE_SHARE = 0.07;

export type WorkDay = {
  readonly person: Person;
  readonly day: number;
  readonly session: Session;
  readonly from: Micros;
  readonly until: Micros;
};

/** One person's fortnight: in the morning, at lunch, in the evening; returns the days at work for what happens on the workstation itself. */
export function work(scene: Scene, person: Person): WorkDay[] {
  const random = new Random(`work of ${person.account.name}`);
  const days: WorkDay[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    if (!isWorkday(day)) continue;
    const isAway = random.chance(AWAY_SHARE) && !isNeeded(person);
    if (!isAway) days.push(workOneDay(scene, person, day, random, days.at(-1)));
  }
  return days;
}

/** Whose days the intrusion needs: they neither stay at home nor, in its last days, sign out in the evening. */
function isNeeded({ host }: Person): boolean {
  return host.name === INTRUSION.workstation;
}

function staysSignedIn(person: Person, day: number): boolean {
  return isNeeded(person) && on(day + 1, '00:00') > INTRUSION.phishedAt;
}

function workOneDay(scene: Scene, person: Person, day: number, random: Random, before: WorkDay | undefined): WorkDay {
  const { host } = person;
  const arrives = on(day, '07:35') + random.between(0, 95 * 60) * SECOND + random.between(0, 999_999);
  const leaves = on(day, '16:20') + random.between(0, 110 * 60) * SECOND + random.between(0, 999_999);
  const lunch = on(day, '11:50') + random.between(0, 70 * 60) * SECOND;
  const back = lunch + random.between(25, 55) * MINUTE;
  const mistakes = random.chance(MISTAKE_SHARE) ? random.between(1, 2) : 0;
  const isSignedIn = before !== undefined && staysSignedIn(person, before.day);
  if (!isSignedIn) startWorkstation(scene, person, arrives - random.between(60, 180) * SECOND);
  const arrived = signIn(scene, person, arrives, isSignedIn ? 7 : 2, mistakes);
  const session = isSignedIn ? before.session : arrived;
  scene.record(host, 'workstationLocked', lunch, screenOf(session));
  const unlocked = signIn(scene, person, back, 7, random.chance(MISTAKE_SHARE / 2) ? 1 : 0);
  scene.record(host, 'workstationUnlocked', back + 40_000, screenOf(session));
  logOff(scene, back + 60_000, unlocked, 7);
  for (let visit = random.between(3, 5); visit > 0; visit -= 1) {
    const at = arrives + random.next() * (leaves - arrives - 20 * MINUTE);
    if (at < lunch || at > back) visitFileServer(scene, person, at, random);
  }
  workInApplications(scene, person, arrives + random.between(5, 150) * MINUTE, random);
  workInApplications(scene, person, back + random.between(5, 120) * MINUTE, random);
  renewTicket(scene, arrives + 7 * HOUR + random.between(0, 40) * MINUTE, host.machine, host);
  if (staysSignedIn(person, day)) {
    scene.record(host, 'workstationLocked', leaves, screenOf(session));
  } else {
    scene.record(host, 'userLogoff', leaves, userOf(session));
    logOff(scene, leaves + 2 * SECOND, session, 2);
  }
  return { person, day, session, from: arrives, until: leaves };
}

function userOf({ account, logonId }: Session): Record<string, string | number> {
  return { TargetUserSid: account.sid, TargetUserName: account.name, TargetDomainName: DOMAIN.netbios, TargetLogonId: logonId };
}

function screenOf(session: Session): Record<string, string | number> {
  return { ...userOf(session), SessionId: 1 };
}

/** The machine itself signs in and reads its policy before anybody sits down. */
function startWorkstation(scene: Scene, { host }: Person, at: Micros): void {
  const controller = scene.company.controllerOf(host);
  askTgt(scene, at, host.machine, host);
  askTicket(scene, at + 300_000, host.machine, controller.machine, host);
  const session = logOnOverNetwork(scene, at + 450_000, host.machine, host, controller, { lasts: 12 * SECOND });
  openShare(scene, at + 700_000, session, 'SYSVOL');
}

function signIn(scene: Scene, { account, host }: Person, at: Micros, logonType: 2 | 7, mistakes: number): Session {
  const controller = scene.company.controllerOf(host);
  for (let left = mistakes; left > 0; left -= 1) {
    const failedAt = at - left * 14 * SECOND;
    failPreAuthentication(scene, failedAt, account, host);
    refuseAtScreen(scene, failedAt + 20_000, account, host, logonType);
  }
  askTgt(scene, at - 90_000, account, host);
  askTicket(scene, at - 60_000, account, host.machine, host);
  const session = logOnAtScreen(scene, at, account, host, logonType);
  if (logonType === 2) {
    askTicket(scene, at + 800_000, account, controller.machine, host);
    const policy = logOnOverNetwork(scene, at + 900_000, account, host, controller, { lasts: 11 * SECOND });
    openShare(scene, at + 1_200_000, policy, 'SYSVOL');
  }
  return session;
}

function visitFileServer(scene: Scene, { account, host }: Person, at: Micros, random: Random): void {
  const server = scene.company.host('FILE01');
  if (random.chance(0.5)) askTicket(scene, at - 50_000, account, server.machine, host);
  const session = logOnOverNetwork(scene, at, account, host, server, { lasts: random.between(6, 25) * MINUTE });
  const share = random.pick(DEPARTMENT_SHARES[account.department] ?? ['Company']);
  openShare(scene, at + 30_000, session, share);
  for (let files = random.between(0, 2); files > 0; files -= 1)
    openShareObject(scene, at + random.between(1, 240) * SECOND, session, share, random.pick(DOCUMENTS));
}

function workInApplications(scene: Scene, { account, host }: Person, at: Micros, random: Random): void {
  const { company } = scene;
  if (ORDER_SYSTEM.has(account.department)) {
    askTicket(scene, at, account, company.account('svc-erp'), host);
    logOnOverNetwork(scene, at + 80_000, account, host, company.host('APP01'), { lasts: random.between(3, 9) * MINUTE });
  }
  if (DATABASE.has(account.department)) {
    askTicket(scene, at + 40 * SECOND, account, company.account('svc-sql'), host);
    logOnOverNetwork(scene, at + 40 * SECOND + 90_000, account, host, company.host('SQL01'), { lasts: random.between(4, 30) * MINUTE });
  }
  if (random.chance(0.4)) askTicket(scene, at + 3 * MINUTE, account, company.account('svc-web'), host);
  if (random.chance(0.5)) askTicket(scene, at + 5 * MINUTE, account, company.host('PRINT01').machine, host);
}
