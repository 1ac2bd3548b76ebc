import { resolve } from 'node:path';
import { ProblemError } from '../../shared/result.ts';
import { verifyCaseFile } from '../exports/verify-case-file.ts';
import { type Command, EXIT } from './command.ts';
import { Output, printable } from './output.ts';
import { exactlyOne, parseOptions } from './parse-options.ts';
import { tell } from './tell-problems.ts';

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'FILE',
  summary: 'compare a case file (zip or folder) with the hashes in its manifest',
  async run(args, { streams }) {
    const path = resolve(exactlyOne(parseOptions(args, {}).paths, 'case file'));
    const checked = await verifyCaseFile(path);
    if (!checked.ok) {
      if (checked.code === 'not-found' || checked.code === 'unreadable' || checked.code === 'unsupported') {
        tell(streams.error, checked.message);
        return EXIT.nothingReadable;
      }
      throw new ProblemError(checked.code, checked.message);
    }
    const { intact, files, problems, title, createdAt } = checked.value;
    for (const { path: name, reason } of problems) tell(streams.error, `${name}: ${reason}`);
    const output = new Output(streams.out);
    const about = printable(`${JSON.stringify(title)}, created ${createdAt}`);
    await output.write(
      intact
        ? `intact: ${files} files of the case ${about}\n`
        : `NOT INTACT, ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}: the case ${about}\n`,
    );
    await output.finish();
    return intact ? EXIT.done : EXIT.failed;
  },
};
