/** Limits that both sides of the contract rely on. */
export const BOUNDS = {
  pageRows: 500,
  histogramBuckets: 2_000,
  graphNodes: 2_000,
  graphExpansion: 500,
  bundleFrom: 12,
  evidencePerAlert: 200,
  rejectsPerFile: 1_000,
  textLength: 30_000,
  /** Alerts and blind spots told with one answer to "why did it not fire". */
  whyNotRows: 50,
  pathsPerImport: 1_000,
  bulkIds: 5_000,
  /** Exclusions in all, and rows of one file of them. */
  exclusions: 2_000,
  /** Letters of a file of exclusions. */
  exclusionText: 2_000_000,
  uploadChunkBytes: 4 * 1024 * 1024,
  /** A text search looks through this many milliseconds of records per call, then hands back a cursor. */
  searchBudgetMs: 60,
} as const;
