/**
 * Poetry's version constraints as PEP 440 specifiers: `^1.2`, `~1.2`, `1.*`, `>=1 <2`, `1.2.3`, and alternatives with
 * `||`, which PEP 508 cannot express (python-poetry/poetry-core, "Dependency specification").
 */
import { compareVersions, parseVersion } from '../../packaging/version.ts';
import { caretCeiling } from '../requirements/requirement-advice.ts';

export interface PoetryConstraint {
  /** Comma-joined specifiers, '' for any version. */
  readonly specifiers: string;
  /** Whether alternatives had to be replaced by the smallest range around all of them. */
  readonly isHull: boolean;
}

/** Longer texts are no constraints. */
const MAXIMUM_LENGTH = 500;

/** A constraint as alternatives, each comma-joined specifiers, '' for any version; null when it is none of Poetry's forms. */
export function poetryAlternatives(text: string): readonly string[] | null {
  if (text.length > MAXIMUM_LENGTH) return null;
  const alternatives = text.split(/\|\|?/).map((part) => translateConjunction(part.trim()));
  return alternatives.every((part) => part !== null) ? alternatives : null;
}

/** Translates a constraint; null when it is none of Poetry's forms. */
export function translatePoetryConstraint(text: string): PoetryConstraint | null {
  const parts = poetryAlternatives(text);
  if (parts === null) return null;
  if (parts.length === 1) return { specifiers: parts[0]!, isHull: false };
  return { specifiers: hullOf(parts), isHull: true };
}

function translateConjunction(text: string): string | null {
  if (text === '' || text === '*') return '';
  const clauses = text
    .replace(/([<>=!~^]=?) +/g, '$1')
    .split(/\s*,\s*|\s+/)
    .filter((clause) => clause !== '');
  const translated = clauses.map(translateClause);
  return translated.includes(null) ? null : translated.filter((clause) => clause !== '').join(',');
}

const CLAUSE = /^(\^|~=|~|===?|!=|<=|>=|<|>|=)?(v?\d[A-Za-z0-9.!+_-]*?)(\.\*|\.x)?$/;

function translateClause(clause: string): string | null {
  if (clause === '*') return '';
  const match = CLAUSE.exec(clause);
  if (match === null) return null;
  const [, operator = '', version = '', wildcard] = match;
  if (wildcard !== undefined) return `${operator === '!=' ? '!=' : '=='}${version}.*`;
  switch (operator) {
    case '^':
      return `>=${version},<${caretCeiling(version)}`;
    case '~':
      return `>=${version},<${tildeCeiling(version)}`;
    case '':
    case '=':
      return `==${version}`;
    default:
      return `${operator}${version}`;
  }
}

/** `~1.2.3` allows patches, `~1.2` too, `~1` minors. */
function tildeCeiling(version: string): string {
  const numbers = (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '0').split('.').map(Number);
  return numbers.length === 1 ? `${numbers[0]! + 1}` : `${numbers[0]!}.${numbers[1]! + 1}`;
}

/** The widest bounds of all alternatives; a side that one of them leaves open stays open. */
function hullOf(alternatives: readonly string[]): string {
  const lows = alternatives.map((part) => boundOf(part, /^(?:>=?|==)(.*?)(?:\.\*)?$/));
  const highs = alternatives.map((part) => boundOf(part, /^(?:<=?|==)(.*?)(?:\.\*)?$/));
  const low = lows.includes(null) ? null : (lows as string[]).reduce((a, b) => (isBefore(a, b) ? a : b));
  const high = highs.includes(null) ? null : (highs as string[]).reduce((a, b) => (isBefore(a, b) ? b : a));
  const isExact =
    high !== null && alternatives.some((part) => new RegExp(`[<=]=${escape(high)}(?:,|$|\\.)`).test(part));
  return [low === null ? '' : `>=${low}`, high === null ? '' : `${isExact ? '<=' : '<'}${high}`]
    .filter((clause) => clause !== '')
    .join(',');
}

function boundOf(conjunction: string, pattern: RegExp): string | null {
  for (const clause of conjunction.split(',')) {
    const match = pattern.exec(clause);
    if (match !== null) return match[1]!;
  }
  return null;
}

function isBefore(left: string, right: string): boolean {
  const [first, second] = [parseVersion(left), parseVersion(right)];
  return first.ok && second.ok && compareVersions(first.value, second.value) < 0;
}

function escape(text: string): string {
  return text.replace(/[.+*?^${}()|[\]\\]/g, '\\$&');
}
