import { type CompiledFile, compileFile } from '../sigma/compile-file.ts';
import type { Placeholders } from '../sigma/placeholders.ts';
import { buildRuleSet, type RuleSet } from '../sigma/rule-set.ts';
import { findEvidence } from './find-files.ts';
import { openInput } from './open-input.ts';

const RULE_BYTES_ALLOWED = 1 << 20;

export type SigmaRules = RuleSet;

/**
 * Every rule, filter and correlation (`.yml`, `.yaml`) under the given files, folders and zip archives. What cannot be read or does not run here is
 * named, never thrown.
 */
export async function readSigmaRules(paths: readonly string[], placeholders: Placeholders): Promise<SigmaRules> {
  const files: CompiledFile[] = [];
  const refuse = (path: string, reason: string) =>
    files.push({ rules: [], filters: [], correlations: [], refused: [{ path, id: '', title: '', line: 1, reason }] });
  for await (const input of findEvidence([...paths])) {
    if (input.problem !== null) {
      refuse(input.displayPath, input.problem);
      continue;
    }
    if (!/\.ya?ml$/i.test(input.displayPath)) continue;
    try {
      const pieces: Buffer[] = [];
      let bytes = 0;
      for await (const piece of openInput(input)) {
        bytes += piece.length;
        if (bytes > RULE_BYTES_ALLOWED) throw new Error('the file is larger than 1 MiB');
        pieces.push(Buffer.from(piece));
      }
      files.push(compileFile(input.displayPath, Buffer.concat(pieces).toString('utf8'), placeholders));
    } catch (error) {
      refuse(input.displayPath, error instanceof Error ? error.message : String(error));
    }
  }
  return buildRuleSet(files);
}
