import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { callText } from '../command-line.ts';
import { type Condition, type Detection, type Group, when } from '../detection.ts';
import { isOrder, ORDER_READS, ORDERS, orderedField } from '../ordered.ts';
import { actorWords, clip, given, SECURITY, SYSMON, shortHost } from '../record.ts';

const SETTING = /serverlevelplugindll/i;
/** Of the command: what stands behind the setting. */
const SETTING_VALUE = /serverlevelplugindll["']?\s*(?:[^\r\n|;]{0,200}?(?:-value|\/d)\b)?\s*(?:"([^"]+)|'([^']+)|([^"'\s]+))/i;
/** A path or a file name; what else may follow the setting in a command is an option or the next command. */
const FILE_NAME = /^[^/-].*[\\.]/;
/** Where installed products keep their libraries. */
const INSTALLED = /^(?:[a-z]:\\(?:program files(?: \(x86\))?|windows\\system32)\\|%systemroot%\\system32\\)/i;
const LOAD_FAILED = 150;
const LOADED = 770;
const PLUGIN_EVENTS = [LOAD_FAILED, LOADED];

function libraryOf(event: IdentityEvent): string {
  if (PLUGIN_EVENTS.includes(event.eventId)) return event.field('param1');
  if (isOrder(event)) return (SETTING_VALUE.exec(callText(event))?.slice(1).find(Boolean) ?? '').trim();
  return given(event.field('NewValue') || event.field('Details')).replace(/^\(Empty\)$/i, '');
}

function settingOf(event: IdentityEvent): string {
  if (event.eventId === 541) return event.field('Setting');
  if (event.eventId === 13) return event.field('TargetObject');
  return event.eventId === 4657 ? `${event.field('ObjectName')}\\${event.field('ObjectValueName')}` : callText(event);
}

const SET: readonly Condition[] = [
  when('the setting for a library of the DNS server is touched', (event) => SETTING.test(settingOf(event))),
  // Asking for the setting or emptying it loads nothing.
  when('it names a library', (event) => FILE_NAME.test(libraryOf(event))),
];

function isFromInstalledProduct(sample: Group['sample']): boolean {
  return sample.every(({ event }) => INSTALLED.test(libraryOf(event)));
}

export const dnsAdminsDll: Detection = {
  id: 'dnsadmins-dll',
  externalId: null,
  catalogueName: '',
  title: 'Library loaded into the DNS server',
  whatItSees: 'The DNS server was told to load a library of its own, or loaded it (ServerLevelPluginDll).',
  whyItMatters: 'The library runs as Local System, on most networks on a domain controller: DnsAdmins become Domain Admins by it.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Persistence', 'Privilege Escalation', 'Defense Evasion'],
  techniques: ['T1574', 'T1574.001'],
  reads: [
    {
      channel: 'DNS Server',
      provider: 'Microsoft-Windows-DNS-Server-Service',
      eventIds: PLUGIN_EVENTS,
      needs: 'the DNS Server log of the DNS servers',
    },
    {
      channel: 'Microsoft-Windows-DNSServer/Audit',
      provider: 'Microsoft-Windows-DNSServer',
      eventIds: [541],
      needs: 'the DNS Server audit log of the DNS servers',
      optional: true,
    },
    { ...SECURITY, eventIds: [4657], needs: '"Audit Registry" with an audit entry on the parameters of the DNS service', optional: true },
    { ...SYSMON, eventIds: [13], needs: 'Sysmon with registry events', optional: true },
    ...ORDER_READS,
  ],
  steps: [
    { name: 'load-failed', eventIds: [LOAD_FAILED], conditions: [] },
    { name: 'loaded', eventIds: [LOADED], conditions: [] },
    { name: 'set', eventIds: [541, 4657, 13], conditions: SET },
    { name: 'ordered', eventIds: ORDERS, conditions: SET },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain: (event, _facts, step) => [
    step === 'ordered'
      ? orderedField(event, 'sets the library')
      : ['param1', clip(libraryOf(event)) || '-', step === 'load-failed' ? 'library that failed to load' : 'library of the DNS server'],
    [
      'SubjectUserName',
      event.field('SubjectUserName') || event.field('User') || event.actor?.sid || '-',
      'under which account it happened',
    ],
  ],
  grade({ sample, steps }) {
    if (isFromInstalledProduct(sample)) {
      // Loaded with each start of the server, but set only once.
      const severity = steps.has('set') || steps.has('ordered') ? 'medium' : 'low';
      return { severity, confidence: 'low', because: 'the library lies where installed products keep theirs' };
    }
    if (steps.has('loaded')) return { because: 'the library was loaded' };
    return {
      confidence: 'medium',
      because: steps.has('load-failed') ? 'the library failed to load' : 'no record shows that it was loaded',
    };
  },
  summary(group, facts) {
    const { anchor, sample } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const library = clip(libraryOf(anchor), 120) || 'that is not named';
    const act = sample.find(({ step }) => step === 'ordered' || step === 'set');
    if (act === undefined)
      return `The DNS server on ${where} ${anchor.eventId === LOAD_FAILED ? 'tried to load' : 'loaded'} the library ${library}.`;
    return `${actorWords(act.event, facts.name)} set ${library} as a library of the DNS server on ${where}.`;
  },
  benignCauses: ['A DNS filter or logging product that works as a plug-in of the DNS server.'],
  firstResponse: [
    'Take the library off: dnscmd /config /serverlevelplugindll with no value, then restart the DNS service.',
    'Keep a copy of the library and of the path that it came from.',
    'Look at the members of DnsAdmins, and at the session that made the setting.',
  ],
};
