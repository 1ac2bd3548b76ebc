import type { IdentityEvent } from '../../shared/model/event.ts';
import { type Condition, when } from './detection.ts';

/** A reason to distrust the command of a service, in words; most telling first. */
export type ImageDoubt = {
  readonly sign: 'pipe' | 'shell' | 'share' | 'share-root' | 'bare' | 'writable' | 'driver';
  readonly words: string;
};

/** Longest command line of an ordinary shell. */
const COMMAND_READ = 8_192;
const SHELL = /^"?(?:[^"]*[\\/])?(?:cmd|%+comspec%+|powershell|pwsh|mshta|wscript|cscript|rundll32|regsvr32)(?:\.exe)?"?(?:\s|$)/i;
const PIPE = /\\\\\.\\pipe\\/i;
const NETWORK_SHARE = /^"?\\\\(?![.?]\\)[^\\]+\\/;
/** The Windows directory itself is the root of ADMIN$: what is copied over the network lands there. */
const SHARE_ROOT = /^"?(?:%systemroot%|%windir%|[a-z]:\\windows|\\systemroot)\\[^\\"\s]+\.exe"?\s*$/i;
const SHARE_ROOT_AS_VARIABLE = /^"?%(?:systemroot|windir)%\\/i;
const BARE = /^"?[^\\/%"]+\.exe"?(?:\s|$)/i;
const WRITABLE =
  /\\(?:users\\[^\\]+|temp|tmp|perflogs|downloads|\$recycle\.bin)\\|^"?[a-z]:\\programdata\\[^\\]+\.(?:exe|dll|sys)|^"?[a-z]:\\[^\\]+\.(?:exe|sys)/i;
const DRIVER = /\.sys"?\s*$/i;
const DRIVER_HOME =
  /^"?(?:\\\?\?\\)?(?:system32\\|\\?systemroot\\|%systemroot%\\|%windir%\\|[a-z]:\\(?:windows|program files|program files \(x86\)|programdata)\\)/i;

/** Records of a new service: of the service manager and of the audit. */
export const SERVICE_INSTALLED: readonly number[] = [7045, 4697];

/** Sysmon 13. */
export const IS_SERVICE_VALUE: Condition = when('the value is the command of a service', (event) =>
  /\\services\\[^\\]+\\imagepath$/i.test(event.field('TargetObject')),
);

/** Command of a service, of its installation (7045, 4697) or of its registry value (Sysmon 13 doubles percent signs); bounded. */
export function serviceCommandOf(event: IdentityEvent): string {
  if (event.eventId === 13) return event.field('Details').slice(0, COMMAND_READ).replaceAll('%%', '%');
  return event.field(event.eventId === 4697 ? 'ServiceFileName' : 'ImagePath').slice(0, COMMAND_READ);
}

/**
 * Why a service command looks like a tool's rather than a product's. `startsOnDemand` is asked because installers start their services with
 * the host, tools on demand; `byPerson` because Windows installs drivers as Local System.
 */
export function doubtsOfServiceImage(command: string, startsOnDemand: boolean, byPerson: boolean): readonly ImageDoubt[] {
  const image = command.trim();
  const doubts: ImageDoubt[] = [];
  if (PIPE.test(image)) doubts.push({ sign: 'pipe', words: 'writes to a named pipe, the way a session raises itself to Local System' });
  if (SHELL.test(image)) doubts.push({ sign: 'shell', words: 'runs a command interpreter instead of a service program' });
  if (NETWORK_SHARE.test(image)) doubts.push({ sign: 'share', words: 'runs from a network share' });
  if (SHARE_ROOT.test(image) && (startsOnDemand || SHARE_ROOT_AS_VARIABLE.test(image))) {
    doubts.push({ sign: 'share-root', words: 'lies directly in the Windows directory, the root of ADMIN$' });
  }
  if (BARE.test(image) && !SHELL.test(image)) doubts.push({ sign: 'bare', words: 'names a program without its directory' });
  if (WRITABLE.test(image)) doubts.push({ sign: 'writable', words: 'runs from a place that users can write to' });
  else if (DRIVER.test(image) && byPerson && !DRIVER_HOME.test(image))
    doubts.push({ sign: 'driver', words: 'loads a driver from an unusual place' });
  return doubts;
}

/** 7045 says it in words of the log's language, 4697 by number: 3 is on demand. Type 0x10 and 0x20 are programs, 1 and 2 drivers. */
export function startsOnDemand(startType: string): boolean {
  return startType === '3' || /demand/i.test(startType);
}
