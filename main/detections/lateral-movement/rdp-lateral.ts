import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, unless, when } from '../detection.ts';
import { baseName, clip, plural, SYSMON, shortHost } from '../record.ts';
import { DESKTOP_CLIENT, DESKTOP_READS, desktopCaller, desktopUser } from '../remote-desktop.ts';
import { commandLineOf, explainProcess, imageOf, PROCESS_READS, PROCESS_STARTED, programOf, runsAs } from '../remote-process.ts';

/** Drive of the caller, as a session of Remote Desktop sees it. */
const CALLERS_DRIVE = /^"?\\\\tsclient\\/i;
/** The client's library, and the programs of Windows and of well-known consoles that load it. */
const CLIENT_LIBRARY = /^mstscax\.dll$/i;
const CLIENT_PROGRAM =
  /^(?:mstsc|msrdc\w*|rdcman|mmc|vmconnect|svchost|sihost|dllhost|explorer|wsl\w*|mremoteng|remotedesktopmanager\w*)\.exe$/i;
const CLIENT_IDS = [1024, 1102];

function callerOf(event: IdentityEvent): string {
  if (CLIENT_IDS.includes(event.eventId)) return event.field('Value');
  return desktopCaller(event)?.address ?? '';
}

export const rdpLateral: Detection = {
  id: 'rdp-lateral',
  externalId: null,
  catalogueName: '',
  title: 'Remote Desktop session from another host',
  whatItSees: 'Somebody opened the desktop of a host over Remote Desktop, or started a program from the drive of the caller in it.',
  whyItMatters: 'It is ordinary work; it is also how an intruder with a password moves on. The list helps to follow one.',
  severity: 'informational',
  confidence: 'medium',
  tactics: ['Lateral Movement'],
  techniques: ['T1021.001'],
  reads: [
    ...DESKTOP_READS,
    ...PROCESS_READS,
    { ...SYSMON, eventIds: [7], needs: 'Sysmon with image loads on', optional: true },
    {
      channel: `${DESKTOP_CLIENT}/Operational`,
      provider: DESKTOP_CLIENT,
      eventIds: CLIENT_IDS,
      needs: `the log ${DESKTOP_CLIENT}/Operational of the calling host`,
    },
  ],
  steps: [
    {
      name: 'program-of-caller',
      eventIds: PROCESS_STARTED,
      conditions: [
        when(
          'the program lies on the drive of the caller',
          (event) => CALLERS_DRIVE.test(imageOf(event)) || CALLERS_DRIVE.test(commandLineOf(event)),
        ),
      ],
    },
    {
      name: 'other-client',
      eventIds: [7],
      conditions: [
        when('the library of the Remote Desktop client is loaded', (event) => CLIENT_LIBRARY.test(baseName(event.field('ImageLoaded')))),
        unless('a client or console of Remote Desktop', (event) => CLIENT_PROGRAM.test(baseName(event.field('Image')))),
      ],
    },
    {
      name: 'client-command',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('it is the Remote Desktop client', (event) => programOf(event) === 'mstsc.exe'),
        when('it is told which host to call', (event) => /\s\/v:/i.test(commandLineOf(event))),
      ],
    },
    { name: 'client', eventIds: CLIENT_IDS, conditions: [when('a host is called', (event) => event.field('Value') !== '')] },
    {
      name: 'session',
      eventIds: DESKTOP_READS.flatMap((reading) => reading.eventIds),
      conditions: [when('a caller opens the desktop', (event) => desktopCaller(event) !== null)],
    },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: callerOf, words: 'distinct addresses' },
  },
  explain(event, _facts, step) {
    if (step === 'client-command') return explainProcess(event, 'host that is called');
    if (step === 'program-of-caller') return explainProcess(event, 'runs from the drive of the caller');
    if (step === 'other-client') {
      return [
        ['Image', event.field('Image'), 'program that acts as a client'],
        ['ImageLoaded', event.field('ImageLoaded'), 'library of the Remote Desktop client'],
      ];
    }
    if (step === 'client') return [['Value', event.field('Value'), 'host that was called']];
    const user = desktopUser(event);
    const from = [desktopCaller(event)?.field ?? 'Address', callerOf(event), 'from where'] as const;
    return user === '' ? [from] : [from, ['User', user, 'whose session']];
  },
  grade({ steps }) {
    if (steps.has('program-of-caller')) return { severity: 'medium', because: 'a program was started from the drive of the caller' };
    if (steps.has('other-client')) return { severity: 'low', because: 'an unusual program acts as a Remote Desktop client' };
    return { because: 'ordinary as long as nothing else speaks against it' };
  },
  summary({ anchor, sample, count }, facts) {
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const program = sample.find(({ step }) => step === 'program-of-caller')?.event;
    if (program !== undefined) return `${baseName(imageOf(program))} ran on ${host} from the drive of a Remote Desktop caller.`;
    if (PROCESS_STARTED.includes(anchor.eventId))
      return `${runsAs(anchor) || 'Somebody'} called another host from ${host} with "${clip(commandLineOf(anchor), 120)}".`;
    if (anchor.eventId === 7) return `${baseName(anchor.field('Image'))} on ${host} acted as a Remote Desktop client.`;
    if (CLIENT_IDS.includes(anchor.eventId)) return `Somebody on ${host} opened Remote Desktop to ${callerOf(anchor)}.`;
    const who = sample.map(({ event }) => desktopUser(event)).find((name) => name !== '') ?? 'Somebody';
    return `${who} used Remote Desktop on ${host} from ${callerOf(anchor)} (${plural(count, 'record')}).`;
  },
  benignCauses: ['Remote work and administration: nearly all such sessions.'],
  firstResponse: [
    'Ask whether the account is expected on this host, from that address, at that time.',
    'Where other alerts name the account or the source, follow its sessions from host to host.',
  ],
};
