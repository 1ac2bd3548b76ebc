import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { commandText, programPath, programWords, SCRIPT_READING } from '../command-line.ts';
import { type Detection, unless, when } from '../detection.ts';
import { actorWords, baseName, clip, isImpersonal, SECURITY, SYSMON, shortHost } from '../record.ts';

const DATABASE_ENGINE = { channel: 'Application', provider: 'ESENT' } as const;
const DATABASE = /(?:^|\\)ntds\.dit$/i;
const COPY_COMMAND = [
  // "Install from media" writes the whole database out (ntdsutil reference, "ifm"); its menus may be shortened.
  /\b(?:ntdsutil|dsdbutil)(?:\.exe)?\b.{0,300}\bi(?:fm)?\b.{0,300}\bcr(?:eate)?\s+(?:full|rodc|sysvol)/i,
  /(?:harddiskvolumeshadowcopy\d+|\$snap_\d+|\bsnapshots?\b)[^\n]{0,300}\\ntds\.dit\b/i,
  /\b(?:copy|xcopy|robocopy|esentutl|copy-item|cp|move|makecab|diskshadow|wbadmin|ninjacopy|invoke-ninjacopy)(?:\.exe)?\b[^\n]{0,300}[\\\s"']ntds\.dit\b/i,
  // A copy is taken apart: its path is given as an argument.
  /\s-(?:ntds|dbpath|databasepath)\s+["']?[^\s"']{0,300}\.dit\b/i,
];
const SHELL = /^(?:ntdsutil|dsdbutil)(?:\.exe)?$/i;
const DIRECTORY_PROCESS = /^lsass/i;
const TEXT_EVENTS = [1, 4688, 4103, 4104];
const OWN_IMAGES = /\\(?:lsass|vssvc|wbengine)\.exe$/i;

/** Database path of the engine's records: fields without names, whose place differs between versions. */
function databasePath(event: IdentityEvent): string {
  const values = ['Data', 'Data2', 'Data3', 'Data4', 'Data5', 'Data6'].map((name) => event.field(name));
  return values.findLast((value) => DATABASE.test(value)) ?? '';
}

const IS_DATABASE = when('the file is the database of a directory', (event) => databasePath(event) !== '');
/** The directory itself runs in LSASS; another process that creates, opens or closes the file works on a copy. */
const NOT_DIRECTORY = unless('the directory works on its own database', (event) => DIRECTORY_PROCESS.test(event.field('Data').trim()));

export const ntdsExtract: Detection = {
  id: 'ntds-extract',
  externalId: null,
  catalogueName: '',
  title: 'Directory database (ntds.dit) copied',
  whatItSees: 'The database of Active Directory was written to another place, opened there, or fetched over the network.',
  whyItMatters: 'It holds the password hashes of every account of the domain; whoever has it can act as anybody.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Credential Access'],
  techniques: ['T1003', 'T1003.003'],
  reads: [
    { ...SECURITY, eventIds: [4688], needs: 'the Security log of a domain controller with "Audit Process Creation" and command lines on' },
    { ...SYSMON, eventIds: [1, 11], needs: 'Sysmon on a domain controller' },
    { ...DATABASE_ENGINE, eventIds: [325, 326, 327], needs: 'the Application log of a domain controller' },
    { ...DATABASE_ENGINE, eventIds: [216], needs: 'the Application log of a domain controller', optional: true },
    { ...SECURITY, eventIds: [5145], needs: 'the Security log of a domain controller with "Audit Detailed File Share" on', optional: true },
    SCRIPT_READING,
  ],
  steps: [
    { name: 'snapshot-mounted', eventIds: [216], accompanies: true, conditions: [IS_DATABASE] },
    { name: 'database-written', eventIds: [325], conditions: [IS_DATABASE, NOT_DIRECTORY] },
    { name: 'copy-opened', eventIds: [326, 327], conditions: [IS_DATABASE, NOT_DIRECTORY] },
    {
      name: 'database-written',
      eventIds: [11],
      conditions: [
        when('a file of the name ntds.dit was written', (event) => DATABASE.test(event.field('TargetFilename'))),
        unless('the directory or the backup of Windows writes it', (event) => OWN_IMAGES.test(programPath(event))),
      ],
    },
    {
      name: 'fetched',
      eventIds: [5145],
      conditions: [
        when('a file of the name ntds.dit was opened through a share', (event) => DATABASE.test(event.field('RelativeTargetName'))),
        unless('a computer opens it, as backup does', (event) => isImpersonal(event.actor)),
      ],
    },
    {
      name: 'copy-command',
      eventIds: TEXT_EVENTS,
      conditions: [
        when('the command copies the database or takes a copy apart', (event) =>
          COPY_COMMAND.some((pattern) => pattern.test(commandText(event))),
        ),
      ],
    },
    {
      name: 'tool-started',
      eventIds: [1, 4688],
      conditions: [when('the tool for the database of the directory was started', (event) => SHELL.test(baseName(programPath(event))))],
    },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    const path = databasePath(event);
    if (path !== '') return [['Data', clip(path), 'the database, worked on by another process than the directory']];
    const rows: readonly (readonly [string, string])[] = [
      ['CommandLine', 'command that copies the database or can do so'],
      ['ScriptBlockText', 'script that copies the database'],
      ['Payload', 'script that copies the database'],
      ['TargetFilename', 'copy of the database'],
      ['RelativeTargetName', 'copy of the database, fetched through a share'],
      ['IpAddress', 'where it was fetched to'],
      ['NewProcessName', 'program that was started'],
      ['Image', 'program that acted'],
      ['SubjectUserName', 'who did it'],
      ['User', 'who did it'],
    ];
    return rows.map(([name, words]) => [name, clip(event.field(name)), words] as const).filter(([, value]) => value !== '');
  },
  grade({ steps }) {
    if (steps.size > 1 && (steps.has('database-written') || steps.has('copy-command'))) {
      return { confidence: 'high', because: 'several signs together' };
    }
    if (steps.size === 1 && steps.has('tool-started')) {
      return { severity: 'informational', confidence: 'low', because: 'the tool was started; what was typed into it is not recorded' };
    }
    if (steps.has('copy-opened') && !steps.has('copy-command') && !steps.has('database-written')) {
      return { severity: 'low', because: 'a copy was opened or closed: backups and mounted snapshots do so' };
    }
    return {};
  },
  summary({ anchor, steps }, facts) {
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (databasePath(anchor) !== '') return `A copy of the directory database was made or opened on ${where}.`;
    const who = actorWords(anchor, (id, account) => facts.name(id, account));
    if (steps.size === 1 && steps.has('tool-started')) return `${who} started ntdsutil on ${where}.`;
    const means = anchor.eventId === 5145 ? 'through a share' : `with ${programWords(anchor)}`;
    return `${who} copied the directory database on ${where} ${means}.`;
  },
  benignCauses: [
    'Media made for the installation of a further domain controller (ntdsutil, "ifm").',
    'A backup program that copies the database as a file.',
    'A domain controller that is being promoted, or a test restore.',
  ],
  firstResponse: [
    'Ask who ordered the copy; find it and delete it.',
    'If nobody did, treat the domain as lost: change the password of krbtgt twice and those of all administrators.',
    'Look at the session of the account on the domain controller: from where, since when.',
  ],
};
