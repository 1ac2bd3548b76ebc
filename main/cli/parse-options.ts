import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';

type OptionKinds = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
type OptionValues<Kinds extends OptionKinds> = { readonly [Name in keyof Kinds]?: Kinds[Name]['type'] extends 'string' ? string : boolean };

/** Options and the words that are none. Throws `UsageError` for an unknown option, one without its value, or one given twice. */
export function parseOptions<Kinds extends OptionKinds>(
  args: readonly string[],
  options: Kinds,
): { values: OptionValues<Kinds>; paths: string[] } {
  try {
    const { values, positionals, tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true });
    const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
    const twice = names.find((name, place) => names.indexOf(name) !== place);
    if (twice !== undefined) throw new UsageError(`--${twice} was given twice`);
    return { values: values as OptionValues<Kinds>, paths: positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export function oneOf<Choice extends string>(option: string, value: string | undefined, choices: readonly Choice[]): Choice | undefined {
  if (value === undefined || (choices as readonly string[]).includes(value)) return value as Choice | undefined;
  throw new UsageError(`${option} is one of ${choices.join(', ')}; found ${JSON.stringify(value)}`);
}

export function exactlyOne(paths: readonly string[], what: string): string {
  if (paths.length !== 1) throw new UsageError(`expected one ${what}, found ${paths.length}`);
  return paths[0];
}
