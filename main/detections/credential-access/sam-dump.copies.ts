import { programPath } from '../command-line.ts';
import { type Step, unless, when } from '../detection.ts';
import { isImpersonal, numberField } from '../record.ts';

/** FILE_READ_DATA and FILE_WRITE_DATA, of the access rights of files. */
const READ_DATA = 0x1;
const WRITE_DATA = 0x2;
const HIVE_FILE = /^(?:windows\\)?system32\\config\\(?:regback\\)?(?:sam|security)$/i;
/** RegSaveKey over the network needs a file on the host itself, which is then fetched: a name by chance in the system folder. */
const SAVED_FILE = /^(?:windows\\)?(?:system32|temp)\\[a-z]{8}\.tmp$/i;
const HIVE_COPY = /(?:^|[\\/])[a-z0-9]{0,4}(sam|security|system)(?:\.(?:hive|hiv|save|sav|bak|reg|dat|tmp))?$/i;
/** The service that answers the remote registry saves a hive under such a name. */
const SAVED_BY_SERVICE = /\\windows\\system32\\[a-z0-9]{8}\.tmp$/i;

export const NOT_COMPUTER = unless('a computer or Windows itself does it', (event) => isImpersonal(event.actor));
const IS_WRITTEN = when('it was opened for writing', (event) => (numberField(event, 'AccessMask') & WRITE_DATA) !== 0);

function hiveOf(path: string): string {
  return HIVE_COPY.exec(path)?.[1]?.toLowerCase() ?? '';
}

function copyOf(hive: 'sam' | 'security' | 'system'): Step {
  const isCopy = when(
    `a file named like a copy of the hive ${hive.toUpperCase()} was opened through a share`,
    (event) => hiveOf(event.field('RelativeTargetName')) === hive,
  );
  return { name: `copy-${hive}`, eventIds: [5145], conditions: [isCopy, IS_WRITTEN, NOT_COMPUTER] };
}

const NOT_OWN_FOLDER = unless('Windows writes its own hives', (event) => /\\system32\\config\\/i.test(event.field('TargetFilename')));

/** Written on the host itself. Files named like the other hive are many; SAM and SYSTEM together are not. */
function copyOnHost(hive: 'sam' | 'system'): Step {
  const isCopy = when(
    `a file named like a copy of the hive ${hive.toUpperCase()} was written`,
    (event) => hiveOf(event.field('TargetFilename')) === hive,
  );
  return { name: `copy-${hive}`, eventIds: [11], conditions: [isCopy, NOT_OWN_FOLDER] };
}

/** Files that hold the hives SAM, SECURITY and SYSTEM, or are named as if: opened through a share (5145), or written on the host (Sysmon 11). */
export const HIVE_COPIES: readonly Step[] = [
  {
    name: 'registry-pipe',
    eventIds: [5145],
    conditions: [
      when('the registry was opened from afar', (event) => event.field('RelativeTargetName').toLowerCase() === 'winreg'),
      when('through the share of pipes', (event) => /\\ipc\$$/i.test(event.field('ShareName'))),
      NOT_COMPUTER,
    ],
  },
  {
    name: 'hive-file',
    eventIds: [5145],
    conditions: [
      when('the file of a hive was opened through a share', (event) => HIVE_FILE.test(event.field('RelativeTargetName'))),
      unless('only its size and times are asked for', (event) => (numberField(event, 'AccessMask') & (READ_DATA | WRITE_DATA)) === 0),
      NOT_COMPUTER,
    ],
  },
  {
    name: 'fetched-file',
    eventIds: [5145],
    conditions: [
      when('a file named as the registry names saved hives was opened through a share', (event) =>
        SAVED_FILE.test(event.field('RelativeTargetName')),
      ),
      NOT_COMPUTER,
    ],
  },
  copyOf('sam'),
  copyOf('security'),
  copyOf('system'),
  copyOnHost('sam'),
  copyOnHost('system'),
  {
    name: 'saved-by-service',
    eventIds: [11],
    conditions: [
      when('a file was written that is named as the registry names saved hives', (event) =>
        SAVED_BY_SERVICE.test(event.field('TargetFilename')),
      ),
      when('the service of the remote registry wrote it', (event) => /\\svchost\.exe$/i.test(programPath(event))),
    ],
  },
];
