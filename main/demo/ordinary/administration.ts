import { HOUR, MINUTE, type Micros, SECOND } from '../../../shared/model/time.ts';
import { addMember, changeOwnPassword, DRAWINGS_EDITORS, lockOut, resetPassword, unlock } from '../acts/directory.ts';
import { askTgt, askTicket, failPreAuthentication } from '../acts/kerberos.ts';
import { logOff, logOnAtScreen, logOnOverNetwork, type Session, systemSubject } from '../acts/logons.ts';
import { beginDesktop, changeService, endDesktop, installService, registerTask } from '../acts/remote-control.ts';
import { openShare } from '../acts/shares.ts';
import { on, type Scene } from '../scene.ts';

/** What the two people of the IT department do in the fortnight, all of it ordered and expected. */
export function administer(scene: Scene): void {
  resetPasswords(scene);
  forgetPassword(scene);
  changeGroup(scene);
  maintainServers(scene);
  changePasswords(scene);
}

/** A session on the controller as the directory console of the help desk makes it. */
function openConsole(scene: Scene, at: Micros, lasts: Micros): Session {
  const { company } = scene;
  const [account, from, controller] = [company.account('adm.osei'), company.host('WS-007'), company.host('DC01')];
  askTgt(scene, at - 500_000, account, from, { controller });
  askTicket(scene, at - 200_000, account, controller.machine, from, { controller });
  return logOnOverNetwork(scene, at, account, from, controller, { lasts });
}

function resetPasswords(scene: Scene): void {
  const resets: readonly (readonly [day: number, time: string, account: string])[] = [
    [2, '09:44:12', 'l.pereira'],
    [3, '13:20:47', 'b.orlov'],
    [5, '10:05:31', 'u.becker'],
    [9, '08:52:09', 'q.farrow'],
    [10, '15:11:58', 'n.whelan'],
  ];
  for (const [day, time, name] of resets) {
    const at = on(day, time);
    resetPassword(scene, at, openConsole(scene, at - 40 * SECOND, 4 * MINUTE), scene.company.account(name));
  }
}

/** Back from holiday, the password is gone: a few tries over minutes, a lockout, a call to the help desk. */
function forgetPassword(scene: Scene): void {
  const { company } = scene;
  const person = company.people.find(({ account }) => account.name === 'd.amadi')!;
  const controller = company.host('DC01');
  const at = on(9, '08:31:05');
  for (let attempt = 0; attempt < 5; attempt += 1)
    failPreAuthentication(scene, at + attempt * 41 * SECOND, person.account, person.host, controller);
  lockOut(scene, at + 164 * SECOND + 20_000, person.account, person.host, systemSubject(controller), controller);
  const session = openConsole(scene, on(9, '08:47:20'), 6 * MINUTE);
  unlock(scene, on(9, '08:48:02'), session, person.account);
  resetPassword(scene, on(9, '08:48:40'), session, person.account);
}

/** Ordered by the head of engineering: somebody may now change drawings. No group that rules anything. */
function changeGroup(scene: Scene): void {
  const at = on(4, '14:02:33');
  addMember(scene, at, openConsole(scene, at - 25 * SECOND, 3 * MINUTE), DRAWINGS_EDITORS, scene.company.account('m.iwata'));
}

type Maintenance = { readonly day: number; readonly time: string; readonly host: string; readonly lasts: Micros };

/** Two evenings of updates over RDP; the backup agent gets a new version, installed by its own setup as a service of its own. */
function maintainServers(scene: Scene): void {
  const evenings: readonly Maintenance[] = [
    { day: 3, time: '18:32:10', host: 'FILE01', lasts: HOUR },
    { day: 3, time: '19:41:52', host: 'APP01', lasts: 50 * MINUTE },
    { day: 6, time: '18:05:37', host: 'DC01', lasts: 35 * MINUTE },
    { day: 10, time: '18:20:44', host: 'SQL01', lasts: 80 * MINUTE },
    // The session that was still open when the intruder came to this host.
    { day: 11, time: '15:02:18', host: 'APP01', lasts: 3 * HOUR },
  ];
  evenings.forEach((evening, index) => {
    const session = openDesktop(scene, evening, 2 + index);
    const at = session.at + 9 * MINUTE;
    if (evening.host === 'FILE01' || evening.host === 'SQL01') {
      const command = '"C:\\Program Files\\Tarnbackup\\Agent 9.2\\tbagent.exe" --service';
      installService(scene, at, { name: `TarnbackupAgent92`, command, isOnDemand: false, by: session });
      changeService(scene, at + 6 * SECOND, session.host, 'TarnbackupAgent92', 'Tarnbackup Agent 9.2', true);
    }
    if (evening.day === 3 && evening.host === 'APP01')
      registerTask(scene, at, {
        name: '\\Tarnwick\\Order archive',
        command: 'C:\\Program Files\\OrderDesk\\archive.exe',
        arguments: '--months 18',
        by: session,
        isRemote: false,
      });
  });
}

function openDesktop(scene: Scene, { day, time, host: name, lasts }: Maintenance, sessionId: number): Session {
  const { company } = scene;
  const [account, from, host] = [company.account('adm.ruiz'), company.host('WS-034'), company.host(name)];
  const at = on(day, time);
  askTgt(scene, at - 6 * SECOND, account, from, { controller: company.host('DC01') });
  askTicket(scene, at - 5 * SECOND, account, host.machine, from, { controller: company.host('DC01') });
  // Network level authentication first, the desktop after it.
  logOnOverNetwork(scene, at - 4 * SECOND, account, from, host, { lasts: 2 * SECOND });
  const session = logOnAtScreen(scene, at, account, host, 10, from);
  beginDesktop(scene, at + SECOND, session, sessionId);
  endDesktop(scene, at + lasts, session, sessionId);
  logOff(scene, at + lasts + 3 * SECOND, session, 10);
  return session;
}

/** Passwords run out after ninety days; some do so in any fortnight. */
function changePasswords(scene: Scene): void {
  const changes: readonly (readonly [day: number, time: string, account: string])[] = [
    [2, '08:21:40', 'p.vance'],
    [4, '08:03:15', 'z.haddad'],
    [6, '08:40:02', 'e.sandoval'],
    [10, '07:58:26', 's.graves'],
    [12, '08:15:49', 'h.stroud'],
  ];
  for (const [day, time, name] of changes) {
    const person = scene.company.people.find(({ account }) => account.name === name)!;
    const at = on(day, time);
    const controller = scene.company.host('DC01');
    const session = logOnOverNetwork(scene, at - SECOND, person.account, person.host, controller, { lasts: 20 * SECOND });
    changeOwnPassword(scene, at, session);
    openShare(scene, at + 4 * SECOND, session, 'SYSVOL');
  }
}
