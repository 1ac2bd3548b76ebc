import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { clip, SECURITY, SERVICE_CONTROL, shortHost } from '../record.ts';
import { COMMAND_READ, commandLineOf, explainProcess, PROCESS_READS, programOf, runsAs, runsAsSystem } from '../remote-process.ts';

/** A session number, then where it shall appear; Local System needs no password for it. */
const TAKE_SESSION = /\btscon(?:\.exe)?"?\s{1,4}\S.*\/dest[:\s]/i;
/** Unattended hosts put their session back on the screen this way when a person disconnects. */
const TO_CONSOLE = /\/dest[:\s]\s*console\b/i;
const CREATES_SERVICE = /\b(?:sc(?:\.exe)?"?\s.*\bcreate|new-service)\b/i;

function serviceCommand(event: IdentityEvent): string {
  return event.field(event.eventId === 4697 ? 'ServiceFileName' : 'ImagePath').slice(0, COMMAND_READ);
}

function isService(event: IdentityEvent): boolean {
  return event.eventId === 7045 || event.eventId === 4697;
}

function matchCommand(event: IdentityEvent): Match {
  const command = isService(event) ? serviceCommand(event) : commandLineOf(event);
  if (!TAKE_SESSION.test(command)) return null;
  if (TO_CONSOLE.test(command)) return isService(event) || runsAsSystem(event) ? counts('to-console') : null;
  if (isService(event) || CREATES_SERVICE.test(command)) return counts('service');
  return runsAsSystem(event) ? counts('as-system') : null;
}

export const rdpHijack: Detection = {
  id: 'rdp-hijack',
  externalId: null,
  catalogueName: '',
  title: 'Remote Desktop session taken over',
  whatItSees: 'Local System, or a service made for it, moved the session of a user to another screen.',
  whyItMatters: 'The session opens without the password of its owner, with everything that is open in it.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Lateral Movement'],
  techniques: ['T1563.002'],
  reads: [
    ...PROCESS_READS,
    { ...SECURITY, eventIds: [4697], needs: 'Security logs with "Audit Security System Extension" on' },
    { ...SERVICE_CONTROL, eventIds: [7045], needs: 'the System log' },
  ],
  matches: matchCommand,
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    if (!isService(event)) return explainProcess(event, 'which session goes where');
    return [
      ['ServiceName', event.field('ServiceName'), 'service made for it'],
      [event.eventId === 4697 ? 'ServiceFileName' : 'ImagePath', clip(serviceCommand(event), 500), 'which session goes where'],
    ];
  },
  grade({ steps }) {
    if (steps.has('service') || steps.has('as-system')) return { because: 'as Local System, that needs no password' };
    return { severity: 'low', confidence: 'low', because: 'to the console, as unattended hosts do' };
  },
  summary({ anchor }, facts) {
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const command = clip(isService(anchor) ? serviceCommand(anchor) : commandLineOf(anchor), 120);
    const who = isService(anchor) ? `A service (${anchor.field('ServiceName')})` : runsAs(anchor) || programOf(anchor);
    return `${who} took over a desktop session on ${host} with "${command}".`;
  },
  benignCauses: ['A script that puts the session of an unattended host back on its console.'],
  firstResponse: [
    'Find whose session was taken (event 4778 or 25 just after) and end it.',
    'Find who has Local System on the host, and how.',
    'Reset the account whose session was taken, and look at what the session did since.',
  ],
};
