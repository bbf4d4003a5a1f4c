/**
 * What pip has to say at the end of a run and on its way, as facts. The words are in explain/pip/, which turns these
 * into the texts of the release at hand.
 */

import type { EnvironmentProblem } from './environment-check.ts';

/** One line of "The conflict is caused by:". */
export interface ConflictLine {
  /** `name version` of the candidate that depends on it; null: the user. */
  readonly parent: string | null;
  /** Formatted for errors: `a<2 and >=1`. */
  readonly requirement: string;
}

/** pip gives up for a reason outside the search. */
export type AbortReport =
  /** `page` is the address of the index page. */
  | { readonly kind: 'upload-time-missing'; readonly page: string }
  | {
      readonly kind: 'inconsistent-metadata';
      readonly requested: string;
      readonly field: 'name' | 'version';
      readonly expected: string;
      readonly found: string;
    }
  | { readonly kind: 'invalid-metadata'; readonly requested: string; readonly error: string }
  /** `step`: the requirements that the project states, or those that its backend asks for besides. */
  | { readonly kind: 'build-failure'; readonly project: string; readonly step: 'build' | 'backend' }
  /** What the backend asks for does not fit what was just installed for it. */
  | {
      readonly kind: 'build-conflict';
      readonly requirement: string;
      readonly conflicts: readonly { readonly installed: string; readonly wanted: string }[];
    }
  | { readonly kind: 'unsupported-wheel'; readonly filename: string }
  | { readonly kind: 'invalid-constraint'; readonly problem: 'unnamed' | 'link' | 'editable' | 'extras' }
  | {
      readonly kind: 'hash-mismatch';
      readonly requirement: string;
      readonly expected: readonly string[];
      readonly found: string;
    }
  | { readonly kind: 'hash-missing'; readonly requirement: string; readonly found: string }
  | { readonly kind: 'hash-unpinned'; readonly requirement: string }
  /** Repositories and directories have no hash. */
  | {
      readonly kind: 'hash-unhashable';
      readonly what: 'repository' | 'directory';
      readonly requirement: string;
    };

/** Why a run failed; get_installation_error. */
export type PipReport =
  | {
      readonly kind: 'requires-python';
      readonly python: string;
      /** `package` is a name alone when there is one, formatted for errors when there are several. */
      readonly causes: readonly {
        readonly name: string;
        readonly formatted: string;
        readonly specifier: string;
      }[];
    }
  | {
      readonly kind: 'no-matching-version';
      /** As text, and the parent's identifier. */
      readonly requirement: string;
      /** The same without its marker. */
      readonly bareRequirement: string;
      readonly parent: string | null;
      /** Ascending. */
      readonly versions: readonly string[];
      readonly yankedVersions: readonly string[];
      /** Both together. */
      readonly allVersions: readonly string[];
      /** Sorted; of all projects of the run. */
      readonly skippedPythons: readonly string[];
      readonly isOnlyFinal: boolean;
    }
  | {
      readonly kind: 'conflict';
      /** Sorted. */
      readonly triggers: readonly string[];
      readonly lines: readonly ConflictLine[];
      readonly constraints: readonly string[];
      /** Sorted. pip says of these that nothing matches, whether or not that is true. */
      readonly noMatching: readonly string[];
    }
  | { readonly kind: 'too-deep'; readonly rounds: number }
  | { readonly kind: 'crash'; readonly exception: string; readonly said?: string }
  | { readonly kind: 'abort'; readonly abort: AbortReport };

/** What pip prints on its way. */
export type PipNotice =
  | { readonly kind: 'ignored-marker'; readonly name: string; readonly marker: string }
  | { readonly kind: 'missing-extra'; readonly candidate: string; readonly extra: string }
  | {
      readonly kind: 'invalid-metadata';
      readonly version: string;
      readonly name: string;
      /** `R from L (from P)`. */
      readonly requested: string;
      readonly error: string;
    }
  | {
      readonly kind: 'inconsistent-metadata';
      readonly link: string;
      readonly requested: string;
      readonly field: 'name' | 'version';
      readonly expected: string;
      readonly found: string;
    }
  /** `step`: of the trace, after which it is said. */
  | {
      readonly kind: 'rejections';
      readonly package: string;
      readonly count: number;
      readonly step: number;
    }
  | {
      readonly kind: 'yanked-selected';
      readonly name: string;
      readonly version: string;
      readonly link: string;
      readonly reason: string;
    }
  /** What would be broken in the environment afterwards. */
  | { readonly kind: 'installed-conflicts'; readonly problems: readonly EnvironmentProblem[] }
  /** This release has no `--build-constraint`. */
  | { readonly kind: 'no-build-constraints' }
  /** The build requirements of an sdist are not known; setuptools is assumed. */
  | { readonly kind: 'assumed-setuptools'; readonly filename: string }
  | { readonly kind: 'same-version-wheel'; readonly name: string }
  /** Dependencies of a package were read through a set, whose order changes from run to run. */
  | { readonly kind: 'random-order' }
  | { readonly kind: 'unknown-left-out'; readonly files: number; readonly projects: readonly string[] };
