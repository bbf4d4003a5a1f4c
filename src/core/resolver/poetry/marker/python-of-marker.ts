/** Between markers and constraints on Python: which Pythons a marker allows, and a marker for a range of them. */
import { assert } from '../../../packaging/assert.ts';
import { parseVersion, type Version } from '../../../packaging/version.ts';
import { ANY, EMPTY, isAny, type Constraint, type Piece } from '../constraint/constraint.ts';
import { allowsAll, allowsAny } from '../constraint/operations.ts';
import { parseConstraint } from '../constraint/parse-constraint.ts';
import { nextMinor, stableOf } from '../constraint/version-steps.ts';
import { versionListText } from './make-single.ts';
import type { MarkerAlgebra } from './marker-algebra.ts';
import { isPythonName, isSingleLike, type Marker, type SingleLike } from './marker.ts';

/** The Pythons for which a marker can hold. poetry-core 2.5, `get_python_constraint_from_marker`. */
export function pythonOfMarker(algebra: MarkerAlgebra, marker: Marker): Constraint {
  const ofPython = algebra.only(marker);
  if (ofPython === algebra.any) return ANY;
  if (ofPython === algebra.empty) return EMPTY;
  const formed = algebra.normalForm(marker, 'or');
  const alternatives: string[] = [];
  for (const part of formed.kind === 'or' ? formed.parts : [formed]) {
    const singles =
      part.kind === 'multi' ? part.parts.filter(isSingleLike) : isSingleLike(part) ? [part] : [];
    const clauses = singles.filter(({ name }) => isPythonName(name)).map(pythonClause);
    if (clauses.length === 0) return ANY;
    alternatives.push(clauses.join(','));
  }
  const constraint = parseConstraint(alternatives.join(' || '), 'pythons');
  assert(constraint.ok, `${alternatives.join(' || ')} is a constraint`);
  return constraint.value;
}

/** A comparison with versions of Python as a clause of a constraint. */
function pythonClause(single: SingleLike): string {
  if (single.kind === 'atoms') return '*';
  const { operator, value } = single;
  switch (operator) {
    case '==':
    case '===':
      return value.includes('*') ? `==${value}` : `~${value}`;
    case '!=':
      return value.includes('*') ? `!=${value}` : `!=${value}.*`;
    case '<=':
    case '>':
      return boundClause(operator, value);
    case 'in':
    case 'not in':
      return versionListText(operator, value);
    default:
      return operator + value;
  }
}

/** `python_version` has two parts: above 3.8 begins with 3.9, and up to 3.8 ends with it. */
function boundClause(operator: '<=' | '>', value: string): string {
  const version = parseVersion(value);
  if (!version.ok || version.value.release.length > 2) return operator + value;
  return `${operator === '>' ? '>=' : '<'}${nextMinor(version.value).text}`;
}

/** A constraint on Python as a marker, written with `python_version` where that says it. `create_nested_marker`. */
export function markerOfPython(algebra: MarkerAlgebra, constraint: Constraint): Marker {
  const text = nestedMarkerText(constraint);
  const marker = algebra.parse(text);
  assert(marker, `${text} is a marker`);
  return marker;
}

export function nestedMarkerText(constraint: Constraint): string {
  if (isAny(constraint)) return '';
  if (constraint.kind === 'empty') return '<empty>';
  if (constraint.kind === 'union')
    return constraint.pieces.map((piece) => `(${pieceText(piece)})`).join(' or ');
  return pieceText(constraint);
}

function pieceText(piece: Piece): string {
  if (piece.kind === 'version') {
    const { release, text } = piece.version;
    return `${release.length >= 3 ? 'python_full_version' : 'python_version'} == "${text}"`;
  }
  const { min, max, includesMin, includesMax } = piece;
  const bounds: string[] = [];
  if (min !== null) bounds.push(boundText(includesMin ? '>=' : '>', stableOf(min)));
  if (max !== null) bounds.push(boundText(includesMax ? '<=' : '<', stableOf(max)));
  return bounds.join(' and ');
}

function boundText(operator: string, version: Version): string {
  const { length } = version.release;
  if (length >= 3) return `python_full_version ${operator} "${version.text}"`;
  if (operator === '>=' || operator === '<') return `python_version ${operator} "${version.text}"`;
  return `python_full_version ${operator} "${version.text}${'.0'.repeat(3 - length)}"`;
}

/** Without what the project's Pythons say already. poetry-core 2.5, `reduce_by_python_constraint`. */
export function reduceMarker(algebra: MarkerAlgebra, marker: Marker, python: Constraint): Marker {
  switch (marker.kind) {
    case 'single':
      return isPythonName(marker.name) ? reduceSingle(algebra, marker, python) : marker;
    case 'multi':
      return algebra.of(
        marker.parts.map((part) => reduceMarker(algebra, part, python)),
        'and',
      );
    case 'or': {
      if (python.kind === 'range' || python.kind === 'union') {
        const ofPython = marker.parts.filter((part) => algebra.only(part) === part);
        if (allowsAll(algebra.pythonOf(algebra.of(ofPython, 'or')), python)) return algebra.any;
      }
      return algebra.of(
        marker.parts.map((part) => reduceMarker(algebra, part, python)),
        'or',
      );
    }
    default:
      return marker;
  }
}

function reduceSingle(algebra: MarkerAlgebra, marker: Marker, python: Constraint): Marker {
  const allowed = algebra.pythonOf(marker);
  if (allowsAll(allowed, python)) return algebra.any;
  if (!allowsAny(allowed, python)) return algebra.empty;
  const both = algebra.and(marker, markerOfPython(algebra, python));
  return both.kind === 'single' ? both : marker;
}

/** Whether a marker can hold with these extras; every other comparison counts as true. */
export function holdsWithExtras(marker: Marker, extras: ReadonlySet<string>): boolean {
  switch (marker.kind) {
    case 'any':
      return true;
    case 'empty':
      return false;
    case 'multi':
      return marker.parts.every((part) => holdsWithExtras(part, extras));
    case 'or':
      return marker.parts.some((part) => holdsWithExtras(part, extras));
    default:
      return marker.name !== 'extra' || extraHolds(marker, extras);
  }
}

function extraHolds(marker: SingleLike, extras: ReadonlySet<string>): boolean {
  const { constraint } = marker.admits;
  if (constraint.kind === 'item') return extras.has(constraint.value) === (constraint.operator === '==');
  if (constraint.kind !== 'all' && constraint.kind !== 'some') return true;
  const hold = (part: (typeof constraint.parts)[number]): boolean =>
    part.kind !== 'item' || extras.has(part.value) === (part.operator === '==');
  return constraint.kind === 'all' ? constraint.parts.every(hold) : constraint.parts.some(hold);
}
