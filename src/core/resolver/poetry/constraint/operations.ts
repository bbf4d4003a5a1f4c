/** What constraints take together, and whether one takes what another does. poetry-core 2.5, `constraints/version`. */
import { compareVersions, type Version } from '../../../packaging/version.ts';
import {
  allowsExactly,
  ANY,
  EMPTY,
  endsHigher,
  exactly,
  isAny,
  isBelow,
  piecesOf,
  range,
  rangeAllows,
  samePiece,
  startsLower,
  union,
  type Constraint,
  type Piece,
  type RangePiece,
  type VersionPiece,
} from './constraint.ts';
import { afterLocals, equalVersions, nextPatch, stableOf, withoutLocal } from './version-steps.ts';

/** Whether `a` takes everything that `b` takes. */
export function allowsAll(a: Constraint, b: Constraint): boolean {
  if (b.kind === 'empty') return true;
  if (a.kind === 'empty') return false;
  if (a.kind !== 'union' && b.kind !== 'union') return pieceAllowsAll(a, b);
  const theirs = piecesOf(b);
  if (a.kind !== 'union') return theirs.every((piece) => pieceAllowsAll(a, piece));
  let ours = 0;
  for (const piece of theirs) {
    while (ours < a.pieces.length && !pieceAllowsAll(a.pieces[ours]!, piece)) ours++;
    if (ours === a.pieces.length) return false;
  }
  return true;
}

function pieceAllowsAll(a: Piece, b: Piece): boolean {
  if (a.kind === 'version')
    return b.kind === 'version' ? allowsExactly(a.version, b.version) : samePiece(a, b);
  if (b.kind === 'version')
    return rangeAllows(a, b.version) && !(a.max !== null && isLocalVariant(a.max, b.version));
  return !startsLower(b, a) && !endsHigher(b, a);
}

/** Whether a version differs from another by its local label only. */
function isLocalVariant(local: Version, version: Version): boolean {
  return local.local !== null && version.local === null && equalVersions(withoutLocal(local), version);
}

/** Whether some version is taken by both. */
export function allowsAny(a: Constraint, b: Constraint): boolean {
  const ours = piecesOf(a);
  const theirs = piecesOf(b);
  let i = 0;
  let j = 0;
  while (i < ours.length && j < theirs.length) {
    if (piecesMeet(ours[i]!, theirs[j]!)) return true;
    if (endsHigher(theirs[j]!, ours[i]!)) i++;
    else j++;
  }
  return false;
}

function piecesMeet(a: Piece, b: Piece): boolean {
  if (a.kind === 'range' && b.kind === 'range') return !isBelow(a, b) && !isBelow(b, a);
  return intersectPieces(a, b).kind !== 'empty';
}

/** What both take. */
export function intersect(a: Constraint, b: Constraint): Constraint {
  if (a.kind === 'empty' || b.kind === 'empty') return EMPTY;
  if (a.kind !== 'union' && b.kind !== 'union') return intersectPieces(a, b);
  const ours = piecesOf(a);
  const theirs = piecesOf(b);
  const found: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < ours.length && j < theirs.length) {
    const both = intersectPieces(ours[i]!, theirs[j]!);
    if (both.kind !== 'empty') found.push(both);
    if (endsHigher(theirs[j]!, ours[i]!)) i++;
    else j++;
  }
  return uniteAll(found);
}

type PieceOrNone = Piece | { readonly kind: 'empty' };

function intersectPieces(a: Piece, b: Piece): PieceOrNone {
  if (a.kind === 'version' && b.kind === 'version') {
    if (allowsExactly(a.version, b.version)) return b;
    return allowsExactly(b.version, a.version) ? a : NO_PIECE;
  }
  if (a.kind === 'version') return intersectWithVersion(b as RangePiece, a);
  if (b.kind === 'version') return intersectWithVersion(a, b);
  const low = startsLower(a, b) ? b : a;
  if (low === b ? isBelow(a, b) : isBelow(b, a)) return NO_PIECE;
  const high = endsHigher(a, b) ? b : a;
  if (low.min !== null && high.max !== null && equalVersions(low.min, high.max)) return exactly(low.min);
  return rangeOrNone(low.min, high.max, low.includesMin, high.includesMax);
}

const NO_PIECE = { kind: 'empty' } as const;

function intersectWithVersion(piece: RangePiece, point: VersionPiece): PieceOrNone {
  if (rangeAllows(piece, point.version)) return point;
  const { min } = piece;
  if (min === null || !isLocalVariant(min, point.version)) return NO_PIECE;
  // `1.2.3` stands for its local variants, too.
  return rangeOrNone(min, nextPatch(stableOf(point.version)), piece.includesMin, false);
}

function rangeOrNone(
  min: Version | null,
  max: Version | null,
  includesMin: boolean,
  includesMax: boolean,
): PieceOrNone {
  if (min !== null && max !== null) {
    const order = compareVersions(min, max);
    if (order > 0 || (order === 0 && !(includesMin && includesMax))) return NO_PIECE;
  }
  return range(min, max, includesMin, includesMax);
}

/** What either takes. */
export function unite(a: Constraint, b: Constraint): Constraint {
  if (a.kind === 'empty') return b;
  if (b.kind === 'empty') return a;
  if (a.kind !== 'union' && b.kind !== 'union') {
    const one = unitePieces(a, b);
    if (one !== null) return one;
  }
  return uniteAll([...piecesOf(a), ...piecesOf(b)]);
}

