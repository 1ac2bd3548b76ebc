import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, unless, when } from '../detection.ts';
import { isImpersonal, plural, SECURITY } from '../record.ts';
import { sourceWords } from '../words.ts';

const MANY_HOSTS = 5;
const MANY_TIMES = 30;

export const remoteServiceControl: Detection = {
  id: 'remote-service-control',
  externalId: null,
  catalogueName: '',
  title: 'Service manager opened from elsewhere',
  whatItSees: 'An account opened the pipe of the service manager of a host over the network.',
  whyItMatters: 'Over it services are listed, changed, started and installed: the plainest way to run a program on another host.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Lateral Movement', 'Discovery'],
  techniques: ['T1021.002', 'T1569.002', 'T1007'],
  reads: [{ ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' }],
  steps: [
    {
      name: 'service-manager-opened',
      eventIds: [5145],
      conditions: [
        when('the pipe of the service manager is opened', (event) => event.field('RelativeTargetName').toLowerCase() === 'svcctl'),
        when('it is a pipe, not a file of that name', (event) => event.field('ShareName').toUpperCase().endsWith('\\IPC$')),
        when('it is opened from another host', (event) => event.sourceAddress !== ''),
        unless('a computer account manages the host', (event) => isImpersonal(event.actor)),
      ],
    },
  ],
  over: {
    by: (event) => `${event.sourceAddress}|${event.actorEntity}`,
    byWords: 'same source and account',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => event.computerEntity, words: 'distinct hosts' },
  },
  explain: (event) => [
    ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe of the service manager ([MS-SCMR] 2.1.1)'],
    ['SubjectUserName', event.field('SubjectUserName'), 'who'],
    ['IpAddress', event.field('IpAddress'), 'from where'],
    ['AccessMask', event.field('AccessMask'), 'access'],
  ],
  grade(group) {
    if (group.distinct >= MANY_HOSTS) return { severity: 'low', because: `${group.distinct} hosts in one go` };
    if (group.count >= MANY_TIMES) return { severity: 'low', because: `${group.count} times in one go` };
    return { because: 'administrators do so every day' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const where = group.distinct === 1 ? facts.name(anchor.computerEntity, anchor.computer) : plural(group.distinct, 'host');
    const who = facts.name(anchor.actorEntity, anchor.actor);
    return `${who} opened the service manager of ${where} from ${sourceWords(anchor, facts)}, ${plural(group.count, 'time')}.`;
  },
  benignCauses: ['An administrator at a service or server console.', 'Monitoring, inventory and software distribution.'],
  firstResponse: [
    'Look for services that were installed or changed on these hosts at that time.',
    'Ask the owner of the account whether the access was meant.',
  ],
};
