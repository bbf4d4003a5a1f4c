/** Sets of Pythons as PDM writes them (dep-logic 0.7): plain intervals of versions, printed with as few clauses as say it. */
import { parseVersion, type Version } from '../../packaging/version.ts';
import { ANY, isAny, piecesOf, type Constraint, type RangePiece } from '../poetry/constraint/constraint.ts';
import { allowsAll, intersect } from '../poetry/constraint/operations.ts';
import { parseConstraint } from '../poetry/constraint/parse-constraint.ts';
import { compatibleEnd, equalVersions } from '../poetry/constraint/version-steps.ts';

export interface PythonRange {
  readonly constraint: Constraint;
  /** Clauses sorted as texts, `<3.13,>=3.10`; '' for all Pythons. */
  readonly text: string;
  /** As it was written; absent for what was computed. */
  readonly written?: string;
}

export const EVERY_PYTHON: PythonRange = { constraint: ANY, text: '' };

/** Reads `Requires-Python`; null for what is none. `3` is `>=3,<4`, and `<3.*` is `<3.0`. */
export function readPythonRange(text: string): PythonRange | null {
  const clauses = text
    .split(',')
    .map((clause) => clause.replaceAll(' ', ''))
    .filter((clause) => clause !== '');
  const mended = clauses.map((clause) => {
    const legacy = /^([<>]=?)(.*)\.\*$/.exec(clause);
    if (legacy === null) return clause;
    const operator = legacy[1] === '<=' ? '<' : legacy[1] === '>' ? '>=' : legacy[1]!;
    return `${operator}${legacy[2]!}.0`;
  });
  if (mended.length === 1 && /^\d+$/.test(mended[0]!))
    return readPythonRange(`>=${mended[0]!},<${Number(mended[0]) + 1}`);
  if (mended.some((clause) => !/^(?:[<>]=?|[!=~]=)/.test(clause))) return null;
  const constraint = parseConstraint(mended.length === 0 ? '*' : mended.join(','), 'pythons');
  return constraint.ok
    ? { constraint: constraint.value, text: sortedClauses(mended), written: text.trim() }
    : null;
}

function sortedClauses(clauses: readonly string[]): string {
  return [...clauses].sort().join(',');
}

/** What both hold; one that is inside the other stays as it was written. */
export function bothPythons(a: PythonRange, b: PythonRange): PythonRange {
  if (allowsAll(a.constraint, b.constraint)) return b;
  if (allowsAll(b.constraint, a.constraint)) return a;
  return rangeOf(intersect(a.constraint, b.constraint));
}

export function rangeOf(constraint: Constraint): PythonRange {
  return { constraint, text: printed(constraint) };
}

function printed(constraint: Constraint): string {
  if (constraint.kind === 'empty') return '<empty>';
  if (isAny(constraint)) return '';
  if (constraint.kind === 'version') return `==${constraint.version.text}`;
  if (constraint.kind === 'range') return sortedClauses(rangeClauses(constraint));
  const pieces = piecesOf(constraint);
  const [first, last] = [pieces[0]!, pieces.at(-1)!];
  const clauses: string[] = [];
  if (first.min !== null) clauses.push(`${first.includesMin ? '>=' : '>'}${first.min.text}`);
  if (last.max !== null) clauses.push(`${last.includesMax ? '<=' : '<'}${last.max.text}`);
  for (let index = 1; index < pieces.length; index++)
    clauses.push(...holeClauses(pieces[index - 1]!.max!, pieces[index]!.min!));
  return sortedClauses(clauses);
}

/** `!=3.8.*`, `!=3.8.1`. */
function holeClauses(from: Version, to: Version): readonly string[] {
  if (equalVersions(from, to)) return [`!=${from.text}`];
  const [major = 0, minor = 0, micro = 0] = from.release;
  const [toMajor = 0, toMinor = 0, toMicro = 0] = to.release;
  if (minor === 0 && micro === 0 && toMinor === 0 && toMicro === 0 && toMajor > major)
    return range(major, toMajor).map((each) => `!=${each}.*`);
  if (micro === 0 && toMicro === 0 && major === toMajor)
    return range(minor, toMinor).map((each) => `!=${major}.${each}.*`);
  if (major === toMajor && minor === toMinor)
    return range(micro, toMicro).map((each) => `!=${major}.${minor}.${each}`);
  return [`!=${from.text}`];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.min(to - from, 100) }, (_, index) => from + index);
}

/** The clauses of a range, one where that says it. */
export function rangeClauses({ min, max, includesMin, includesMax }: RangePiece): readonly string[] {
  if (min !== null && max !== null && includesMin && !includesMax && min.release.length > 1) {
    if (equalVersions(compatibleEnd(min), max)) return [`~=${min.text}`];
  }
  const clauses: string[] = [];
  if (min !== null) clauses.push(`${includesMin ? '>=' : '>'}${min.text}`);
  if (max !== null) clauses.push(`${includesMax ? '<=' : '<'}${max.text}`);
  return clauses;
}

/** Whether `a` holds all of `b`; a last bound `<4.0` of `a` counts as none. */
export function coversPythons(a: PythonRange, b: PythonRange): boolean {
  if (a.constraint.kind === 'empty') return false;
  return allowsAll(withoutFour(a.constraint), b.constraint);
}

const FOUR = ((): Version => {
  const version = parseVersion('4.0');
  if (!version.ok) throw new Error('4.0 is a version');
  return version.value;
})();

/** A range that ends below Python 4 is one without an end. */
function withoutFour(constraint: Constraint): Constraint {
  if (constraint.kind === 'range' && constraint.max !== null && equalVersions(constraint.max, FOUR))
    return { ...constraint, max: null, includesMax: false };
  if (constraint.kind !== 'union') return constraint;
  const last = constraint.pieces.at(-1)!;
  if (last.kind !== 'range' || last.max === null || !equalVersions(last.max, FOUR)) return constraint;
  return {
    ...constraint,
    pieces: [...constraint.pieces.slice(0, -1), { ...last, max: null, includesMax: false }],
  };
}
