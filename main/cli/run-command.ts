import packageJson from '../../package.json' with { type: 'json' };
import { ProblemError } from '../../shared/result.ts';
import { type CommandContext, EXIT, type ExitCode, UsageError } from './command.ts';
import { describeUsage } from './help.ts';
import { Output, ReaderGone } from './output.ts';
import { commandRegistry } from './registry.ts';
import { tell } from './tell-problems.ts';

/** Runs one command line to its exit code. Rejects only for a bug. */
export async function runCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { streams } = context;
  const [name, ...rest] = args;
  if (name === '--version') return print(context, `${packageJson.version}\n`);
  if (name === '--help' || name === 'help') return print(context, describeUsage(commandRegistry));
  const command = commandRegistry.find((known) => known.name === name);
  if (command === undefined) {
    tell(streams.error, name === undefined ? 'no command given' : `there is no command ${JSON.stringify(name)}`);
    streams.error.write(`\n${describeUsage(commandRegistry)}`);
    return EXIT.usage;
  }
  if (rest.includes('--help')) return print(context, `Usage: keepwatch ${command.name} ${command.usage}\n\n${command.summary}\n`);
  try {
    return await command.run(rest, context);
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.done;
    if (error instanceof UsageError) {
      tell(streams.error, error.message);
      streams.error.write(`Usage: keepwatch ${command.name} ${command.usage}\n`);
      return EXIT.usage;
    }
    if (!(error instanceof ProblemError)) throw error;
    tell(streams.error, error.message);
    return EXIT.failed;
  }
}

async function print({ streams }: CommandContext, text: string): Promise<ExitCode> {
  const output = new Output(streams.out);
  try {
    await output.write(text);
    await output.finish();
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
  return EXIT.done;
}
