import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { actorWords, baseName, clip, isImpersonal, LOCAL_SYSTEM, plural, SECURITY, SERVICE_CONTROL, SYSMON, shortHost } from '../record.ts';
import { doubtsOfServiceImage, startsOnDemand } from '../service-image.ts';

/** Services that the tool and its open relatives install under their own names. */
const KNOWN_SERVICE = /^(?:psexesvc|psexec|paexec|remcomsvc|csexecsvc|winexesvc)/i;
const KNOWN_PROGRAM = /(?:^|[\\/"])(?:psexesvc|paexec[^\\/"]*|remcomsvc|csexecsvc|winexesvc)\.exe/i;
/** Input, output and errors of the remote program each get a pipe; a renamed tool keeps the endings. */
const STREAM_PIPE = /-(?:stdin|stdout|stderr)$/i;
const KNOWN_PIPE = /^\\?(?:psexesvc|paexec|remcom_|csexecsvc|winexesvc)/i;
/** One command instead of a program, through the interpreter variable or a hidden PowerShell: relatives of the tool that copy nothing. */
const COMMAND_AS_SERVICE =
  /^"?%+comspec%+|powershell(?:\.exe)?"?\s[^|]*-(?:nop|noni|noe|w\s+hidden|windowstyle\s+hidden|e(?:nc|c)?\s|encodedcommand|sta\b)/i;
/** The copy to ADMIN$ comes at most this long before the service manager is opened. */
const COPY_BEFORE: number = MINUTE;

function commandOf(event: IdentityEvent): string {
  return event.field(event.eventId === 4697 ? 'ServiceFileName' : 'ImagePath');
}

function matchInstall(event: IdentityEvent): Match {
  const command = commandOf(event);
  if (KNOWN_SERVICE.test(event.field('ServiceName')) || KNOWN_PROGRAM.test(command)) return counts('known-service');
  if (COMMAND_AS_SERVICE.test(command)) return counts('command-as-service');
  const isOnDemand = startsOnDemand(event.field('StartType') || event.field('ServiceStartType'));
  return doubtsOfServiceImage(command, isOnDemand, false).some((doubt) => doubt.sign === 'share-root')
    ? counts('service-from-admin-share')
    : null;
}

function matchRegistry(event: IdentityEvent): Match {
  if (!/\\services\\[^\\]+\\imagepath$/i.test(event.field('TargetObject'))) return null;
  if (KNOWN_PROGRAM.test(event.field('Details'))) return counts('known-service');
  return COMMAND_AS_SERVICE.test(event.field('Details')) ? counts('command-as-service') : null;
}

function pipeStep(name: string): Match {
  if (STREAM_PIPE.test(name)) return counts('stream-pipe');
  return KNOWN_PIPE.test(name) ? counts('known-pipe') : null;
}

function matchShare(event: IdentityEvent, facts: Facts): Match {
  const share = event.field('ShareName').toUpperCase();
  const name = event.field('RelativeTargetName');
  if (share.endsWith('\\ADMIN$')) return KNOWN_PROGRAM.test(name) ? counts('known-program-copied') : null;
  if (!share.endsWith('\\IPC$')) return null;
  if (name.toLowerCase() !== 'svcctl') return pipeStep(name);
  if (event.sourceAddress === '' || (isImpersonal(event.actor) && event.actor?.sid !== LOCAL_SYSTEM)) return null;
  const isCopied = facts
    .touches(event, COPY_BEFORE)
    .some((touch) => touch.name === 'admin$' && touch.source === event.sourceAddress && touch.account?.sid === event.actor?.sid);
  return isCopied ? counts('admin-share-then-service-manager') : null;
}

