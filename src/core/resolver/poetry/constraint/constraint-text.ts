/** Poetry's spelling of a constraint, as its reports and lock files have it. */
import type { Version } from '../../../packaging/version.ts';
import { isAny, isStrictEnd, type Constraint, type Piece, type UnionConstraint } from './constraint.ts';
import { equalVersions, firstDev, withoutDev } from './version-steps.ts';

const texts = new WeakMap<Constraint, string>();

/** `>=1.2,<2.0`, `1.5`, `==1.*`, `!=1.5`, alternatives joined by ` || `; `*` takes all and `<empty>` nothing. */
export function constraintText(constraint: Constraint): string {
  let text = texts.get(constraint);
  if (text === undefined) texts.set(constraint, (text = write(constraint)));
  return text;
}

function write(constraint: Constraint): string {
  if (constraint.kind === 'empty') return '<empty>';
  if (constraint.kind === 'union') return unionText(constraint);
  return pieceText(constraint);
}

function pieceText(piece: Piece): string {
  if (piece.kind === 'version') return piece.version.text;
  if (isAny(piece)) return '*';
  const { min, max, includesMin, includesMax } = piece;
  if (min !== null && max !== null && includesMin && !includesMax && isWildcard(min, max, false))
    return `==${wildcardText(min, max)}`;
  const parts: string[] = [];
  if (min !== null) parts.push(`${includesMin ? '>=' : '>'}${min.text}`);
  if (max !== null) parts.push(endText(max, includesMax));
  return parts.join(',');
}

function endText(max: Version, includesMax: boolean): string {
  if (includesMax) return `<=${max.text}`;
  return `<${isStrictEnd(max) ? withoutDev(max).text : max.text}`;
}

function unionText({ pieces }: UnionConstraint): string {
  const [one, two] = pieces;
  if (pieces.length === 2 && isWildcardHole(one!, two!)) return `!=${wildcardText(one!.max!, two!.min!)}`;
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && isPuncture(last, piece)) runs.at(-1)!.push(piece);
    else runs.push([piece]);
  }
  return runs.map(runText).join(' || ');
}

function isWildcardHole(one: Piece, two: Piece): boolean {
  if (one.min !== null || one.max === null || one.includesMax) return false;
  if (two.max !== null || two.min === null || !two.includesMin) return false;
  return isWildcard(two.min, one.max, true);
}

/** Whether exactly one version lies between two pieces. */
function isPuncture(before: Piece, after: Piece): boolean {
  if (before.max === null || after.min === null || before.includesMax || after.includesMin) return false;
  return equalVersions(before.max, after.min);
}

/** Pieces with single versions between them: `>=1,!=1.5,!=1.7,<2`. */
function runText(run: readonly Piece[]): string {
  if (run.length === 1) return pieceText(run[0]!);
  const first = run[0]!;
  const last = run.at(-1)!;
  const parts: string[] = [];
  if (first.min !== null) parts.push(`${first.includesMin ? '>=' : '>'}${first.min.text}`);
  for (const piece of run.slice(0, -1)) parts.push(`!=${piece.max!.text}`);
  if (last.max !== null) parts.push(endText(last.max, last.includesMax));
  return parts.join(',');
}

/** Whether two bounds are those of `V.*`. Inverted: of the hole that `!=V.*` leaves. */
function isWildcard(min: Version, max: Version, isInverted: boolean): boolean {
  if (min.local !== null || max.local !== null || min.pre !== null || max.pre !== null) return false;
  if ((min.post === null) !== (max.post === null)) return false;
  if (!equalVersions(firstDev(min), min) || (max.dev !== null && !equalVersions(firstDev(max), max)))
    return false;
  const [lower, upper] = isInverted ? [max, min] : [min, max];
  const ends = withoutTrailingZeros(upper.release);
  const starts = [...lower.release];
  while (starts.length < ends.length) starts.push(0);
  if (starts.slice(ends.length).some((part) => part !== 0)) return false;
  starts.length = ends.length;
  if (lower.post !== null) starts.push(lower.post);
  if (upper.post !== null) ends.push(upper.post);
  const last = starts.length - 1;
  return (
    last >= 0 &&
    starts.length === ends.length &&
    starts.slice(0, last).every((part, index) => part === ends[index]) &&
    starts[last]! + 1 === ends[last]
  );
}

function wildcardText(lower: Version, upper: Version): string {
  if (lower.post !== null) return `${withoutDev(lower).text}.*`;
  const parts = withoutTrailingZeros(upper.release);
  parts[parts.length - 1]! -= 1;
  return `${upper.epoch === 0 ? '' : `${upper.epoch}!`}${parts.join('.')}.*`;
}

function withoutTrailingZeros(release: readonly number[]): number[] {
  let length = release.length;
  while (length > 0 && release[length - 1] === 0) length--;
  return release.slice(0, length);
}
