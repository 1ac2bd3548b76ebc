import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, type Explained, unless, when } from '../detection.ts';
import { baseName, clip, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import { DESKTOP_PORT, DESKTOP_READS, desktopCaller, desktopUser, isLoopback, isTunnelled } from '../remote-desktop.ts';
import { commandLineOf, explainProcess, PROCESS_READS, PROCESS_STARTED } from '../remote-process.ts';

/** A port of somewhere else that ends here, as SSH clients and tunnels open it from within. */
const FORWARDS_IN =
  /(?:plink|putty|klink|ssh)(?:\.exe)?"?\s.*-R\s{0,4}\S{0,200}:3389\b|\bngrok(?:\.exe)?"?\s+tcp\s.*\b3389\b|\bchisel(?:\.exe)?"?\s+client\b.*:3389\b/i;
/** The other way round, the way an administrator reaches a host behind a jump host. */
const FORWARDS_OUT = /(?:plink|putty|klink|ssh)(?:\.exe)?"?\s.*-L\s{0,4}\S{0,200}:3389\b/i;
/** Where Windows keeps its port proxies: "10.0.0.9/3389". */
const PROXY_KEY = /\\portproxy\\/i;
/** Programs that themselves are a client or a server of Remote Desktop. */
const DESKTOP_PROGRAM = /^(?:mstsc|svchost|system|msrdc|rdcman|termsrv|vmconnect)(?:\.exe)?$/i;

const REGISTRY_SET = 13;

type Connection = { readonly program: string; readonly from: string; readonly to: string; readonly port: string };

function connection(event: IdentityEvent): Connection {
  const [program, from, to, port] =
    event.eventId === 5156
      ? ['Application', 'SourceAddress', 'DestAddress', 'DestPort']
      : ['Image', 'SourceIp', 'DestinationIp', 'DestinationPort'];
  return { program: baseName(event.field(program)), from: event.field(from), to: event.field(to), port: event.field(port) };
}

/** Wherever the words stand: netsh takes them in several orders. */
function forwardsDesktop(event: IdentityEvent): boolean {
  const command = commandLineOf(event);
  return FORWARDS_IN.test(command) || (/\bportproxy\b/i.test(command) && /\badd\b/i.test(command) && /\b3389\b/.test(command));
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
    { ...SYSMON, eventIds: [REGISTRY_SET], needs: 'Sysmon with registry events on', optional: true },
  ],
  steps: [
    {
      name: 'forward',
      eventIds: PROCESS_STARTED,
      conditions: [when('the port of Remote Desktop is offered to the outside', forwardsDesktop)],
    },
    {
      name: 'forward-out',
      eventIds: PROCESS_STARTED,
      conditions: [when('Remote Desktop of another host is fetched over SSH', (event) => FORWARDS_OUT.test(commandLineOf(event)))],
    },
    {
      name: 'forward',
      eventIds: [REGISTRY_SET],
      conditions: [
        when('a port proxy is set up', (event) => PROXY_KEY.test(event.field('TargetObject'))),
        when('it leads to Remote Desktop', (event) => event.field('Details').endsWith(`/${DESKTOP_PORT}`)),
      ],
    },
    {
      name: 'program-to-own-desktop',
      eventIds: [3, 5156],
      conditions: [
        when('the port is that of Remote Desktop', (event) => connection(event).port === DESKTOP_PORT),
        when('the host connects to itself', (event) => isLoopback(connection(event).to)),
        unless('a client or the server of Remote Desktop', (event) => DESKTOP_PROGRAM.test(connection(event).program)),
      ],
    },
    {
      name: 'session-from-itself',
      eventIds: DESKTOP_READS.flatMap((reading) => reading.eventIds).filter((id) => id !== 3),
      conditions: [when('the desktop is opened from the host itself', (event) => isTunnelled(desktopCaller(event)?.address ?? ''))],
    },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event, _facts, step) {
    if (event.eventId === REGISTRY_SET) return [['Details', event.field('Details'), 'where the port proxy leads']];
    if (step.startsWith('forward')) return explainProcess(event, 'what is forwarded');
    if (step === 'program-to-own-desktop') return explainConnection(event);
    const caller = desktopCaller(event);
    return [
      [caller?.field ?? 'Address', caller?.address ?? '', 'the caller: this very host, so something stands between'],
      ['User', desktopUser(event), 'whose session'],
    ];
  },
  grade({ steps }) {
    if (steps.size > 1) return { confidence: 'high', because: 'several signs of the same tunnel' };
    if (steps.has('session-from-itself')) return { because: 'nobody opens the desktop of a host from that host' };
    if (steps.has('forward-out'))
      return { severity: 'low', confidence: 'low', because: 'administrators reach hosts behind a jump host the same way' };
    return { severity: 'medium', because: 'the way is open; a session through it was not seen' };
  },
  summary({ anchor, sample, count }, facts) {
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const session = sample.find(({ step }) => step === 'session-from-itself')?.event;
    if (session !== undefined)
      return `${desktopUser(session) || 'Somebody'} came to the desktop of ${host} through a tunnel on it (${plural(count, 'record')}).`;
    if (anchor.eventId === 1 || anchor.eventId === 4688)
      return `Remote Desktop of ${host} was forwarded with "${clip(commandLineOf(anchor), 120)}".`;
    if (anchor.eventId === REGISTRY_SET) return `A port proxy on ${host} leads to Remote Desktop (${anchor.field('Details')}).`;
    return `${connection(anchor).program || 'A program'} connected to Remote Desktop of its own host ${host} (${plural(count, 'record')}).`;
  },
  benignCauses: ['Support software or a gateway on the host that carries Remote Desktop on purpose.'],
  firstResponse: [
    'Find the program that connects to port 3389 of the host itself, and its peer outside.',
    'Isolate the host, end the session, and reset the account that was used.',
    'See what else the program carried.',
  ],
};
