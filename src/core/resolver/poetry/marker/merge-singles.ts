/** Two comparisons of one name as one, where that is possible. poetry-core 2.5, `_merge_single_markers`. */
import { isAny, isSimple, range, sameConstraint, type Constraint } from '../constraint/constraint.ts';
import { intersect, unite } from '../constraint/operations.ts';
import { sameText, type TextConstraint, type TextGroup } from './generic-constraint.ts';
import { makeSingle, padPython, singleOfText, singleOfVersions } from './make-single.ts';
import {
  isPythonName,
  textAlgebra,
  type Marker,
  type MarkerSpace,
  type SingleLike,
  type SingleMarker,
} from './marker.ts';

export type Join = 'and' | 'or';

/** What merging asks of the rest: the Pythons of a marker. */
export interface PythonReader {
  readonly space: MarkerSpace;
  pythonOf(marker: Marker): Constraint;
}

/** Null when the two stay two. */
export function mergeSingles(reader: PythonReader, a: SingleLike, b: SingleLike, join: Join): Marker | null {
  if (a.name !== b.name) {
    const arePythons = isPythonName(a.name) && isPythonName(b.name);
    return arePythons ? mergePythonNames(reader, a as SingleMarker, b as SingleMarker, join) : null;
  }
  const [left, right] = [a.admits, b.admits];
  if (left.kind === 'versions' && right.kind === 'versions')
    return mergeVersions(
      reader,
      a as SingleMarker,
      b as SingleMarker,
      [left.constraint, right.constraint],
      join,
    );
  if (left.kind === 'texts' && right.kind === 'texts')
    return mergeTexts(reader.space, a, b, [left.constraint, right.constraint], join);
  return null;
}

function mergeTexts(
  space: MarkerSpace,
  a: SingleLike,
  b: SingleLike,
  [left, right]: readonly [TextConstraint, TextConstraint],
  join: Join,
): Marker | null {
  const algebra = textAlgebra(a.name);
  const result = join === 'and' ? algebra.intersect(left, right) : algebra.unite(left, right);
  if (result.kind === 'none') return space.empty;
  if (result.kind === 'any') return space.any;
  if (sameText(result, left)) return a;
  if (sameText(result, right)) return b;
  if (result.kind === 'item') return singleOfText(space, a.name, result);
  return canBeAtoms(a.name, result) ? space.atoms(a.name, result) : null;
}

function canBeAtoms(name: string, { kind, parts }: TextGroup): boolean {
  const operators = name === 'extra' ? ['==', '!='] : kind === 'some' ? ['=='] : ['!='];
  return parts.every((part) => part.kind === 'item' && operators.includes(part.operator));
}

function mergeVersions(
  reader: PythonReader,
  a: SingleMarker,
  b: SingleMarker,
  [left, right]: readonly [Constraint, Constraint],
  join: Join,
): Marker | null {
  const { space } = reader;
  const result = join === 'and' ? intersect(left, right) : unite(left, right);
  if (result.kind === 'empty') return space.empty;
  if (isAny(result)) return space.any;
  if (sameConstraint(result, left)) return a;
  if (sameConstraint(result, right)) return b;
  if (isSimple(result)) return singleOfVersions(space, a.name, result);
  if (a.name !== 'python_version') return null;
  if (join === 'and') return result.kind === 'range' ? mergePythonRange(reader, a, b, result) : null;
  return result.kind === 'union' ? mergePythonUnion(reader, a, b) : null;
}

/** `>= "3.8"` and `< "3.9"` are `== "3.8"`; `> "3.8"` and `< "3.9"` are nothing. */
function mergePythonRange(
  reader: PythonReader,
  a: SingleMarker,
  b: SingleMarker,
  result: Extract<Constraint, { kind: 'range' }>,
): Marker | null {
  if (result.min !== null) {
    const candidate = makeSingle(reader.space, a.name, '==', result.min.text, false);
    if (candidate !== null && sameConstraint(reader.pythonOf(candidate), result)) return candidate;
  }
  const both = intersect(reader.pythonOf(a), reader.pythonOf(b));
  return both.kind === 'empty' ? reader.space.empty : null;
}

/** `== "3.8"` or `== "3.9"` are `>= "3.8"` and `< "3.10"`. */
function mergePythonUnion(reader: PythonReader, a: SingleMarker, b: SingleMarker): Marker | null {
  const { space } = reader;
  const either = unite(reader.pythonOf(a), reader.pythonOf(b));
  if (isAny(either)) return space.any;
  if (isSimple(either)) return singleOfVersions(space, a.name, either);
  if (either.kind !== 'range') return null;
  return space.multi([
    singleOfVersions(space, a.name, range(either.min, null, either.includesMin, false)),
    singleOfVersions(space, a.name, range(null, either.max, false, either.includesMax)),
  ]);
}

/** `python_version` with `python_full_version`: the former is read as full versions. */
function mergePythonNames(reader: PythonReader, a: SingleMarker, b: SingleMarker, join: Join): Marker | null {
  const { space } = reader;
  const [short, full] = a.name === 'python_version' ? [a, b] : [b, a];
  const asFull = singleOfVersions(space, 'python_full_version', reader.pythonOf(short));
  const merged = mergeSingles(reader, asFull, full, join);
  if (merged === asFull) return short;
  return merged?.kind === 'single' ? respell(space, merged) : merged;
}

/** `>=` and `<` of a minor version are said of `python_version`, everything else of three parts. */
function respell(space: MarkerSpace, marker: SingleMarker): Marker {
  const { operator, value } = marker;
  const parts = value.split('.');
  const isBound = operator === '<' || operator === '>=';
  if (isBound && parts.length === 3 && parts[2] === '0')
    return makeSingle(space, 'python_version', operator, parts.slice(0, 2).join('.'), false) ?? marker;
  if (isBound && parts.length < 3) {
    const short = parts.length === 1 ? `${value}.0` : value;
    return makeSingle(space, 'python_version', operator, short, false) ?? marker;
  }
  return makeSingle(space, 'python_full_version', operator, padPython(value), false) ?? marker;
}
