import { compileRule, type RefusedRule, type SigmaRule } from '../sigma/compile-rule.ts';
import type { Placeholders } from '../sigma/compile-selection.ts';
import { findEvidence } from './find-files.ts';
import { openInput } from './open-input.ts';

const RULE_BYTES_ALLOWED = 1 << 20;

export type SigmaRules = { readonly rules: readonly SigmaRule[]; readonly refused: readonly RefusedRule[] };

/** Every rule (`.yml`, `.yaml`) under the given files, folders and zip archives. What cannot be read or does not run here is named, never thrown. */
export async function readSigmaRules(paths: readonly string[], placeholders: Placeholders): Promise<SigmaRules> {
  const rules: SigmaRule[] = [];
  const refused: RefusedRule[] = [];
  for await (const input of findEvidence([...paths])) {
    if (input.problem !== null) {
      refused.push({ path: input.displayPath, id: '', title: '', line: 1, reason: input.problem });
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
      const compiled = compileRule(input.displayPath, Buffer.concat(pieces).toString('utf8'), placeholders);
      if ('matches' in compiled) rules.push(compiled);
      else refused.push(compiled);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      refused.push({ path: input.displayPath, id: '', title: '', line: 1, reason });
    }
  }
  return { rules, refused };
}
