import { resolve } from 'node:path';
import { type Command, type CommandContext, EXIT } from './command.ts';
import { Output } from './output.ts';
import { exactlyOne, parseOptions } from './parse-options.ts';
import { ProgressLine } from './progress-line.ts';
import { type Labelled, type Manifest, readManifest } from './score/read-manifest.ts';
import { type Recall, type Score, scoreCorpus, scoredFiles } from './score/score-corpus.ts';
import { recallPercent, tabulateScore } from './score/tabulate-score.ts';
import { tell } from './tell-problems.ts';

const OPTIONS = { files: { type: 'string' }, json: { type: 'boolean' } } as const;

export const scoreCommand: Command = {
  name: 'score',
  usage: 'MANIFEST [--files SUBSTRING] [--json]',
  summary: 'compare what the detections find with the labels of evidence: recall, and alerts on benign files',
  async run(args, context) {
    const { error } = context.streams;
    const { values, paths } = parseOptions(args, OPTIONS);
    const manifest = await readManifest(resolve(exactlyOne(paths, 'manifest')));
    if (!manifest.ok) {
      tell(error, manifest.message);
      return EXIT.usage;
    }
    const files = scoredFiles(manifest.value).filter(({ path }) => path.includes(values.files ?? ''));
    if (files.length === 0) tell(error, 'the manifest names no such file with a label to score, and no benign one');
    const score = await scoreWithProgress(manifest.value, files, context);
    if (score === null) return EXIT.interrupted;
    for (const { path, note } of score.unread) tell(error, `${path}: ${note}`);
    const output = new Output(context.streams.out);
    await output.write(values.json === true ? `${JSON.stringify(plainScore(score), null, 2)}\n` : tabulateScore(score));
    await output.finish();
    return EXIT.done;
  },
};

async function scoreWithProgress(
  manifest: Manifest,
  files: readonly Labelled[],
  { streams, signal }: CommandContext,
): Promise<Score | null> {
  const line = new ProgressLine(streams.error);
  const bytesTotal = files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let bytesDone = 0;
  const onFile = (file: Labelled, filesDone: number, eventsStored: number) => {
    line.show({
      importId: 0,
      stage: 'reading',
      filesDone,
      filesTotal: files.length,
      bytesDone,
      bytesTotal,
      eventsStored,
      currentFile: file.path,
    });
    bytesDone += file.bytes ?? 0;
  };
  return scoreCorpus(manifest, files, { signal, onFile }).finally(() => line.clear());
}

function plainScore({ labels, total, benign, ...rest }: Score) {
  const withPercent = (recall: Recall) => ({ ...recall, recallPercent: recallPercent(recall) });
  return {
    ...rest,
    labels: [...labels].map(([label, { detections, content, name }]) => ({
      label,
      detections,
      content: withPercent(content),
      name: withPercent(name),
    })),
    total: { content: withPercent(total.content), name: withPercent(total.name) },
    benign: { ...benign, bySeverity: Object.fromEntries(benign.bySeverity) },
  };
}
