/**
 * Reads Poetry's constraint language: PEP 440's clauses, `^1.2`, `~1.2`, `1.*`, bare versions, blanks for commas, and
 * alternatives with `|` or `||` (Poetry's documentation, "Dependency specification").
 */
import { failure, success, type Result } from '../../../packaging/result.ts';
import { parseVersion, type Version } from '../../../packaging/version.ts';
import { allBut, ANY, exactly, piecesOf, range, type Constraint } from './constraint.ts';
import { intersect, subtract, uniteAll } from './operations.ts';
import { caretEnd, compatibleEnd, firstDev, isUnstable, tildeEnd, wildcardEnd } from './version-steps.ts';

/**
 * What bounds mean. An ordinary `<2` shuts out the pre-releases of 2, and `1.*` begins with those of 1; Pythons, in
 * markers and in `requires-python`, are compared as they stand.
 */
export type ConstraintContext = 'packages' | 'pythons';

/** Longer texts are refused. */
const MAXIMUM_LENGTH = 20_000;

/** The error's message is Poetry's. */
export function parseConstraint(text: string, context: ConstraintContext): Result<Constraint> {
  if (text === '*') return success(ANY);
  if (text.length > MAXIMUM_LENGTH) return unreadable(`${text.slice(0, 40)}…`);
  const alternatives: Constraint[] = [];
  for (const part of text.trim().split(/\|\|?/)) {
    const read = parseConjunction(part.trim(), context);
    if (!read.ok) return read;
    alternatives.push(read.value);
  }
  return success(alternatives.length === 1 ? alternatives[0]! : uniteAll(alternatives.flatMap(piecesOf)));
}

function unreadable(text: string): Result<never> {
  return failure(`Could not parse version constraint: ${text}`, 0, text.length);
}

function parseConjunction(text: string, context: ConstraintContext): Result<Constraint> {
  const clauses = text.replace(/,+$/, '').trimEnd().split(BETWEEN);
  let all: Constraint | null = null;
  for (const clause of clauses) {
    const read = parseClause(clause, context);
    if (!read.ok) return read;
    all = all === null ? read.value : intersect(all, read.value);
  }
  return success(all ?? ANY);
}

/** Commas and blanks between clauses: none after an operator, and none beside a dash. */
const BETWEEN = /(?<!^)(?<![\^~=>< ,]) *(?<!-)[, ](?!-) *(?!,|$)/;

const EVERYTHING = /^v?[xX*](?:\.[xX*])*$/;
const CLAUSE = /^(\^|~=|~|===?|!=|<>|<=|>=|<|>|=)?\s*(.+)$/;
const WILDCARD = /^(v?\d[\w.!]*?)(?:\.[xX*])+$/;

function parseClause(clause: string, context: ConstraintContext): Result<Constraint> {
  if (EVERYTHING.test(clause)) return success(ANY);
  const match = CLAUSE.exec(clause);
  if (match === null) return unreadable(clause);
  const operator = match[1] ?? '';
  const wildcard = WILDCARD.exec(match[2]!);
  const version = parseVersion(wildcard === null ? match[2]! : wildcard[1]!);
  if (!version.ok || operator === '===') return unreadable(clause);
  if (wildcard === null) return constraintOf(operator, version.value, context) ?? unreadable(clause);
  if (!['', '=', '==', '!='].includes(operator)) return unreadable(clause);
  const inside = wildcardRange(version.value, context);
  return success(operator === '!=' ? subtract(ANY, inside) : inside);
}

function wildcardRange(version: Version, context: ConstraintContext): Constraint {
  const end = wildcardEnd(version);
  if (context === 'pythons') return range(version, end, true, false);
  return range(firstDev(version), firstDev(end), true, false);
}

function constraintOf(
  operator: string,
  version: Version,
  context: ConstraintContext,
): Result<Constraint> | null {
  const end = (max: Version): Version => (context === 'pythons' || isUnstable(max) ? max : firstDev(max));
  switch (operator) {
    case '^':
      return success(range(version, end(caretEnd(version)), true, false));
    case '~':
      return success(range(version, end(tildeEnd(version)), true, false));
    case '~=':
      return success(range(version, end(compatibleEnd(version)), true, false));
    case '<':
      return success(range(null, end(version), false, false));
    case '<=':
      return success(range(null, version, false, true));
    case '>':
      return success(range(version, null, false, false));
    case '>=':
      return success(range(version, null, true, false));
    case '!=':
    case '<>':
      return success(allBut(version));
    case '':
    case '=':
    case '==':
      return success(exactly(version));
    default:
      return null;
  }
}