export const psexec: Detection = {
  id: 'psexec',
  externalId: null,
  catalogueName: 'Suspicious remote service installation',
  title: 'Remote execution in the manner of PsExec',
  whatItSees:
    'A program was copied to the administrative share of a host, run there as a service, and its input and output carried over named pipes.',
  whyItMatters: 'It gives a shell as Local System on another host to anyone with administrative credentials there.',
  severity: 'medium',
  confidence: 'high',
  tactics: ['Lateral Movement', 'Execution'],
  techniques: ['T1021.002', 'T1569.002'],
  reads: [
    { ...SERVICE_CONTROL, eventIds: [7045], needs: 'the System log' },
    { ...SECURITY, eventIds: [4697], needs: 'Security logs with "Audit Security System Extension" on' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" on' },
    { ...SYSMON, eventIds: [1, 13, 17, 18], needs: 'Sysmon with process and pipe events on' },
  ],
  matches(event, facts) {
    switch (event.eventId) {
      case 7045:
      case 4697:
        return matchInstall(event);
      case 5145:
        return matchShare(event, facts);
      case 17:
      case 18:
        return pipeStep(event.field('PipeName'));
      case 13:
        return matchRegistry(event);
      default:
        return KNOWN_PROGRAM.test(event.field(event.eventId === 4688 ? 'NewProcessName' : 'Image')) ? counts('known-program-run') : null;
    }
  },
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    if (event.eventId === 7045 || event.eventId === 4697) {
      return [
        ['ServiceName', event.field('ServiceName'), 'service'],
        [event.eventId === 4697 ? 'ServiceFileName' : 'ImagePath', clip(commandOf(event), 500), 'program in the root of ADMIN$'],
        ['StartType', event.field('StartType') || event.field('ServiceStartType'), 'started on demand'],
      ];
    }
    if (event.eventId === 5145) {
      return [
        ['ShareName', event.field('ShareName'), 'share'],
        ['RelativeTargetName', event.field('RelativeTargetName'), 'file or pipe'],
        ['SubjectUserName', event.field('SubjectUserName'), 'who'],
        ['IpAddress', event.field('IpAddress'), 'from where'],
      ];
    }
    if (event.eventId === 17 || event.eventId === 18) {
      return [
        ['PipeName', event.field('PipeName'), 'pipe of the tool'],
        ['Image', event.field('Image'), 'program at this end'],
      ];
    }
    return [
      ['Image', event.field('NewProcessName') || event.field('Image') || clip(event.field('Details')), 'program of the tool'],
      ['CommandLine', clip(event.field('CommandLine'), 500), 'what it runs'],
    ];
  },
  grade(group) {
    const isKnown = [...group.steps.keys()].some((step) => step.startsWith('known'));
    if (group.steps.has('stream-pipe') && !isKnown)
      return { severity: 'high', because: 'the pipes of the tool under another service name' };
    if (isKnown) return { because: 'the tool under its own name: also used by administrators' };
    if (group.steps.has('service-from-admin-share'))
      return { severity: 'high', because: 'a service from the root of ADMIN$ under an unknown name' };
    if (group.steps.has('command-as-service')) return { severity: 'high', because: 'a service that is a single hidden command' };
    return { confidence: 'medium', because: 'ADMIN$ and the service manager in one go' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const install = group.sample.find(({ event }) => event.eventId === 7045 || event.eventId === 4697)?.event;
    const remote = group.sample.find(({ event }) => event.sourceAddress !== '')?.event;
    const from = remote === undefined ? '' : ` from ${remote.sourceAddress}`;
    if (install === undefined)
      return `${actorWords(anchor, facts.name)} ran a program on ${host}${from} in the manner of PsExec (${plural(group.count, 'record')}).`;
    return `${actorWords(install, facts.name)} ran ${baseName(clip(commandOf(install), 120))} as a service on ${host}${from} (${plural(group.count, 'record')}).`;
  },
  benignCauses: ['Administrators who use the tool for their work.', 'Software distribution that is built on it.'],
  firstResponse: [
    'Ask whether an administrator ran it, and from which host.',
    'See what was started under the service: process records within the next minutes.',
    'If unexplained, isolate the source host and reset the account that was used.',
  ],
};
