/**
 * resolvelib's search in all the forms that a pip release carried, as one table of differences. A new release of
 * resolvelib is a new row. See resolver/README.md#variants-of-the-search.
 */

export interface SearchVariant {
  /**
   * How a failed pin is answered. `chronological`: the last pin is undone, and the one before if that does not help.
   * `to-dependency`: pins are popped until one depends on something in the conflict (1.0; can miss solutions).
   * `safe`: stops at the first pin that has nothing to do with the conflict, too (1.1).
   * `optimistic`: jumps over such pins first and rolls back when that fails (1.2).
   */
  readonly retreat: 'chronological' | 'to-dependency' | 'safe' | 'optimistic';
  /**
   * How candidates are excluded. `view`: a filter over the candidates at hand, forgotten when the next requirement
   * arrives (0.5). `search`: the provider is asked again, with the excluded ones (0.7).
   */
  readonly exclusion: 'view' | 'search';
  /** 0.5.3 stores "no candidates left" as if it were a criterion and fails on it later. */
  readonly crashesOnEmptyView: boolean;
  /** Before 0.7.1 two dependencies of one candidate on the same identifier overwrite each other. */
  readonly mergesRepeatedDependencies: boolean;
  /** The causes of the last failure are kept in the state (0.8). */
  readonly remembersCauses: boolean;
  /** A pin that stops being satisfied takes what it asked for with it; candidates are reported as rejected (1.0). */
  readonly dropsInvalidatedInformation: boolean;
  /** Causes are listed once; the provider narrows the choice; a single identifier is taken without asking (1.1). */
  readonly narrowsSelection: boolean;
  /** Popping never takes the last state but one (1.2.1); without it a rolled back search can run out of states. */
  readonly guardsLastState: boolean;
}

const V0_5_3: SearchVariant = {
  retreat: 'chronological',
  exclusion: 'view',
  crashesOnEmptyView: true,
  mergesRepeatedDependencies: false,
  remembersCauses: false,
  dropsInvalidatedInformation: false,
  narrowsSelection: false,
  guardsLastState: false,
};
const V0_5_4: SearchVariant = { ...V0_5_3, crashesOnEmptyView: false };
const V0_7_0: SearchVariant = { ...V0_5_4, exclusion: 'search' };
const V0_7_1: SearchVariant = { ...V0_7_0, mergesRepeatedDependencies: true };
const V0_8: SearchVariant = { ...V0_7_1, remembersCauses: true };
const V1_0_1: SearchVariant = { ...V0_8, retreat: 'to-dependency', dropsInvalidatedInformation: true };
const V1_1_0: SearchVariant = { ...V1_0_1, retreat: 'safe', narrowsSelection: true };
const V1_2_0: SearchVariant = { ...V1_1_0, retreat: 'optimistic' };
const V1_2_1: SearchVariant = { ...V1_2_0, guardsLastState: true };

/** By release of resolvelib; 0.8.0 and 0.8.1 search alike. */
export const SEARCH_VARIANTS = {
  '0.5.3': V0_5_3,
  '0.5.4': V0_5_4,
  '0.7.0': V0_7_0,
  '0.7.1': V0_7_1,
  '0.8': V0_8,
  '1.0.1': V1_0_1,
  '1.1.0': V1_1_0,
  '1.2.0': V1_2_0,
  '1.2.1': V1_2_1,
} as const satisfies Readonly<Record<string, SearchVariant>>;

export type SearchVersion = keyof typeof SEARCH_VARIANTS;
