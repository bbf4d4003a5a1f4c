/**
 * A proof that nothing satisfies a request, or what satisfies it. Versions are positions in a package's list, and sets
 * of them are lists of the positions at which membership changes (`pubgrub/integer-sets.ts`). A set may be open upwards:
 * positions at or above the list's length are no versions.
 */
import type { MissingFact } from '../../package-index/package-index.ts';
import type { IntegerSet } from '../pubgrub/integer-sets.ts';

/** A package as a proof knows it: the user (number 0), a project, or a project with one extra. */
export interface ProofPackage {
  /** `flask`, `flask[async]`; '' for the user. */
  readonly identifier: string;
  /** Normalised project name; '' for the user. */
  readonly name: string;
  readonly extra: string | null;
  /** Every version that the index lists, lowest first. */
  readonly versions: readonly string[];
  /** `absent`: the index says that there is no such project; `unknown`: it does not say which versions there are. */
  readonly status: 'present' | 'absent' | 'unknown';
}

/** A leaf of a proof: something that the index or the user says. */
export type ProofFact =
  /** The user asks for something; the root of every proof. */
  | { readonly kind: 'root' }
  /** A line of the user's wants one of `allowed`. `line` is a position in `request.requirements`. */
  | { readonly kind: 'line'; readonly line: number; readonly package: number; readonly allowed: IntegerSet }
  /** A constraint allows only these. `line` is a position in `request.constraints`. */
  | {
      readonly kind: 'constraint';
      readonly line: number;
      readonly package: number;
      readonly allowed: IntegerSet;
    }
  /** Each of `versions` needs one of `allowed`: `quotes` say in which words, each of the versions that have them. */
  | {
      readonly kind: 'dependency';
      readonly package: number;
      readonly versions: IntegerSet;
      readonly dependency: number;
      readonly allowed: IntegerSet;
      readonly quotes: readonly RequirementQuote[];
    }
  /** These versions exist but cannot be used; see `UnusableReason`. */
  | {
      readonly kind: 'unusable';
      readonly package: number;
      readonly versions: IntegerSet;
      readonly reason: UnusableReason;
    }
  /** The index lists no such versions. With all of them: it has none of the project at all. */
  | { readonly kind: 'no-versions'; readonly package: number; readonly versions: IntegerSet };

/** The text of one requirement, and the versions whose metadata holds it. */
export interface RequirementQuote {
  readonly versions: IntegerSet;
  readonly text: string;
}

/**
 * Why a listed version cannot be used under the rules. `detail` is the fact itself, such as `>=3.12`. Pre-releases and
 * yanked versions of pip cannot be used because nothing that fits together asks for them as it would have to.
 */
export interface UnusableReason {
  readonly kind:
    | 'requires-python'
    | 'tags'
    | 'format'
    | 'too-new'
    | 'yanked'
    | 'prerelease'
    | 'invalid-metadata'
    | 'unknown-metadata';
  readonly detail: string;
}

/** A statement on a package: it is (positive) or is not (negative) in `versions`, or not chosen. */
export interface ProofTerm {
  readonly package: number;
  readonly isPositive: boolean;
  readonly versions: IntegerSet;
}

export type ProofNode =
  | { readonly kind: 'fact'; readonly fact: ProofFact }
  /** These terms cannot all hold, because of what `first` and `second` say. Nodes can be shared. */
  | {
      readonly kind: 'step';
      readonly terms: readonly ProofTerm[];
      readonly first: ProofNode;
      readonly second: ProofNode;
    };

export interface ImpossibilityProof {
  /** By number. */
  readonly packages: readonly ProofPackage[];
  /** Concludes that the user's request cannot be met. */
  readonly root: ProofNode;
  /** Lines and constraints without which company might admit what `root` counts out; see `company.ts`. */
  readonly company?: readonly Extract<ProofFact, { kind: 'line' | 'constraint' }>[];
}

export type Proof =
  | { readonly kind: 'impossible'; readonly proof: ImpossibilityProof; readonly decisions: number }
  /** Normalised names to versions. */
  | { readonly kind: 'possible'; readonly pins: ReadonlyMap<string, string>; readonly decisions: number }
  /**
   * `budget`: more decisions than allowed. `undecided`: there are solutions with versions (pre-releases, yanked) that
   * pip admits only in some company, none of those that were looked at is admitted in its own, and there are too many.
   */
  | { readonly kind: 'stopped'; readonly reason: 'budget' | 'undecided'; readonly decisions: number }
  | { readonly kind: 'incomplete'; readonly missing: readonly MissingFact[] };

/** The leaves of a proof, each once, in no particular order. */
export function proofFacts(root: ProofNode): readonly ProofFact[] {
  const facts = new Set<ProofFact>();
  const seen = new Set<ProofNode>();
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'fact') facts.add(node.fact);
    else open.push(node.first, node.second);
  }
  return [...facts];
}
