/** Comparisons of a marker: what they admit. */
import { constraintText } from '../constraint/constraint-text.ts';
import type { Constraint } from '../constraint/constraint.ts';
import { parseConstraint } from '../constraint/parse-constraint.ts';
import {
  opposite,
  textItem,
  type TextConstraint,
  type TextItem,
  type TextOperator,
} from './generic-constraint.ts';
import { hasVersions, type MarkerConstraint, type MarkerSpace, type SingleMarker } from './marker.ts';

/** `name operator "value"`; null where it is senseless. `pads`: whether full versions of Python get three parts. */
export function makeSingle(
  space: MarkerSpace,
  name: string,
  operator: string,
  value: string,
  isReversed: boolean,
  pads = true,
): SingleMarker | null {
  if (isReversed && operator !== 'in' && operator !== 'not in') return null;
  const padded =
    pads && name === 'python_full_version' && !isReversed && !isList(operator) ? padPython(value) : value;
  const admits = hasVersions(name, isReversed)
    ? admittedVersions(operator, padded)
    : admittedTexts(operator, value, isReversed);
  return admits === null ? null : space.single(name, operator, padded, isReversed, admits);
}

function isList(operator: string): boolean {
  return operator === 'in' || operator === 'not in';
}

/** Full versions of Python have three parts. */
export function padPython(value: string): string {
  const parts = value.split('.').length;
  return parts < 3 ? value + '.0'.repeat(3 - parts) : value;
}

const LIST_SEPARATOR = /[ ,|]+/;

/** A list of versions as a constraint: those of one or two parts stand for all that begin with them. */
export function versionListText(operator: string, value: string): string {
  const isIn = operator === 'in';
  const clauses = value.split(LIST_SEPARATOR).map((version) => {
    if (version.split('.').length <= 2) return `${isIn ? '' : '!='}${version}.*`;
    return `${isIn ? '==' : '!='}${version}`;
  });
  return clauses.join(isIn ? ' || ' : ', ');
}

function admittedVersions(operator: string, value: string): MarkerConstraint | null {
  const text = isList(operator) ? versionListText(operator, value) : `${operator}${value}`;
  const constraint = parseConstraint(text, 'pythons');
  return constraint.ok ? { kind: 'versions', constraint: constraint.value } : null;
}

function admittedTexts(operator: string, value: string, isReversed: boolean): MarkerConstraint | null {
  if (isReversed) return { kind: 'texts', constraint: textItem(value, operator as TextOperator) };
  if (isList(operator)) return { kind: 'texts', constraint: listedTexts(operator, value) };
  if (operator !== '==' && operator !== '!=' && operator !== '===') return null;
  return { kind: 'texts', constraint: textItem(value, operator === '!=' ? '!=' : '==') };
}

function listedTexts(operator: string, value: string): TextConstraint {
  const isIn = operator === 'in';
  const parts = value.split(LIST_SEPARATOR).map((word) => textItem(word, isIn ? '==' : '!='));
  return parts.length === 1 ? parts[0]! : { kind: isIn ? 'some' : 'all', parts };
}

const CLAUSE = /^(~=|!=|>=?|<=?|==?=?)?(.+)$/;

/** The comparison that a constraint of versions is written as. */
export function singleOfVersions(space: MarkerSpace, name: string, constraint: Constraint): SingleMarker {
  const match = CLAUSE.exec(constraintText(constraint))!;
  const operator = match[1] ?? '==';
  const value = name === 'python_full_version' ? padPython(match[2]!) : match[2]!;
  return space.single(name, operator, value, false, { kind: 'versions', constraint });
}

export function singleOfText(space: MarkerSpace, name: string, item: TextItem): SingleMarker {
  const isReversed = item.operator === 'in' || item.operator === 'not in';
  return space.single(name, item.operator, item.value, isReversed, { kind: 'texts', constraint: item });
}

const INVERSES: Readonly<Record<string, string>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '===': '!=',
};

/** The operator of the opposite comparison. */
export function inverseOperator(operator: string): string {
  return INVERSES[operator] ?? opposite(operator as TextOperator);
}
