import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection, type Explained, type Match } from '../detection.ts';
import { baseName, clip, plural, SECURITY, shortHost } from '../record.ts';
import { DESKTOP_PORT, DESKTOP_READS, desktopCaller, desktopUser, isLoopback, isTunnelled } from '../remote-desktop.ts';
import { commandLineOf, explainProcess, PROCESS_READS } from '../remote-process.ts';

/** Forwards of SSH clients and of tunnels that only take a port. */
const FORWARDS_DESKTOP =
  /(?:plink|putty|klink|ssh)(?:\.exe)?"?\s.*-[RL]\s{0,4}\S{0,200}:3389\b|\bngrok(?:\.exe)?"?\s+tcp\s.*\b3389\b|\bchisel(?:\.exe)?"?\s+client\b.*:3389\b/i;
/** Programs that themselves are a client or a server of Remote Desktop. */
const DESKTOP_PROGRAM = /^(?:mstsc|svchost|system|msrdc|rdcman|termsrv|vmconnect)(?:\.exe)?$/i;

type Connection = { readonly program: string; readonly from: string; readonly to: string; readonly port: string };

function connection(event: IdentityEvent): Connection {
  const [program, from, to, port] =
    event.eventId === 5156
      ? ['Application', 'SourceAddress', 'DestAddress', 'DestPort']
      : ['Image', 'SourceIp', 'DestinationIp', 'DestinationPort'];
  return { program: baseName(event.field(program)), from: event.field(from), to: event.field(to), port: event.field(port) };
}

/** Wherever the words stand: netsh takes them in several orders. */
function forwardsDesktop(command: string): boolean {
  return FORWARDS_DESKTOP.test(command) || (/\bportproxy\b/i.test(command) && /\badd\b/i.test(command) && /\b3389\b/.test(command));
}

function matchConnection(event: IdentityEvent): Match {
  const { program, from, to, port } = connection(event);
  if (port !== DESKTOP_PORT || !isLoopback(from) || !isLoopback(to)) return null;
  return DESKTOP_PROGRAM.test(program) ? null : counts('program-to-own-desktop');
}

function explainConnection(event: IdentityEvent): readonly Explained[] {
  const { program, from, to, port } = connection(event);
  const isFilter = event.eventId === 5156;
  return [
    [isFilter ? 'Application' : 'Image', program, 'program that stands between'],
    [isFilter ? 'SourceAddress' : 'SourceIp', from, 'the host itself'],
    [isFilter ? 'DestAddress' : 'DestinationIp', `${to}:${port}`, 'Remote Desktop of the same host'],
  ];
}

export const rdpTunnel: Detection = {
  id: 'rdp-tunnel',
  externalId: null,
  catalogueName: '',
  title: 'Remote Desktop through a tunnel',
  whatItSees: 'A Remote Desktop session that comes from the host itself, or a program or command that forwards its port.',
  whyItMatters: 'A tunnel opens the desktop of a host to somebody whom the firewall keeps out, and hides where they sit.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Command and Control', 'Lateral Movement'],
  techniques: ['T1572', 'T1021.001'],
  reads: [
    ...DESKTOP_READS,
    ...PROCESS_READS,
    { ...SECURITY, eventIds: [5156], needs: 'Security logs with "Audit Filtering Platform Connection" on' },
  ],
  matches(event) {
    switch (event.eventId) {
      case 1:
      case 4688:
        return forwardsDesktop(commandLineOf(event)) ? counts('forward') : null;
      case 3:
      case 5156:
        return matchConnection(event);
      default:
        return isTunnelled(desktopCaller(event)?.address ?? '') ? counts('session-from-itself') : null;
    }
  },
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event) {
    if (event.eventId === 1 || event.eventId === 4688) return explainProcess(event, 'what is forwarded');
    if (event.eventId === 3 || event.eventId === 5156) return explainConnection(event);
    const caller = desktopCaller(event);
    return [
      [caller?.field ?? 'Address', caller?.address ?? '', 'the caller: this very host, so something stands between'],
      ['User', desktopUser(event), 'whose session'],
    ];
  },
  grade({ steps }) {
    if (steps.size > 1) return { confidence: 'high', because: 'several signs of the same tunnel' };
    if (steps.has('session-from-itself')) return { because: 'nobody opens the desktop of a host from that host' };
    return { severity: 'medium', because: 'the way is open; a session through it was not seen' };
  },
  summary({ anchor, sample, count }, facts) {
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const session = sample.find(({ step }) => step === 'session-from-itself')?.event;
    if (session !== undefined)
      return `${desktopUser(session) || 'Somebody'} came to the desktop of ${host} through a tunnel on it (${plural(count, 'record')}).`;
    if (anchor.eventId === 1 || anchor.eventId === 4688)
      return `Remote Desktop of ${host} was forwarded with "${clip(commandLineOf(anchor), 120)}".`;
    return `${connection(anchor).program || 'A program'} connected to Remote Desktop of its own host ${host} (${plural(count, 'record')}).`;
  },
  benignCauses: ['Support software or a gateway on the host that carries Remote Desktop on purpose.'],
  firstResponse: [
    'Find the program that connects to port 3389 of the host itself, and its peer outside.',
    'Isolate the host, end the session, and reset the account that was used.',
    'See what else the program carried.',
  ],
};
