import type { RuleFile } from '../store/sigma-store.ts';
import type { EvidenceInput } from './evidence-input.ts';
import { findEvidence } from './find-files.ts';
import { closeIdleArchives } from './open-archives.ts';
import { openInput } from './open-input.ts';

export type RuleFilesRead = { readonly files: readonly RuleFile[]; readonly looked: number };

/** What one addition may bring; the largest public collection has about 5,000 rules in 20 MB. */
export const RULE_LIMITS = { files: 20_000, looked: 100_000, bytes: 128 * 1024 * 1024, fileBytes: 256 * 1024, problems: 500 } as const;
export type RuleLimits = { readonly [Name in keyof typeof RULE_LIMITS]: number };

/**
 * The texts of all rule files (`.yml`, `.yaml`) under the given files, folders and zip archives. A file that cannot be read becomes an entry with a
 * problem; where a limit is met, one more entry says what was left out. Never throws; ends early when `signal` does.
 */
export async function readRuleFiles(
  paths: readonly string[],
  signal: AbortSignal,
  onFound: (files: number) => void,
  limits: RuleLimits = RULE_LIMITS,
): Promise<RuleFilesRead> {
  const files: RuleFile[] = [];
  const fail = (path: string, problem: string) => void files.push({ path, text: '', problem });
  let looked = 0;
  let bytes = 0;
  let problems = 0;
  for await (const input of findEvidence([...paths])) {
    if (signal.aborted) break;
    looked++;
    const full = fullBecause(looked, files.length, bytes, limits);
    if (full !== '') {
      fail(input.displayPath, full);
      break;
    }
    if (!isRuleName(input.displayPath) && (input.problem === null || input.members.length > 0)) continue;
    const read = await readRule(input, limits);
    bytes += read.text.length;
    if (read.problem !== '' && ++problems > limits.problems) continue;
    files.push(read);
    onFound(files.length);
  }
  await closeIdleArchives();
  if (problems > limits.problems) fail('', `${problems - limits.problems} more files could not be read`);
  return { files, looked };
}

function fullBecause(looked: number, files: number, bytes: number, limits: RuleLimits): string {
  const rest = 'this file and what follows it was left out; add a smaller folder';
  if (looked > limits.looked) return `more than ${limits.looked.toLocaleString('en-US')} files were found: ${rest}`;
  if (files >= limits.files) return `more than ${limits.files.toLocaleString('en-US')} rule files: ${rest}`;
  return bytes > limits.bytes ? `the rules are larger than ${Math.round(limits.bytes / 1024 / 1024)} MiB: ${rest}` : '';
}

function isRuleName(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

async function readRule(input: EvidenceInput, limits: RuleLimits): Promise<RuleFile> {
  const path = input.displayPath.slice(-1_000);
  const refuse = (problem: string): RuleFile => ({ path, text: '', problem });
  const tooLarge = `the file is larger than ${Math.round(limits.fileBytes / 1024)} KiB, which no rule is`;
  if (input.problem !== null) return refuse(input.problem);
  if (input.sizeBytes > limits.fileBytes) return refuse(tooLarge);
  try {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of openInput(input)) {
      bytes += piece.length;
      // An archive may announce less than it holds.
      if (bytes > limits.fileBytes) return refuse(tooLarge);
      pieces.push(Buffer.from(piece));
    }
    // A zero byte would end the text early in the store, and no YAML has one.
    const text = Buffer.concat(pieces).toString('utf8');
    return text.includes('\0') ? refuse('the file is no text') : { path, text, problem: '' };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}
