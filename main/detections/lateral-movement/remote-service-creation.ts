import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import {
  actorWords,
  baseName,
  clip,
  given,
  isImpersonal,
  isWellKnownSid,
  LOCAL_SYSTEM,
  plural,
  SECURITY,
  SERVICE_CONTROL,
  SYSMON,
  shortHost,
} from '../record.ts';
import { commandLineOf, explainProcess, PROCESS_READS, PROCESS_STARTED, parentOf, programOf, runsAs } from '../remote-process.ts';
import {
  doubtsOfServiceImage,
  type ImageDoubt,
  IS_SERVICE_VALUE,
  SERVICE_INSTALLED,
  serviceCommandOf,
  startsOnDemand,
} from '../service-image.ts';

const NETWORK = 3;
/** Between opening the service manager over the network and the record of the new service. */
const JOIN: number = MINUTE;
/** "sc \\\\SRV02 create upd binPath= ..." */
const MAKES_SERVICE = /\s\\\\(?!127\.|localhost)[^\s\\]{1,255}\s{1,4}(?:create|config)\s.*binpath/i;
const SERVICES_PROGRAM = 'services.exe';
const SHELLS = new Set(['cmd.exe', 'powershell.exe', 'pwsh.exe', 'mshta.exe', 'wscript.exe', 'cscript.exe']);

/** Signs that no installer leaves; the others are unusual and happen. */
const TELLING: ReadonlySet<ImageDoubt['sign']> = new Set(['pipe', 'shell', 'share', 'share-root']);
const REMOTE_STEPS = ['tool-like-remote', 'unusual-remote', 'remote', 'service-manager-opened', 'system-over-network'];
const TOOL_STEPS = ['tool-like', 'tool-like-remote', 'shell-as-service', 'system-over-network'];

function doubtsOf(event: IdentityEvent): readonly ImageDoubt[] {
  const sid = event.actor?.sid ?? '';
  const start = event.field('StartType') || event.field('ServiceStartType');
  return doubtsOfServiceImage(serviceCommandOf(event), startsOnDemand(start), sid !== '' && !isWellKnownSid(sid));
}

/** Who installed it came over the network: their session says so, or they opened the service manager's pipe just before. */
function cameFromNetwork(event: IdentityEvent, facts: Facts): boolean {
  if (event.eventId === 4697 && facts.session(event, event.field('SubjectLogonId'))?.logonType === NETWORK) return true;
  const sid = event.actor?.sid ?? '';
  return facts.touches(event, JOIN).some((touch) => {
    if (touch.what === 'pipe') return touch.name === 'svcctl';
    return touch.what === 'logon' && sid !== '' && !isWellKnownSid(sid) && touch.account?.sid === sid;
  });
}

const IS_TELLING: Condition = when('the command is that of a tool', (event) => doubtsOf(event).some((doubt) => TELLING.has(doubt.sign)));
const IS_UNUSUAL: Condition = when('the command is unusual for a service', (event) => doubtsOf(event).length > 0);
const IS_REMOTE: Condition = when('whoever installed it came over the network', cameFromNetwork);
const OPENS_MANAGER: readonly Condition[] = [
  when('the pipe of the service manager is opened', (event) => event.field('RelativeTargetName').toLowerCase() === 'svcctl'),
  when('it is opened from another host', (event) => event.sourceAddress !== ''),
  unless('the host reaches itself by its own address', (event, facts) => facts.isOwnAddress(event)),
];

