import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/model/time.ts';
import { askTgt, askTicket } from '../acts/kerberos.ts';
import { logOff, logOnInBackground, logOnOverNetwork, validateOverNtlm } from '../acts/logons.ts';
import { changeService, runTask } from '../acts/remote-control.ts';
import { openShare, openShareObject } from '../acts/shares.ts';
import { Random } from '../random.ts';
import { DAYS, FIRST_DAY, isWorkday, on, type Scene } from '../scene.ts';

const END = FIRST_DAY + DAYS * DAY;
const WRONG_PASSWORD = 0xc000006a;

/** Backups at night, from one server, by one service account. */
export function backUp(scene: Scene): void {
  const { company } = scene;
  const account = company.account('svc-backup');
  const source = company.host('BACKUP01');
  const random = new Random('backup');
  for (let day = 0; day < DAYS; day += 1) {
    const start = on(day, '22:00') + random.between(2, 9) * SECOND;
    askTgt(scene, start, account, source);
    ['FILE01', 'APP01', 'SQL01'].forEach((name, index) => {
      const host = company.host(name);
      const at = start + index * 50 * MINUTE + random.between(1, 30) * SECOND;
      askTicket(scene, at - 200_000, account, host.machine, source);
      const session = logOnOverNetwork(scene, at, account, source, host, { lasts: random.between(20, 44) * MINUTE });
      openShare(scene, at + SECOND, session, 'Backup');
      for (let part = 1; part <= 4; part += 1)
        openShareObject(scene, at + part * 4 * MINUTE, session, 'Backup', `Sets\\2026-${name}-part${part}.tbk`);
    });
  }
}

/** The monitoring looks at every server every twenty minutes, and one of its checks has had an old password for years. */
export function monitor(scene: Scene): void {
  const { company } = scene;
  const account = company.account('svc-monitor');
  const source = company.host('MON01');
  const random = new Random('monitoring');
  for (let at = FIRST_DAY + 3 * MINUTE; at < END; at += 20 * MINUTE) {
    if (random.chance(0.05)) askTgt(scene, at - SECOND, account, source);
    ['DC01', 'DC02', 'FILE01', 'APP01', 'SQL01'].forEach((name, index) => {
      const lookedAt = at + index * 4 * SECOND + random.between(0, 900_000);
      if (random.chance(0.1)) askTicket(scene, lookedAt - 80_000, account, company.host(name).machine, source);
      logOnOverNetwork(scene, lookedAt, account, source, company.host(name), { lasts: 3 * SECOND });
    });
    if (random.chance(0.7)) validateOverNtlm(scene, at + 30 * SECOND, 'svc-monitor', source, WRONG_PASSWORD);
  }
}

/** Scanners put what they scan on a share, over NTLM as such devices do. */
export function scan(scene: Scene): void {
  const { company } = scene;
  const random = new Random('scanner');
  for (let day = 0; day < DAYS; day += 1) {
    if (!isWorkday(day)) continue;
    for (let count = random.between(9, 18); count > 0; count -= 1) {
      const at = on(day, '08:10') + random.between(0, 8 * 60) * MINUTE + random.between(0, 59) * SECOND;
      const session = logOnOverNetwork(scene, at, company.account('svc-scan'), company.host('PRINT01'), company.host('FILE01'), {
        ntlm: true,
        lasts: 20 * SECOND,
      });
      openShareObject(
        scene,
        at + 2 * SECOND,
        session,
        'Company',
        `Scans\\Scan-${on(day, '00:00') / DAY}-${random.between(100, 999)}.pdf`,
        0x2,
      );
    }
  }
}

const TASKS: readonly (readonly [name: string, program: string, everyHours: number])[] = [
  ['\\Tarnwick\\Order export', 'C:\\Program Files\\OrderDesk\\export.exe', 1],
  ['\\Microsoft\\Windows\\UpdateOrchestrator\\Schedule Scan', 'C:\\Windows\\System32\\usoclient.exe', 22],
  ['\\Microsoft\\Windows\\Time Synchronization\\SynchronizeTime', 'C:\\Windows\\System32\\sc.exe', 24],
  ['\\Microsoft\\Windows\\Defrag\\ScheduledDefrag', 'C:\\Windows\\System32\\defrag.exe', 24],
];

/** What the order system does by itself: tasks by the hour, a service account that signs in for them. */
export function runTasks(scene: Scene): void {
  const { company } = scene;
  const host = company.host('APP01');
  const account = company.account('svc-erp');
  for (const [name, program, everyHours] of TASKS) {
    const random = new Random(`task ${name}`);
    for (let at = FIRST_DAY + random.between(1, 55) * MINUTE; at < END; at += everyHours * HOUR) {
      const isOrders = name.startsWith('\\Tarnwick');
      runTask(scene, at, host, name, program, isOrders ? 'TARNWICK\\svc-erp' : 'NT AUTHORITY\\SYSTEM', random.between(2, 40) * SECOND);
      if (!isOrders) continue;
      const session = logOnInBackground(scene, at - 30_000, account, host, 4);
      logOff(scene, at + 45 * SECOND, session, 4);
    }
  }
}

const SERVICES: readonly (readonly [service: string, display: string])[] = [
  ['BITS', 'Background Intelligent Transfer Service'],
  ['wuauserv', 'Windows Update'],
  ['WinHttpAutoProxySvc', 'WinHTTP Web Proxy Auto-Discovery Service'],
  ['swprv', 'Microsoft Software Shadow Copy Provider'],
  ['VSS', 'Volume Shadow Copy'],
  ['TrustedInstaller', 'Windows Modules Installer'],
];

export function changeServices(scene: Scene): void {
  for (const name of ['DC01', 'FILE01', 'SQL01']) {
    const random = new Random(`services of ${name}`);
    const host = scene.company.host(name);
    for (let at = FIRST_DAY + random.between(1, 200) * MINUTE; at < END; at += random.between(60, 300) * MINUTE) {
      const [service, display] = random.pick(SERVICES);
      changeService(scene, at, host, service, display, true);
      changeService(scene, at + random.between(2, 14) * MINUTE, host, service, display, false);
    }
  }
}
