/**
 * A file to read, as plain data: a path on disk and, for a member of an archive, the names that lead to it, outermost first. Any thread can open it.
 */
export type EvidenceInput = {
  /** Original path as shown: `outer.zip/inner/Security.evtx`. */
  readonly displayPath: string;
  readonly path: string;
  readonly members: readonly string[];
  readonly sizeBytes: number;
  /** Set where the input cannot be opened at all: the sentence for the report. */
  readonly problem: string | null;
};
