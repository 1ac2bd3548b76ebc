import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { ImportReport } from '../../shared/model/import.ts';
import { shownNames } from '../sync/find-files.ts';
import { type Analysis, collectAnalysis } from './analysis.ts';
import { tabulateAnalysis } from './analysis-table.ts';
import { type EngineSession, withEngine } from './ask-engine.ts';
import { type Command, type CommandContext, EXIT, type ExitCode, UsageError } from './command.ts';
import { Output, writeWhole } from './output.ts';
import { oneOf, parseOptions } from './parse-options.ts';
import { ProgressLine } from './progress-line.ts';
import { tell, tellRejects } from './tell-problems.ts';

const OPTIONS = {
  format: { type: 'string' },
  out: { type: 'string' },
  store: { type: 'string' },
  case: { type: 'string' },
  rules: { type: 'string' },
} as const;
/** Cases take this many pieces of evidence a call. */
const ITEMS_A_CALL = 1000;

export const analyzeCommand: Command = {
  name: 'analyze',
  usage: 'PATH... [--format json|table] [--out FILE] [--store DIR] [--case FILE] [--rules RULES]',
  summary: 'read evidence (files, folders, zip archives), run all detections and the Sigma rules of --rules, report what was found',
  async run(args, context) {
    const { values, paths } = parseOptions(args, OPTIONS);
    if (paths.length === 0) throw new UsageError('name at least one file, folder or archive');
    const chosen = oneOf('--format', values.format, ['json', 'table']);
    const format = chosen ?? (context.streams.out.isTTY === true && values.out === undefined ? 'table' : 'json');
    return withEngine(values.store, context, async (session) => {
      if (values.rules !== undefined) await addRules(session, values.rules, context);
      const report = await importWithProgress(session, paths, context);
      const analysis = await collectAnalysis(session, report, (await session.ask('app.status', {})).version, paths);
      tellUnread(analysis, context);
      const text = format === 'json' ? `${JSON.stringify(analysis, null, 2)}\n` : tabulateAnalysis(analysis);
      if (values.out !== undefined) writeWhole(resolve(values.out), text);
      else await writeAll(context, text);
      if (values.case !== undefined) await exportCase(session, analysis, paths, values.case, context);
      if (context.signal.aborted) return EXIT.interrupted;
      return exitCodeOf(report, context);
    });
  },
};

async function addRules(session: EngineSession, path: string, { streams }: CommandContext): Promise<void> {
  const { unreadable } = await session.ask('sigma.add', { paths: [resolve(path)] });
  const { counts } = await session.ask('sigma.overview', {});
  const supported = Object.values(counts).reduce((sum, count) => sum + count, 0) - counts.unsupported;
  const left = unreadable > 0 ? `, ${unreadable} of them could not be read` : '';
  tell(streams.error, `${supported} Sigma rules run; ${counts.unsupported} do not${left} ("keepwatch sigma ... --status" tells why)`);
}

function importWithProgress(session: EngineSession, paths: readonly string[], context: CommandContext): Promise<ImportReport> {
  const line = new ProgressLine(context.streams.error);
  return session.import(paths, context.signal, (progress) => line.show(progress)).finally(() => line.clear());
}

function tellUnread({ imports }: Analysis, { streams }: CommandContext): void {
  for (const { path, reasons, rejected, state, note } of imports) {
    tellRejects(streams.error, path, reasons, rejected);
    if (reasons.length === 0 && (state === 'not-recognized' || state === 'unreadable')) tell(streams.error, `${path}: ${note}`);
  }
}

async function writeAll({ streams }: CommandContext, text: string): Promise<void> {
  const output = new Output(streams.out);
  await output.write(text);
  await output.finish();
}

function exitCodeOf(report: ImportReport, { streams }: CommandContext): ExitCode {
  const readable = report.files.some(({ state, read }) => state === 'done' || state === 'already-imported' || read > 0);
  if (readable) return EXIT.done;
  tell(
    streams.error,
    report.files.length === 0
      ? 'there is no file under the given paths'
      : 'nothing readable: expected EVTX files or Windows events as JSON, also in folders and zip archives',
  );
  return EXIT.nothingReadable;
}

/** A case of all alerts and incidents, written as a zip archive, or as a folder where the name does not end in .zip. */
async function exportCase(
  session: EngineSession,
  analysis: Analysis,
  paths: readonly string[],
  file: string,
  { streams }: CommandContext,
): Promise<void> {
  const path = resolve(file);
  const names = shownNames(paths.map((name) => resolve(name)));
  const title = `Analysis of ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`.slice(0, 300);
  const { id: caseId } = await session.ask('cases.create', { title, author: userName() });
  const summary = `${analysis.alerts.length} alerts in ${analysis.incidents.length} incidents, found by "keepwatch analyze" in ${analysis.imports.length} ${analysis.imports.length === 1 ? 'file' : 'files'}.`;
  await session.ask('cases.update', { caseId, summary });
  const items = [
    ...analysis.incidents.map(({ id, title: label }) => ({ kind: 'incident' as const, key: id, label: label.slice(0, 1000) })),
    ...analysis.alerts.map(({ id, summary: label }) => ({ kind: 'alert' as const, key: id, label: label.slice(0, 1000) })),
  ];
  for (let from = 0; from < items.length; from += ITEMS_A_CALL)
    await session.ask('cases.addEvidence', { caseId, items: items.slice(from, from + ITEMS_A_CALL) });
  const written = await session.ask('cases.export', { caseId, path, form: /\.zip$/i.test(path) ? 'zip' : 'folder' });
  tell(streams.error, `wrote the case file ${written.path} (${written.files} files)`);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
