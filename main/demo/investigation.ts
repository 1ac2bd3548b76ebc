import {
  becomeAdministrator,
  clearLog,
  copyDirectory,
  createServiceOnDatabaseServer,
  executeOnFileServer,
  openDesktopOnController,
  scheduleOnApplicationServer,
  stay,
} from './intrusion/domain-dominance.ts';
import { guess, lookAround, openAttachment, roast, spray, tryDecoy } from './intrusion/foothold.ts';
import { INTRUSION } from './intrusion/intrusion.table.ts';
import { administer } from './ordinary/administration.ts';
import { askForOldPrintServer, refreshPolicies, replicateControllers, startSystemServices } from './ordinary/machines.ts';
import { backUp, changeServices, monitor, runTasks, scan } from './ordinary/operations.ts';
import { type WorkDay, work } from './ordinary/people.ts';
import { runPrograms } from './ordinary/workstations.ts';
import { on, Scene } from './scene.ts';

/** `ordinary` leaves the intrusion out: the same fortnight, with nothing in it to find. */
export type Investigation = 'whole' | 'ordinary';

/**
 * Tells the whole fortnight into a scene. Yields between the parts, a fraction of a second of work at most each, so that the caller can
 * let others run and say how far it is (0 to 1).
 */
export function* tellInvestigation(which: Investigation = 'whole'): Generator<number, Scene> {
  const scene = new Scene();
  const { people } = scene.company;
  const days: WorkDay[] = [];
  for (const [index, person] of people.entries()) {
    days.push(...work(scene, person));
    if (index % 5 === 4) yield (0.5 * (index + 1)) / people.length;
  }
  for (const day of days) if (isWatched(day)) runPrograms(scene, day);
  yield 0.6;
  const parts = [
    refreshPolicies,
    replicateControllers,
    startSystemServices,
    askForOldPrintServer,
    backUp,
    monitor,
    scan,
    runTasks,
    changeServices,
    administer,
  ];
  for (const [index, part] of parts.entries()) {
    part(scene);
    yield 0.6 + (0.35 * (index + 1)) / parts.length;
  }
  if (which === 'whole') intrude(scene, days);
  for (const { events } of scene.logs) events.sort((a, b) => a.at - b.at || a.tick - b.tick);
  yield 1;
  return scene;
}

/** Workstations whose own logs were collected. */
function isWatched({ person }: WorkDay): boolean {
  return person.host.name === INTRUSION.workstation || person.host.name === 'WS-007';
}

function intrude(scene: Scene, days: readonly WorkDay[]): void {
  const phished = days.find(({ person, day }) => person.host.name === INTRUSION.workstation && on(day + 1, '00:00') > INTRUSION.phishedAt)!;
  const shell = openAttachment(scene, phished.session);
  lookAround(scene, shell);
  roast(scene, shell);
  spray(scene, shell);
  guess(scene, shell);
  executeOnFileServer(scene, shell);
  scheduleOnApplicationServer(scene, shell);
  createServiceOnDatabaseServer(scene, shell);
  const session = becomeAdministrator(scene, shell);
  copyDirectory(scene, session);
  stay(scene, session);
  tryDecoy(scene, shell);
  openDesktopOnController(scene, shell.host);
  clearLog(scene, shell.host);
}
