import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/model/time.ts';
import { GET_CHANGES, GET_CHANGES_ALL, replicate } from '../acts/directory.ts';
import { askTgt, askTicket } from '../acts/kerberos.ts';
import { logOnOverNetwork, startSystemService } from '../acts/logons.ts';
import { DOMAIN } from '../company.table.ts';
import type { Host } from '../company.ts';
import { Random } from '../random.ts';
import { DAYS, FIRST_DAY, isWorkday, on, type Scene } from '../scene.ts';

const END = FIRST_DAY + DAYS * DAY;

/** Group policy and time: every machine asks its controller again and again while it runs. */
export function refreshPolicies(scene: Scene): void {
  for (const host of scene.company.hosts) {
    if (host.name === 'DC01' || host.name === 'DC02') continue;
    const random = new Random(`policy of ${host.name}`);
    if (host.isServer) {
      for (let at = FIRST_DAY + random.between(0, 90) * MINUTE; at < END; at += random.between(110, 150) * MINUTE) refresh(scene, host, at);
      continue;
    }
    for (let day = 0; day < DAYS; day += 1) {
      if (!isWorkday(day)) continue;
      for (let at = on(day, '09:20') + random.between(0, 60) * MINUTE; at < on(day, '16:15'); at += random.between(95, 125) * MINUTE)
        refresh(scene, host, at);
    }
  }
}

function refresh(scene: Scene, host: Host, at: number): void {
  const controller = scene.company.controllerOf(host);
  if (scene.random.chance(0.3)) askTgt(scene, at - 200_000, host.machine, host);
  askTicket(scene, at, host.machine, controller.machine, host);
  logOnOverNetwork(scene, at + 150_000, host.machine, host, controller, { lasts: scene.random.between(4, 30) * SECOND });
}

/** The controllers copy the directory from each other, with the rights by which an intruder would. */
export function replicateControllers(scene: Scene): void {
  const [first, second] = [scene.company.host('DC01'), scene.company.host('DC02')];
  const random = new Random('replication');
  for (let at = FIRST_DAY + 7 * MINUTE; at < END; at += random.between(50, 70) * MINUTE) {
    pull(scene, at, second, first);
    pull(scene, at + random.between(20, 90) * SECOND, first, second);
  }
}

function pull(scene: Scene, at: number, by: Host, from: Host): void {
  askTicket(scene, at - 100_000, by.machine, from.machine, by, { controller: from });
  const { logonId } = logOnOverNetwork(scene, at, by.machine, by, from, { isElevated: true, lasts: 70 * SECOND });
  const subject = {
    SubjectUserSid: by.machine.sid,
    SubjectUserName: by.machine.name,
    SubjectDomainName: DOMAIN.netbios,
    SubjectLogonId: logonId,
  };
  replicate(scene, at + 60_000, subject, from, GET_CHANGES);
  if (scene.random.chance(0.4)) replicate(scene, at + 61_000, subject, from, GET_CHANGES_ALL);
}

/** Windows starts services of its own at all hours. */
export function startSystemServices(scene: Scene): void {
  for (const name of ['DC01', 'DC02', 'FILE01', 'APP01', 'SQL01']) {
    const random = new Random(`system of ${name}`);
    for (let at = FIRST_DAY + random.between(0, 60) * MINUTE; at < END; at += random.between(40, 200) * MINUTE)
      startSystemService(scene, at, scene.company.host(name));
  }
  for (const name of ['WS-007', 'WS-014']) {
    const random = new Random(`system of ${name}`);
    for (let day = 0; day < DAYS; day += 1) {
      if (!isWorkday(day)) continue;
      for (let at = on(day, '07:40'); at < on(day, '17:00'); at += random.between(8, 45) * MINUTE)
        startSystemService(scene, at, scene.company.host(name));
    }
  }
}

/** An old print server that has no AES keys: RC4 tickets for a machine account, whose password nobody guesses. */
export function askForOldPrintServer(scene: Scene): void {
  const random = new Random('old print server');
  const { company } = scene;
  for (let at = FIRST_DAY + HOUR; at < END; at += random.between(5, 7) * HOUR)
    askTicket(scene, at, company.account('svc-backup'), company.host('PRINT01').machine, company.host('BACKUP01'), { encryption: 0x17 });
}
