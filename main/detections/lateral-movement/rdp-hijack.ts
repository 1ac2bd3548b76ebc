import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, when } from '../detection.ts';
import { clip, SECURITY, SERVICE_CONTROL, SYSMON, shortHost } from '../record.ts';
import { commandLineOf, explainProcess, PROCESS_READS, PROCESS_STARTED, programOf, runsAs, runsAsSystem } from '../remote-process.ts';
import { SERVICE_INSTALLED, serviceCommandOf } from '../service-image.ts';

/** A session number, and mostly where it shall appear; Local System needs no password for it. */
const TAKE_SESSION = /\btscon(?:\.exe)?"?\s{1,4}[^\s/]/i;
/** Unattended hosts put their session back on the screen this way when a person disconnects. */
const TO_CONSOLE = /\/dest[:\s]\s*console\b/i;
const CREATES_SERVICE = /\b(?:sc(?:\.exe)?"?\s.*\bcreate|new-service)\b/i;

const SERVICE: readonly number[] = [...SERVICE_INSTALLED, 13];

function isService(event: IdentityEvent): boolean {
  return SERVICE.includes(event.eventId);
}

function commandOf(event: IdentityEvent): string {
  return isService(event) ? serviceCommandOf(event) : commandLineOf(event);
}

const TAKES_SESSION: Condition = when('a desktop session is moved to another screen', (event) => TAKE_SESSION.test(commandOf(event)));
const GOES_TO_CONSOLE: Condition = when('the screen is the console', (event) => TO_CONSOLE.test(commandOf(event)));
const IS_SYSTEM: Condition = when('Local System does it', runsAsSystem);

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
    { ...SYSMON, eventIds: [13], needs: 'Sysmon with registry events on', optional: true },
  ],
  steps: [
    { name: 'to-console', eventIds: PROCESS_STARTED, conditions: [TAKES_SESSION, GOES_TO_CONSOLE, IS_SYSTEM] },
    { name: 'to-console', eventIds: SERVICE, conditions: [TAKES_SESSION, GOES_TO_CONSOLE] },
    { name: 'service', eventIds: SERVICE, conditions: [TAKES_SESSION] },
    {
      name: 'service',
      eventIds: PROCESS_STARTED,
      conditions: [TAKES_SESSION, when('a service is made for it', (event) => CREATES_SERVICE.test(commandOf(event)))],
    },
    { name: 'as-system', eventIds: PROCESS_STARTED, conditions: [TAKES_SESSION, IS_SYSTEM] },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    if (!isService(event)) return explainProcess(event, 'which session goes where');
    const service = event.field('ServiceName') || event.field('TargetObject');
    const field = event.eventId === 13 ? 'Details' : event.eventId === 4697 ? 'ServiceFileName' : 'ImagePath';
    return [
      [event.eventId === 13 ? 'TargetObject' : 'ServiceName', service, 'service made for it'],
      [field, clip(commandOf(event), 500), 'which session goes where'],
    ];
  },
  grade({ steps }) {
    if (steps.has('service') || steps.has('as-system')) return { because: 'as Local System, that needs no password' };
    return { severity: 'low', confidence: 'low', because: 'to the console, as unattended hosts do' };
  },
  summary({ anchor }, facts) {
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const command = clip(commandOf(anchor), 120);
    const who = isService(anchor) ? 'A service' : runsAs(anchor) || programOf(anchor);
    return `${who} took over a desktop session on ${host} with "${command}".`;
  },
  benignCauses: ['A script that puts the session of an unattended host back on its console.'],
  firstResponse: [
    'Find whose session was taken (event 4778 or 25 just after) and end it.',
    'Find who has Local System on the host, and how.',
    'Reset the account whose session was taken, and look at what the session did since.',
  ],
};
