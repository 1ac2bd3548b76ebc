import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Step, unless, when } from '../detection.ts';
import { baseName, clip, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import { parentPathOf, programOf } from '../remote-process.ts';

const SPOOLER = /\\spoolsv\.exe$/i;
/** What the spooler starts by itself: helpers for drivers, error reports. */
const HELPERS = /^(?:splwow64|printisolationhost|werfault|wermgr|conhost|printfilterpipelinesvc|spoolsv|msiexec|route)\.exe$/i;
/** Interpreters and loaders of Windows. */
const SHELLS = /^(?:cmd|powershell|pwsh|rundll32|regsvr32|mshta|wscript|cscript|net1?|whoami|certutil)\.exe$/i;
const DRIVER_FOLDER = /\\spool\\drivers\\/i;
/** A driver whose files lie on another host, as the exploit of CVE-2021-1675 and CVE-2021-34527 gives them. */
const REMOTE_DRIVER_VALUE = /\\Control\\Print\\Environments\\.*\\Drivers\\.*\\(?:Configuration File|Data File|Driver)$/i;

/** Files that are being replaced pass through these folders, those of the exploit too. */
const PASSING_FILE = /\\spool\\drivers\\[^\\]+\\\d+\\(?:old|new)\\.+\.dll$/i;
const OTHER_HOST = /^\\\\[^\\?.]/;

const isOfSpooler: Condition = when('the print spooler started it', (event) => SPOOLER.test(parentPathOf(event)));

const STEPS: readonly Step[] = [
  {
    name: 'spooler-shell',
    eventIds: [1, 4688],
    conditions: [isOfSpooler, when('it is a shell or loader of Windows', (event) => SHELLS.test(programOf(event)))],
  },
  {
    name: 'spooler-child',
    eventIds: [1, 4688],
    conditions: [
      isOfSpooler,
      when('the program is named', (event) => programOf(event) !== ''),
      unless('it is a helper for printing, or reports an error', (event) => HELPERS.test(programOf(event))),
    ],
  },
  {
    name: 'unsigned-driver',
    eventIds: [7],
    conditions: [
      when('the print spooler loads it', (event) => SPOOLER.test(event.field('Image'))),
      when('it lies among the printer drivers', (event) => DRIVER_FOLDER.test(event.field('ImageLoaded'))),
      when('it is not signed', (event) => event.field('Signed').toLowerCase() === 'false'),
    ],
  },
  {
    name: 'driver-file',
    eventIds: [11],
    conditions: [
      when('the print spooler writes it', (event) => SPOOLER.test(event.field('Image'))),
      when('it replaces a driver file', (event) => PASSING_FILE.test(event.field('TargetFilename'))),
    ],
  },
  {
    name: 'remote-driver',
    eventIds: [13],
    conditions: [
      when('a file of a printer driver is set', (event) => REMOTE_DRIVER_VALUE.test(event.field('TargetObject'))),
      when('it lies on another host', (event) => OTHER_HOST.test(event.field('Details'))),
    ],
  },
  { name: 'plug-in-failed', eventIds: [808], conditions: [] },
  { name: 'driver-added', eventIds: [316], conditions: [] },
];

export const printnightmare: Detection = {
  id: 'printnightmare',
  externalId: 2415,
  catalogueName: 'Suspected exploitation attempt on Windows Print Spooler service',
  title: 'Suspected exploitation of the print spooler',
  whatItSees: 'The print spooler started a shell, loaded an unsigned driver, or was given a driver whose files lie on another host.',
  whyItMatters: 'The spooler runs as Local System: whoever makes it load a file has the host (CVE-2021-1675, CVE-2021-34527).',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Lateral Movement', 'Privilege Escalation'],
  techniques: ['T1210', 'T1068', 'T1547.012'],
  reads: [
    { ...SYSMON, eventIds: [1, 7, 11, 13], needs: 'Sysmon with process, image, file and registry events on' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" on' },
    {
      channel: 'Microsoft-Windows-PrintService/Admin',
      provider: 'Microsoft-Windows-PrintService',
      eventIds: [808],
      needs: 'the PrintService/Admin log',
    },
    {
      channel: 'Microsoft-Windows-PrintService/Operational',
      provider: 'Microsoft-Windows-PrintService',
      eventIds: [316],
      needs: 'the PrintService/Operational log, which is off unless switched on',
    },
  ],
  steps: STEPS,
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    switch (event.eventId) {
      case 1:
      case 4688:
        return [
          ['Image', event.field('Image') || event.field('NewProcessName'), 'program that the spooler started'],
          ['CommandLine', clip(event.field('CommandLine'), 500), 'its command line'],
        ];
      case 7:
        return [['ImageLoaded', event.field('ImageLoaded'), 'loaded by the spooler, not signed']];
      case 11:
        return [['TargetFilename', event.field('TargetFilename'), 'driver file that the spooler wrote']];
      case 13:
        return [
          ['TargetObject', event.field('TargetObject'), 'printer driver'],
          ['Details', event.field('Details'), 'its file lies on another host'],
        ];
      case 808:
        return [
          ['PluginDllName', event.field('PluginDllName') || event.field('Param1') || '(not named)', 'file that the spooler could not load'],
          ['ErrorCode', event.field('ErrorCode') || event.field('Param2'), 'why'],
        ];
      default:
        return [
          ['Param1', event.field('Param1'), 'printer driver that was added'],
          ['Param4', clip(event.field('Param4'), 500), 'its files'],
        ];
    }
  },
  grade({ steps }) {
    if (steps.has('spooler-shell')) return { confidence: 'high', because: 'the spooler has no use for a shell' };
    if (steps.has('remote-driver')) return { because: 'a driver whose file lies on another host' };
    const isSuspect = steps.has('plug-in-failed') || steps.has('unsigned-driver');
    if (isSuspect && (steps.has('driver-added') || steps.has('driver-file'))) {
      return { severity: 'medium', because: 'a driver came and a file of it was unsigned or failed to load' };
    }
    if (isSuspect || steps.has('spooler-child')) return { severity: 'low', confidence: 'low', because: 'bad drivers do the same' };
    return { severity: 'informational', confidence: 'low', because: 'a driver was added, as for any new printer' };
  },
  summary(group, facts) {
    const { anchor, steps } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const find = (step: string): IdentityEvent => group.sample.find((held) => held.step === step)?.event ?? anchor;
    const program = (step: string): string => baseName(find(step).field('Image') || find(step).field('NewProcessName')) || 'a program';
    if (steps.has('spooler-shell')) return `The print spooler of ${where} started ${program('spooler-shell')}.`;
    if (steps.has('remote-driver')) return `The print spooler of ${where} was given a driver whose file lies on another host.`;
    if (steps.has('unsigned-driver')) return `The print spooler of ${where} loaded an unsigned driver file.`;
    if (steps.has('plug-in-failed')) return `The print spooler of ${where} failed to load a plug-in.`;
    if (steps.has('spooler-child')) return `The print spooler of ${where} started ${program('spooler-child')}.`;
    return `${plural(group.count, 'printer driver file or package', 'printer driver files or packages')} came to ${where}.`;
  },
  benignCauses: ['A new or updated printer driver.', 'Printer software of a manufacturer that starts its own programs or is not signed.'],
  firstResponse: [
    'Look at the files under System32\\spool\\drivers: which are new, who signed them.',
    'Find who connected to the spooler pipe just before, and from where.',
    'Stop the spooler where nobody prints; allow only administrators to install drivers.',
  ],
};
