import { resolve } from 'node:path';
import { writeDemo } from '../demo/write-demo.ts';
import { type Command, EXIT } from './command.ts';
import { exactlyOne, parseOptions } from './parse-options.ts';
import { tell } from './tell-problems.ts';

export const demoCommand: Command = {
  name: 'demo',
  usage: 'DIR',
  summary: 'write the event logs of the demo investigation into a folder',
  async run(args, { streams, signal }) {
    const folder = resolve(exactlyOne(parseOptions(args, {}).paths, 'folder'));
    await writeDemo(folder, { signal });
    if (signal.aborted) return EXIT.interrupted;
    tell(streams.error, `wrote the demo evidence to ${folder}; look at it with: keepwatch analyze ${folder}`);
    return EXIT.done;
  },
};
