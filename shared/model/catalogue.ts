/** What an alert of the reference catalogue means in this product. */
export type CatalogueState = 'works' | 'planned' | 'needs-packets' | 'needs-directory' | 'import-only';

/** One alert of the reference catalogue; several rows may name one detection. */
export type CatalogueRow = {
  readonly key: string;
  readonly number: number | null;
  readonly name: string;
  /** What observes it, by source. */
  readonly sources: readonly string[];
  readonly state: CatalogueState;
  /** One sentence: from what it works, or what is missing. */
  readonly reason: string;
  /** Id of the detection; empty where there is none. */
  readonly detection: string;
  /** Imported alerts of this name and how their detection is called; absent where there are none. Rows of one name share theirs. */
  readonly imported?: { readonly alerts: number; readonly detection: string };
};
