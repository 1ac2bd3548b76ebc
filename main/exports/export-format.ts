import type { CaseFileContent } from './case-file.ts';

/** One file of a case file. `write` gives its text in pieces. */
export type ExportFormat = {
  readonly id: string;
  readonly fileName: string;
  /** For people: what the file is for. */
  readonly title: string;
  write(content: CaseFileContent): Iterable<string>;
};
