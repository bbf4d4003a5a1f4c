/**
 * The facts that a conflict rests on, as plain values: what the lines ask for, what versions need, what cannot be used.
 * Versions are positions in a package's list, and sets of them are bits:
 *
 *     versions   1.8.0   2.0.0   2.1.0
 *     bit          1       2       4        "2.0.0 or newer" is 6n
 */
import type { TargetEnvironment } from '../packaging/target-environment.ts';
import type { ResolverOptions } from '../resolver/engine.ts';
import type { ProofPackage, UnusableReason } from '../resolver/prover/proof.ts';
import type { LineSource } from '../resolver/trace.ts';

/** Bit `i` stands for `versions[i]`. */
export type VersionBits = bigint;

/** A package as the search knows it: a project, a project with extras, or Python itself. */
export interface ConflictPackage {
  /** `flask`, `flask[async]`, `Python`. */
  readonly identifier: string;
  /** Every version that the index lists, lowest first. */
  readonly versions: readonly string[];
  /** `absent`: the index says that there is no such project; `unknown`: it does not say which versions there are. */
  readonly status: ProofPackage['status'];
  /** Whose list it is, in words: `the index`, `this snapshot`. */
  readonly place: string;
}

/** What decides on a file besides itself: the environment, and uv's `--python-version` where it is given. */
export interface Surroundings {
  readonly target: Pick<TargetEnvironment, 'python' | 'pythonVersion' | 'platform'>;
  readonly options: Pick<ResolverOptions, 'pythonVersion'>;
}

export type ConflictFact =
  /** A line of the user's, or (source null) the user without a line, wants one of `allowed`. */
  | {
      readonly kind: 'line';
      readonly source: LineSource | null;
      readonly package: number;
      readonly allowed: VersionBits;
      /** As written: `urllib3<1.21`. */
      readonly text: string;
      /** uv's override that takes the line's place; then `text` is the override's. */
      readonly override?: LineSource;
    }
  /** A constraint: asks for nothing, but allows only these. */
  | {
      readonly kind: 'limit';
      readonly source: LineSource | null;
      readonly package: number;
      readonly allowed: VersionBits;
      readonly text: string;
    }
  /** Each of `versions` needs one of `allowed` of another package. */
  | {
      readonly kind: 'needs';
      readonly package: number;
      readonly versions: VersionBits;
      readonly dependency: number;
      readonly allowed: VersionBits;
      /** The requirement that these versions bring, word for word; '' of an extra, which needs its own project. */
      readonly text: string;
      /** uv's override that takes its place; then `text` is the override's. */
      readonly override?: LineSource;
    }
  /** These versions exist but cannot be used here. */
  | {
      readonly kind: 'unusable';
      readonly package: number;
      readonly versions: VersionBits;
      readonly reason: UnusableReason;
    };

export interface ConflictFacts {
  /** The environment, which decides on files. */
  readonly surroundings: Surroundings;
  readonly packages: readonly ConflictPackage[];
  readonly facts: readonly ConflictFact[];
}

/** All versions of a package. */
export function allBits(versions: { readonly length: number }): VersionBits {
  return (1n << BigInt(versions.length)) - 1n;
}

/** Positions whose bits are set, ascending. */
export function positionsOf(bits: VersionBits): readonly number[] {
  const positions: number[] = [];
  for (let rest = bits, position = 0; rest > 0n; rest >>= 1n, position += 1)
    if ((rest & 1n) === 1n) positions.push(position);
  return positions;
}
