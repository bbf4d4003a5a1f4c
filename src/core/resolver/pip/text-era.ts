/** Differences of pip's texts from release to release, as rows of one table; explain/pip/ writes them. */

/** A row. */
export interface PipTextEra {
  /** `(from versions: …)`, constraint lines, several Pythons in one report (21.1). */
  readonly listsVersions: boolean;
  /** "Ignored the following versions that require a different python version" (22.1). */
  readonly listsSkippedPythons: boolean;
  /** "Ignored the following yanked versions" (23.3). */
  readonly listsYanked: boolean;
  /** "allow pip to attempt to solve" (24.1) instead of "allow pip attempt to solve". */
  readonly attemptsWithTo: boolean;
  /** "Additionally, some packages in these conflicts have no matching distributions" (25.3). */
  readonly addsNoMatching: boolean;
  /** "Could not find a final version" (26.0). */
  readonly saysFinalVersion: boolean;
  /** The address of the help page. */
  readonly help: 'user-guide' | 'topics';
  /** Too deep is a report of its own (25.1); before, a traceback. */
  readonly explainsTooDeep: boolean;
  /** The eighth message says "is still looking" (23.2). */
  readonly saysStillLooking: boolean;
  /** Why versions were skipped for Python: clauses in the order of their numbers (25.2), or as the index spells them. */
  readonly sortsSkippedPythons: boolean;
  /** Where the thirteenth message sends the user. */
  readonly backtrackingHelp: 'guidance' | 'survey';
  /** How metadata of something else is described: `different` until 20.3, `filename` until 22.0. */
  readonly inconsistency: 'expected' | 'filename' | 'different';
  /** That a file is discarded for its metadata is a warning (until 21.3), later mere information. */
  readonly warnsOfDiscarded: boolean;
  /** Conflicts name addresses of constraints, and what is editable (26.2). */
  readonly namesAddresses: boolean;
  /** Saying so, the terminal's markup eats `[extras]` (22.0 to 26.1; pip's issue 12023). */
  readonly losesExtras: boolean;
  /** "No matching distribution found for" names the parent, too, and neither line the marker (26.3). */
  readonly namesParents: boolean;
  /** At which candidates of a package that are given up pip says so. */
  readonly tellingCounts: readonly number[];
}

export const TEXTS_26_3: PipTextEra = {
  listsVersions: true,
  listsSkippedPythons: true,
  listsYanked: true,
  attemptsWithTo: true,
  addsNoMatching: true,
  saysFinalVersion: true,
  help: 'topics',
  explainsTooDeep: true,
  saysStillLooking: true,
  sortsSkippedPythons: true,
  backtrackingHelp: 'guidance',
  inconsistency: 'expected',
  warnsOfDiscarded: false,
  namesAddresses: true,
  losesExtras: false,
  namesParents: true,
  tellingCounts: [2, 8, 13],
};
export const TEXTS_26_2: PipTextEra = { ...TEXTS_26_3, namesParents: false, tellingCounts: [1, 8, 13] };
export const TEXTS_26_0: PipTextEra = { ...TEXTS_26_2, namesAddresses: false, losesExtras: true };
export const TEXTS_25_3: PipTextEra = { ...TEXTS_26_0, saysFinalVersion: false };
export const TEXTS_25_2: PipTextEra = { ...TEXTS_25_3, addsNoMatching: false };
export const TEXTS_25_1: PipTextEra = { ...TEXTS_25_2, sortsSkippedPythons: false };
export const TEXTS_24_1: PipTextEra = { ...TEXTS_25_1, explainsTooDeep: false };
/** 25.0 forgot to note what it skipped unless it ran verbosely (pip's issue 13333). */
export const TEXTS_25_0: PipTextEra = { ...TEXTS_24_1, listsSkippedPythons: false };
export const TEXTS_23_3: PipTextEra = { ...TEXTS_24_1, attemptsWithTo: false };
export const TEXTS_23_2: PipTextEra = { ...TEXTS_23_3, listsYanked: false };
export const TEXTS_22_1: PipTextEra = { ...TEXTS_23_2, saysStillLooking: false };
export const TEXTS_22_0: PipTextEra = {
  ...TEXTS_22_1,
  listsSkippedPythons: false,
  inconsistency: 'filename',
};
export const TEXTS_21_1: PipTextEra = {
  ...TEXTS_22_0,
  help: 'user-guide',
  backtrackingHelp: 'survey',
  warnsOfDiscarded: true,
  losesExtras: false,
};
export const TEXTS_21_0: PipTextEra = { ...TEXTS_21_1, listsVersions: false };
export const TEXTS_20_3: PipTextEra = { ...TEXTS_21_0, inconsistency: 'different' };