export const remoteServiceCreation: Detection = {
  id: 'remote-service-creation',
  externalId: 2026,
  catalogueName: 'Suspicious service creation',
  title: 'Suspicious service creation',
  whatItSees: 'A service was installed over the network, or one whose command is that of a tool rather than of a product.',
  whyItMatters: 'A service is the shortest way to run a program on another host as Local System, and it stays after a restart.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Execution', 'Persistence', 'Privilege Escalation', 'Defense Evasion', 'Lateral Movement'],
  techniques: ['T1021', 'T1021.002', 'T1059', 'T1543', 'T1543.003', 'T1569', 'T1569.002'],
  reads: [
    { ...SERVICE_CONTROL, eventIds: [7045], needs: 'the System log' },
    { ...SECURITY, eventIds: [4697], needs: 'Security logs with "Audit Security System Extension" on' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' },
    ...PROCESS_READS,
    { ...SYSMON, eventIds: [13], needs: 'Sysmon with registry events on' },
  ],
  steps: [
    { name: 'tool-like-remote', eventIds: SERVICE_INSTALLED, conditions: [IS_TELLING, IS_REMOTE] },
    { name: 'tool-like', eventIds: SERVICE_INSTALLED, conditions: [IS_TELLING] },
    { name: 'unusual-remote', eventIds: SERVICE_INSTALLED, conditions: [IS_UNUSUAL, IS_REMOTE] },
    { name: 'unusual', eventIds: SERVICE_INSTALLED, conditions: [IS_UNUSUAL] },
    { name: 'remote', eventIds: SERVICE_INSTALLED, conditions: [IS_REMOTE] },
    // Sysmon names no installer; the registry value of the service is the same record otherwise.
    { name: 'tool-like', eventIds: [13], conditions: [IS_SERVICE_VALUE, IS_TELLING] },
    { name: 'unusual', eventIds: [13], conditions: [IS_SERVICE_VALUE, IS_UNUSUAL] },
    {
      name: 'system-over-network',
      eventIds: [5145],
      conditions: [
        ...OPENS_MANAGER,
        when('the session is that of Local System, as an exploit leaves it', (event) => event.actor?.sid === LOCAL_SYSTEM),
      ],
    },
    {
      name: 'service-manager-opened',
      eventIds: [5145],
      conditions: [...OPENS_MANAGER, unless('a computer account manages the host', (event) => isImpersonal(event.actor))],
    },
    {
      name: 'sent',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('the command of the service manager is run', (event) => programOf(event) === 'sc.exe'),
        when('it makes or changes a service of another host', (event) => MAKES_SERVICE.test(commandLineOf(event))),
      ],
    },
    {
      name: 'shell-as-service',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('it is a command interpreter', (event) => SHELLS.has(programOf(event))),
        when('the service manager started it', (event) => parentOf(event) === SERVICES_PROGRAM),
      ],
    },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event, _facts, step) {
    switch (event.eventId) {
      case 5145:
        return [
          ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe of the service manager'],
          [
            'SubjectUserName',
            event.field('SubjectUserName'),
            step === 'system-over-network' ? 'Local System, over the network: no client logs on so' : 'who opened it',
          ],
          ['IpAddress', event.field('IpAddress'), 'from where'],
        ];
      case 7045:
      case 4697:
      case 13:
        return [
          ['ServiceName', event.field('ServiceName') || baseName(event.field('TargetObject').replace(/\\imagepath$/i, '')), 'service'],
          [
            event.eventId === 13 ? 'Details' : event.eventId === 4697 ? 'ServiceFileName' : 'ImagePath',
            clip(serviceCommandOf(event), 500),
            doubtsOf(event)
              .map((doubt) => doubt.words)
              .join('; ') || 'command',
          ],
          ['StartType', event.field('StartType') || event.field('ServiceStartType'), 'when it starts'],
          ['AccountName', event.field('AccountName') || event.field('ServiceAccount'), 'account it runs as'],
        ];
      default:
        return explainProcess(event, step === 'sent' ? 'service on another host' : 'what it runs');
    }
  },
  grade({ steps }) {
    const isToolLike = TOOL_STEPS.some((step) => steps.has(step));
    const isRemote = REMOTE_STEPS.some((step) => steps.has(step));
    const isUnusual = steps.has('unusual') || steps.has('unusual-remote');
    if (isToolLike && isRemote) return { severity: 'high', confidence: 'high', because: 'a tool-like service, installed over the network' };
    if (isToolLike) return { because: 'the command is that of a tool; from where it was installed is not in the records' };
    if (isUnusual && isRemote) return { because: 'an unusual program, installed over the network' };
    if (isUnusual) return { severity: 'low', confidence: 'low', because: 'an unusual place for a service program, nothing more' };
    if (steps.has('remote'))
      return { title: 'Service installed over the network', severity: 'low', because: 'the command itself looks ordinary' };
    if (steps.has('sent'))
      return { title: 'Service of another host made by command', severity: 'low', because: 'seen at the host that it came from' };
    return {
      title: 'Service manager opened over the network',
      severity: 'low',
      confidence: 'low',
      because: 'no record says what was done there',
    };
  },
  summary(group, facts) {
    const host = facts.name(group.anchor.computerEntity, group.anchor.computer);
    const install = group.sample.find(({ event }) => SERVICE_INSTALLED.includes(event.eventId))?.event;
    const opened = group.sample.find(({ event }) => event.eventId === 5145)?.event;
    const from = opened === undefined ? '' : ` from ${opened.sourceAddress}`;
    if (install !== undefined) {
      const who = actorWords(install, facts.name);
      const names = plural(group.count, 'record');
      return `${who} installed the service ${clip(given(install.field('ServiceName')), 80)} on ${host}${from}: ${clip(serviceCommandOf(install), 160)} (${names}).`;
    }
    if (opened !== undefined)
      return `${actorWords(opened, facts.name)} opened the service manager of ${host}${from} (${plural(group.count, 'time')}).`;
    const event = group.anchor;
    if (group.steps.has('sent'))
      return `${runsAs(event) || 'Somebody'} made a service of another host from ${host}: ${clip(commandLineOf(event), 160)}.`;
    return `On ${host} the service manager ran ${clip(event.field('CommandLine') || serviceCommandOf(event) || event.object, 160)}.`;
  },
  benignCauses: [
    'Software distribution, monitoring or inventory that installs its agent over the network.',
    'An administrator at a service console: that opens the same pipe.',
    'A home-made service that is a script.',
  ],
  firstResponse: [
    'Look at the program that the service runs: where it came from, its signature, when it was written.',
    'Find the network logon just before, and where that session came from.',
    'Stop and keep the service for analysis before removing it.',
  ],
};