/** What any of the pieces takes: those that overlap or touch become one. */
export function uniteAll(pieces: readonly Piece[]): Constraint {
  if (pieces.length === 0) return EMPTY;
  if (pieces.some(isAny)) return ANY;
  const merged: Piece[] = [];
  for (const piece of [...pieces].sort(comparePieces)) {
    const last = merged.at(-1);
    const one =
      last !== undefined && (piecesMeet(last, piece) || touches(last, piece))
        ? unitePieces(last, piece)
        : null;
    if (one === null) merged.push(piece);
    else merged[merged.length - 1] = one;
  }
  return merged.length === 1 ? merged[0]! : union(merged);
}

/** Whether `b` begins where `a` ends, with exactly one of them holding that version. */
function touches(a: Piece, b: Piece): boolean {
  if (a.max === null || b.min === null || !equalVersions(a.max, b.min)) return false;
  return a.includesMax !== b.includesMin;
}

function comparePieces(a: Piece, b: Piece): number {
  if (a.min === null) return b.min === null ? compareEnds(a, b) : -1;
  if (b.min === null) return 1;
  const order = compareVersions(a.min, b.min);
  if (order !== 0) return order;
  if (a.includesMin !== b.includesMin) return a.includesMin ? -1 : 1;
  return compareEnds(a, b);
}

function compareEnds(a: Piece, b: Piece): number {
  if (a.max === null) return b.max === null ? 0 : 1;
  if (b.max === null) return -1;
  const order = compareVersions(a.max, b.max);
  if (order !== 0 || a.includesMax === b.includesMax) return order;
  return a.includesMax ? 1 : -1;
}

/** Both as one piece; null when there is a gap. */
function unitePieces(a: Piece, b: Piece): Piece | null {
  if (a.kind === 'version' && b.kind === 'version') {
    if (allowsExactly(b.version, a.version)) return b;
    return allowsExactly(a.version, b.version) ? a : null;
  }
  if (a.kind === 'version') return unitePieces(b, a);
  if (b.kind === 'version') return uniteWithVersion(a, b.version);
  const meet =
    (a.max !== null && b.min !== null && equalVersions(a.max, b.min) && (a.includesMax || b.includesMin)) ||
    (a.min !== null && b.max !== null && equalVersions(a.min, b.max) && (a.includesMin || b.includesMax));
  if (!meet && !piecesMeet(a, b)) return null;
  const low = startsLower(a, b) ? a : b;
  const high = endsHigher(a, b) ? a : b;
  return range(low.min, high.max, low.includesMin, high.includesMax);
}

function uniteWithVersion(piece: RangePiece, version: Version): RangePiece | null {
  if (rangeAllows(piece, version)) return piece;
  const { min, max, includesMin, includesMax } = piece;
  if (min !== null && equalVersions(min, version)) return range(min, max, true, includesMax);
  if (max !== null && equalVersions(max, version)) return range(min, max, includesMin, true);
  if (min !== null && isLocalVariant(min, version)) return range(version, max, true, includesMax);
  if (max !== null && isLocalVariant(max, version)) return range(min, version, includesMin, true);
  return null;
}

/** What `a` takes and `b` does not. */
export function subtract(a: Constraint, b: Constraint): Constraint {
  if (a.kind === 'empty' || b.kind === 'empty') return a;
  if (a.kind === 'version') return subtractFromVersion(a, b);
  const left: Piece[] = [];
  const theirs = piecesOf(b);
  let changed = false;
  for (const piece of piecesOf(a)) {
    const rest = subtractAll(piece, theirs);
    changed ||= rest.length !== 1 || rest[0] !== piece;
    left.push(...rest);
  }
  if (!changed) return a;
  return left.length === 1 ? left[0]! : uniteAll(left);
}

function subtractFromVersion(a: VersionPiece, b: Constraint): Constraint {
  if (allowsAll(b, a)) return EMPTY;
  if (!allowsAny(b, a)) return a;
  return subtract(range(a.version, afterLocals(a.version), true, false), b);
}

function subtractAll(piece: Piece, holes: readonly Piece[]): readonly Piece[] {
  const found: Piece[] = [];
  let current = piece;
  for (const hole of holes) {
    if (isBelow(hole, current)) continue;
    if (isBelow(current, hole)) break;
    const rest = subtractPiece(current, hole);
    if (rest.length === 0) return found;
    if (rest.length === 2) found.push(rest[0]!);
    current = rest.at(-1)!;
  }
  found.push(current);
  return found;
}

/** What is left of a piece: nothing, one piece, or the parts on both sides. */
function subtractPiece(a: Piece, b: Piece): readonly Piece[] {
  if (a.kind === 'version') return piecesOf(subtractFromVersion(a, b));
  if (!(b.kind === 'version' ? rangeAllows(a, b.version) : piecesMeet(a, b))) return [a];
  const rest: Piece[] = [];
  // A bound that stays where it is keeps its spelling.
  if (b.kind === 'version' && a.min !== null && equalVersions(a.min, b.version))
    return piecesOf(rangeOrNone(a.min, a.max, false, a.includesMax));
  if (b.kind === 'version' && a.max !== null && equalVersions(a.max, b.version))
    return piecesOf(rangeOrNone(a.min, a.max, a.includesMin, false));
  if (startsLower(a, b)) pushPiece(rest, sideOf(a.min, b.min, a.includesMin, !b.includesMin));
  if (endsHigher(a, b)) pushPiece(rest, sideOf(b.max, a.max, !b.includesMax, a.includesMax));
  return rest;
}

function sideOf(
  min: Version | null,
  max: Version | null,
  includesMin: boolean,
  includesMax: boolean,
): PieceOrNone {
  if (min !== null && max !== null && equalVersions(min, max)) return exactly(min);
  return rangeOrNone(min, max, includesMin, includesMax);
}

function pushPiece(list: Piece[], piece: PieceOrNone): void {
  if (piece.kind !== 'empty') list.push(piece);
}
