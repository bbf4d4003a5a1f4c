/** What the legacy resolver has to say, as facts. The words are in explain/pip/. */
export type LegacyReport =
  | {
      readonly kind: 'no-matching-version';
      /** With what it came from: `nope>=1 (from m)`. */
      readonly requirement: string;
      /** Ascending. */
      readonly versions: readonly string[];
    }
  | {
      readonly kind: 'requires-python';
      readonly name: string;
      readonly python: string;
      readonly specifier: string;
    }
  | {
      readonly kind: 'double-requirement';
      readonly requirement: string;
      readonly existing: string;
      readonly name: string;
    }
  | { readonly kind: 'url-against-constraint'; readonly name: string }
  | { readonly kind: 'unsupported-wheel'; readonly filename: string };

export type LegacyNotice =
  /** Dependencies of a package were read through a set, whose order changes from run to run. */
  | { readonly kind: 'random-order' }
  | { readonly kind: 'ignored-marker'; readonly name: string; readonly marker: string }
  | { readonly kind: 'missing-extra'; readonly candidate: string; readonly extra: string }
  | {
      readonly kind: 'yanked-selected';
      readonly name: string;
      readonly version: string;
      readonly link: string;
      readonly reason: string;
    }
  /** `package` is `name version`. The legacy resolver installs it all the same. */
  | { readonly kind: 'missing'; readonly package: string; readonly requirement: string }
  | {
      readonly kind: 'incompatible';
      readonly package: string;
      readonly requirement: string;
      readonly found: string;
    };
