import type { Command } from './command.ts';

export function describeUsage(commands: readonly Command[]): string {
  return `Keepwatch: identity threat detection on air-gapped workstations

Usage: keepwatch COMMAND ...

${commands.map(({ name, usage, summary }) => `  ${name} ${usage}\n      ${summary}`).join('\n')}

  --help, --version

Evidence is EVTX files and Windows events as JSON (lines or lists), recognized by content, also in
folders and zip archives. "analyze" prints JSON, or a table on a terminal; it keeps its results in a
temporary store unless --store names a folder. --case writes a case file of everything found: a zip
archive, or a folder where FILE does not end in .zip. Problems go to the error stream, with file and
offset.

Exit codes: 0 done, 1 failed or not intact, 2 usage or an unreadable manifest, 3 nothing readable, 130 interrupted.
`;
}
