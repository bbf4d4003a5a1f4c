/**
 * The facts that a conflict rests on, as plain values: what the lines ask for, what versions need, what cannot be used.
 * Versions are positions in a package's list, and sets of them are bits:
 *
 *     versions   1.8.0   2.0.0   2.1.0
 *     bit          1       2       4        "2.0.0 or newer" is 6n
 */
import type { LineSource } from '../resolver/trace.ts';

/** Bit `i` stands for `versions[i]`. */
export type VersionBits = bigint;

/** A package as the search knows it: a project, a project with extras, or Python itself. */
export interface ConflictPackage {
  /** `flask`, `flask[async]`, `Python`. */
  readonly identifier: string;
  /** Every version that exists, lowest first. Empty: the index has no such project, or none of its files can be read. */
  readonly versions: readonly string[];
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
      /** The requirement that these versions bring; '' where they differ in text. */
      readonly text: string;
    }
  /** These versions exist but cannot be used here: `needs Python >=3.12`, `has no file for this platform`. */
  | {
      readonly kind: 'unusable';
      readonly package: number;
      readonly versions: VersionBits;
      readonly detail: string;
    };

export interface ConflictFacts {
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
