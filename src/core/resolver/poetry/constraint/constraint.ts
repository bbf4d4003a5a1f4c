/**
 * Poetry's version constraints (poetry-core 2.5, `constraints/version`): nothing, one version, a range, or a union of
 * disjoint pieces in order. Poetry takes a version without a local label for all its local variants, and lets bounds
 * stand as they were written; both show in its reports, so the operations (`operations.ts`) follow it piece by piece.
 */
import { compareVersions, type Version } from '../../../packaging/version.ts';
import { equalVersions, isUnstable, withoutLocal, withoutPost, withoutDev } from './version-steps.ts';

export interface VersionPiece {
  readonly kind: 'version';
  readonly version: Version;
  readonly min: Version;
  readonly max: Version;
  readonly includesMin: true;
  readonly includesMax: true;
}

export interface RangePiece {
  readonly kind: 'range';
  readonly min: Version | null;
  readonly max: Version | null;
  readonly includesMin: boolean;
  readonly includesMax: boolean;
}

export type Piece = VersionPiece | RangePiece;

export interface UnionConstraint {
  readonly kind: 'union';
  /** Two or more, disjoint, lowest first. */
  readonly pieces: readonly Piece[];
  /** Derived: the one version that is left out, where that is all. */
  readonly hole: Version | null;
}

export type Constraint = Piece | UnionConstraint | { readonly kind: 'empty' };

export const EMPTY: Constraint = { kind: 'empty' };
export const ANY: RangePiece = {
  kind: 'range',
  min: null,
  max: null,
  includesMin: false,
  includesMax: false,
};

export function exactly(version: Version): VersionPiece {
  return { kind: 'version', version, min: version, max: version, includesMin: true, includesMax: true };
}

export function range(
  min: Version | null,
  max: Version | null,
  includesMin: boolean,
  includesMax: boolean,
): RangePiece {
  return { kind: 'range', min, max, includesMin, includesMax };
}

export function isAny(constraint: Constraint): boolean {
  return constraint.kind === 'range' && constraint.min === null && constraint.max === null;
}

export function isEmpty(constraint: Constraint): constraint is { readonly kind: 'empty' } {
  return constraint.kind === 'empty';
}

/** The pieces of a constraint, lowest first. */
export function piecesOf(constraint: Constraint): readonly Piece[] {
  if (constraint.kind === 'empty') return NONE;
  return constraint.kind === 'union' ? constraint.pieces : [constraint];
}

const NONE: readonly never[] = [];

/** Whether there is a version above which nothing is taken. */
export function hasUpperBound(constraint: Constraint): boolean {
  return piecesOf(constraint).every((piece) => piece.max !== null);
}

/** One version, a range with one side open, or all but one version. */
export function isSimple(constraint: Constraint): boolean {
  switch (constraint.kind) {
    case 'version':
      return true;
    case 'range':
      return constraint.min === null || constraint.max === null;
    case 'union':
      return constraint.hole !== null;
    case 'empty':
      return false;
  }
}

export function sameConstraint(a: Constraint, b: Constraint): boolean {
  if (a === b) return true;
  const left = piecesOf(a);
  const right = piecesOf(b);
  return left.length === right.length && left.every((piece, index) => samePiece(piece, right[index]!));
}

export function samePiece(a: Piece, b: Piece): boolean {
  return (
    sameBound(a.min, b.min) &&
    sameBound(a.max, b.max) &&
    a.includesMin === b.includesMin &&
    a.includesMax === b.includesMax
  );
}

function sameBound(a: Version | null, b: Version | null): boolean {
  return a === null || b === null ? a === b : equalVersions(a, b);
}

/** Whether a version is taken. Pre-releases are taken like others: who asks leaves them out. */
export function allows(constraint: Constraint, version: Version): boolean {
  switch (constraint.kind) {
    case 'empty':
      return false;
    case 'version':
      return allowsExactly(constraint.version, version);
    case 'range':
      return rangeAllows(constraint, version);
    case 'union':
      if (constraint.hole !== null) return !allowsExactly(constraint.hole, version);
      return constraint.pieces.some((piece) => allows(piece, version));
  }
}

export function allowsExactly(wanted: Version, version: Version): boolean {
  if (version.local !== null && wanted.local === null) return equalVersions(wanted, withoutLocal(version));
  return equalVersions(wanted, version);
}

export function rangeAllows({ min, max, includesMin, includesMax }: RangePiece, version: Version): boolean {
  if (min !== null) {
    let seen = version;
    if (!includesMin && min.post === null && version.post !== null) seen = withoutPost(seen);
    if (min.local === null) seen = withoutLocal(seen);
    const order = compareVersions(seen, min);
    if (order < 0 || (order === 0 && !includesMin)) return false;
  }
  if (max !== null) {
    const seen = max.local === null ? withoutLocal(version) : version;
    const order = compareVersions(seen, max);
    if (order > 0 || (order === 0 && !includesMax)) return false;
  }
  return true;
}

/** Whether `a` goes further down than `b`. */
export function startsLower(a: Piece, b: Piece): boolean {
  if (a.min === null) return b.min !== null;
  if (b.min === null) return false;
  const order = compareVersions(a.min, b.min);
  return order === 0 ? a.includesMin && !b.includesMin : order < 0;
}

/** Whether `a` goes further up than `b`. */
export function endsHigher(a: Piece, b: Piece): boolean {
  if (a.max === null) return b.max !== null;
  if (b.max === null) return false;
  const order = compareVersions(a.max, b.max);
  return order === 0 ? a.includesMax && !b.includesMax : order > 0;
}

/** Whether all of `a` is below all of `b`. */
export function isBelow(a: Piece, b: Piece): boolean {
  if (a.max === null || b.min === null) return false;
  const order = compareVersions(a.max, b.min);
  return order === 0 ? !(a.includesMax && b.includesMin) : order < 0;
}

/** Whether an exclusive end is the `V.dev0` that a typed `<V` stands for. */
export function isStrictEnd(version: Version): boolean {
  return version.dev === 0 && !isUnstable(withoutDev(version));
}

/** Two or more disjoint pieces, lowest first. */
export function union(pieces: readonly Piece[]): UnionConstraint {
  const [first, second] = pieces;
  const isHole =
    pieces.length === 2 &&
    first!.min === null &&
    second!.max === null &&
    !first!.includesMax &&
    !second!.includesMin &&
    equalVersions(first!.max!, second!.min!);
  return { kind: 'union', pieces, hole: isHole ? first!.max : null };
}

/** All but one version, with the bounds as they are. */
export function allBut(version: Version): UnionConstraint {
  return union([range(null, version, false, false), range(version, null, false, false)]);
}
