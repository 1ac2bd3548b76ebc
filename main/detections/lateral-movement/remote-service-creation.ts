import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
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
import { doubtsOfServiceImage, type ImageDoubt, startsOnDemand } from '../service-image.ts';

const NETWORK = 3;
/** Between opening the service manager over the network and the record of the new service. */
const JOIN: number = MINUTE;
const SERVICE_IMAGE_KEY = /\\services\\[^\\]+\\imagepath$/i;
const SERVICES_PROGRAM = 'services.exe';
const SHELLS = new Set(['cmd.exe', 'powershell.exe', 'pwsh.exe', 'mshta.exe', 'wscript.exe', 'cscript.exe']);

/** Signs that no installer leaves; the others are unusual and happen. */
const TELLING: ReadonlySet<ImageDoubt['sign']> = new Set(['pipe', 'shell', 'share', 'share-root']);
const REMOTE_STEPS = ['tool-like-remote', 'unusual-remote', 'remote', 'service-manager-opened', 'system-over-network'];
const TOOL_STEPS = ['tool-like', 'tool-like-remote', 'shell-as-service', 'system-over-network'];

function commandOf(event: IdentityEvent): string {
  if (event.eventId === 13) return event.field('Details').replaceAll('%%', '%');
  return event.field(event.eventId === 4697 ? 'ServiceFileName' : 'ImagePath');
}

function doubtsOf(event: IdentityEvent): readonly ImageDoubt[] {
  const sid = event.actor?.sid ?? '';
  const start = event.field('StartType') || event.field('ServiceStartType');
  return doubtsOfServiceImage(commandOf(event), startsOnDemand(start), sid !== '' && !isWellKnownSid(sid));
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

function matchInstall(event: IdentityEvent, facts: Facts): Match {
  const doubts = doubtsOf(event);
  const isRemote = cameFromNetwork(event, facts);
  if (doubts.some((doubt) => TELLING.has(doubt.sign))) return counts(isRemote ? 'tool-like-remote' : 'tool-like');
  if (doubts.length > 0) return counts(isRemote ? 'unusual-remote' : 'unusual');
  return isRemote ? counts('remote') : null;
}

/** Sysmon names no installer; the registry value of the service is the same record otherwise. */
function matchRegistry(event: IdentityEvent): Match {
  if (!SERVICE_IMAGE_KEY.test(event.field('TargetObject'))) return null;
  const doubts = doubtsOf(event);
  if (doubts.length === 0) return null;
  return counts(doubts.some((doubt) => TELLING.has(doubt.sign)) ? 'tool-like' : 'unusual');
}

/**
 * A person's session or, as an exploit leaves it, Local System opened the pipe from elsewhere. Machine accounts of management servers do so
 * all day.
 */
function matchPipe(event: IdentityEvent): Match {
  if (event.sourceAddress === '' || event.field('RelativeTargetName').toLowerCase() !== 'svcctl') return null;
  if (event.actor?.sid === LOCAL_SYSTEM) return counts('system-over-network');
  return isImpersonal(event.actor) ? null : counts('service-manager-opened');
}

function matchProcess(event: IdentityEvent): Match {
  const image = baseName(event.field(event.eventId === 4688 ? 'NewProcessName' : 'Image')).toLowerCase();
  if (!SHELLS.has(image)) return null;
  const parent = baseName(event.field(event.eventId === 4688 ? 'ParentProcessName' : 'ParentImage')).toLowerCase();
  return parent === SERVICES_PROGRAM ? counts('shell-as-service') : null;
}

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
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" on' },
    { ...SYSMON, eventIds: [1, 13], needs: 'Sysmon with process and registry events on' },
  ],
  matches(event, facts) {
    switch (event.eventId) {
      case 7045:
      case 4697:
        return matchInstall(event, facts);
      case 5145:
        return matchPipe(event);
      case 13:
        return matchRegistry(event);
      default:
        return matchProcess(event);
    }
  },
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    switch (event.eventId) {
      case 5145:
        return [
          ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe of the service manager'],
          [
            'SubjectUserName',
            event.field('SubjectUserName'),
            event.actor?.sid === LOCAL_SYSTEM ? 'Local System, over the network: no client logs on so' : 'who opened it',
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
            clip(commandOf(event), 500),
            doubtsOf(event)
              .map((doubt) => doubt.words)
              .join('; ') || 'command',
          ],
          ['StartType', event.field('StartType') || event.field('ServiceStartType'), 'when it starts'],
          ['AccountName', event.field('AccountName') || event.field('ServiceAccount'), 'account it runs as'],
        ];
      default:
        return [
          ['Image', event.field('NewProcessName') || event.field('Image'), 'command interpreter'],
          ['CommandLine', clip(event.field('CommandLine'), 500), 'what it runs'],
          ['ParentImage', event.field('ParentProcessName') || event.field('ParentImage'), 'started by the service manager'],
        ];
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
    return {
      title: 'Service manager opened over the network',
      severity: 'low',
      confidence: 'low',
      because: 'no record says what was done there',
    };
  },
  summary(group, facts) {
    const host = facts.name(group.anchor.computerEntity, group.anchor.computer);
    const install = group.sample.find(({ event }) => event.eventId === 7045 || event.eventId === 4697)?.event;
    const opened = group.sample.find(({ event }) => event.eventId === 5145)?.event;
    const from = opened === undefined ? '' : ` from ${opened.sourceAddress}`;
    if (install !== undefined) {
      const who = actorWords(install, facts.name);
      const names = plural(group.count, 'record');
      return `${who} installed the service ${clip(given(install.field('ServiceName')), 80)} on ${host}${from}: ${clip(commandOf(install), 160)} (${names}).`;
    }
    if (opened !== undefined)
      return `${actorWords(opened, facts.name)} opened the service manager of ${host}${from} (${plural(group.count, 'time')}).`;
    const event = group.anchor;
    return `On ${host} the service manager ran ${clip(event.field('CommandLine') || commandOf(event) || event.object, 160)}.`;
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
