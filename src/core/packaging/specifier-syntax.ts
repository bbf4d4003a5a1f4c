/** PEP 440 version specifiers as text. Whether one admits a version is in `specifier-clause.ts`. */
import { assert } from './assert.ts';
import { makeLegacyVersion } from './legacy-version.ts';
import { type PrereleasePolicy } from './prerelease-policy.ts';
import { pythonRepr, skipPythonSpace, SPACE_CHARACTERS, stripPythonSpace } from './python-text.ts';
import { failure, success, type Result } from './result.ts';
import { type Specifier, type SpecifierOperator } from './specifier-clause.ts';
import { compatiblePrefix, prefixOf, type VersionPrefix } from './version-prefix.ts';
import { parseVersion } from './version.ts';

const PUBLIC = String.raw`v?(?:\d+!)?\d+(?:\.\d+)*`;
const PRE = String.raw`(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?\d*)?`;
const POST = String.raw`(?:-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?`;
const DEV = String.raw`(?:[-_.]?dev[-_.]?\d*)?`;
const LOCAL = String.raw`(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?`;

/** What may follow each operator; sticky. Ends where the longest match ends, which need not be the end of the text. */
const OPERANDS = {
  equality: new RegExp(String.raw`${PUBLIC}(?:\.\*|${PRE}${POST}${DEV}${LOCAL})`, 'iy'),
  compatible: new RegExp(String.raw`v?(?:\d+!)?\d+(?:\.\d+)+${PRE}${POST}${DEV}`, 'iy'),
  /** Before 22 a wildcard could follow a pre- or post-release: `==1.0a1.*`. */
  legacyEquality: new RegExp(String.raw`${PUBLIC}${PRE}${POST}(?:\.\*|${DEV}${LOCAL})`, 'iy'),
  order: new RegExp(`${PUBLIC}${PRE}${POST}${DEV}`, 'iy'),
} as const;

/** Longest first, so that `===` is not read as `==`. */
const OPERATORS: readonly SpecifierOperator[] = ['===', '==', '!=', '<=', '>=', '~=', '<', '>'];

/** The operator that begins at `start`, or null. */
function operatorAt(text: string, start: number): SpecifierOperator | null {
  for (const operator of OPERATORS) if (text.startsWith(operator, start)) return operator;
  return null;
}

/**
 * Where a specifier that begins at `start` ends, or -1 when none begins there. This is the token `SPECIFIER` of
 * `packaging/_tokenizer.py`: it takes what it can, so `>=2011k` ends before the `k`.
 */
export function endOfSpecifier(
  text: string,
  start: number,
  policy: PrereleasePolicy = 'packaging-26',
): number {
  const operator = operatorAt(text, start);
  if (operator === null) return -1;
  const operandStart = skipPythonSpace(text, start + operator.length);
  if (operator === '===') return endOfArbitrary(text, operandStart, policy);
  const kind =
    operator === '==' || operator === '!=' ? 'equality' : operator === '~=' ? 'compatible' : 'order';
  const pattern = OPERANDS[kind];
  pattern.lastIndex = operandStart;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** `===` takes anything up to white space and, from 22 on, a semicolon or a closing parenthesis; also nothing. */
function endOfArbitrary(text: string, start: number, policy: PrereleasePolicy): number {
  const stops = policy === 'packaging-20' ? '' : ';)';
  let end = start;
  while (end < text.length && !stops.includes(text.charAt(end)) && skipPythonSpace(text, end) === end) end++;
  return end;
}

/**
 * Reads one specifier, white space around it allowed. PEP 440, "Version specifiers"; the grammar of `packaging` 26.2,
 * and with `packaging-20` that of its `LegacySpecifier` where PEP 440's does not fit.
 */
export function parseSpecifier(text: string, policy: PrereleasePolicy = 'packaging-26'): Result<Specifier> {
  const specifier = readSpecifier(stripPythonSpace(text), policy);
  if (specifier !== null) return success(specifier);
  // Before 24.2 the text stood between quotes as it was.
  const isPlain = policy === 'packaging-20' || policy === 'packaging-24';
  return failure(`Invalid specifier: ${isPlain ? `'${text}'` : pythonRepr(text)}`, 0, text.length);
}

/** The whole text, without white space around it, as a specifier; null when it is none. */
export function readSpecifier(text: string, policy: PrereleasePolicy): Specifier | null {
  const operator = operatorAt(text, 0);
  if (operator === null) return null;
  const operand = text.slice(skipPythonSpace(text, operator.length));
  if (endOfSpecifier(text, 0, policy) === text.length) return makeSpecifier(operator, operand);
  if (policy !== 'packaging-20') return null;
  if (isLegacyEquality(operator, operand)) return makeSpecifier(operator, operand);
  return endOfLegacySpecifier(text, 0) === text.length ? makeLegacySpecifier(operator, operand) : null;
}

/** The specifier that `endOfSpecifier` found the end of: the text from the start up to there. */
export function specifierOfToken(text: string): Specifier {
  const operator = operatorAt(text, 0);
  assert(operator !== null, 'no operator in ' + text);
  return makeSpecifier(operator, text.slice(skipPythonSpace(text, operator.length)));
}

function isLegacyEquality(operator: SpecifierOperator, operand: string): boolean {
  const pattern = OPERANDS.legacyEquality;
  pattern.lastIndex = 0;
  return (
    (operator === '==' || operator === '!=') && pattern.test(operand) && pattern.lastIndex === operand.length
  );
}

/** With a legacy version even where PEP 440 could read it: such a specifier compares as setuptools once did. */
function makeLegacySpecifier(operator: SpecifierOperator, operand: string): Specifier {
  const version = makeLegacyVersion(operand);
  return { operator, version, isWildcard: false, text: operator + operand, prefix: null };
}

const LEGACY_SPECIFIER = new RegExp(
  `(?:==|!=|<=|>=|<|>)[${SPACE_CHARACTERS}]*[^,;${SPACE_CHARACTERS})]*`,
  'y',
);

/** As `endOfSpecifier`, for the token of `packaging` before 22 that took what PEP 440 does not know. */
export function endOfLegacySpecifier(text: string, start: number): number {
  LEGACY_SPECIFIER.lastIndex = start;
  return LEGACY_SPECIFIER.test(text) ? LEGACY_SPECIFIER.lastIndex : -1;
}

function makeSpecifier(operator: SpecifierOperator, operand: string): Specifier {
  const isWildcard = (operator === '==' || operator === '!=') && operand.endsWith('.*');
  const parsed = parseVersion(isWildcard ? operand.slice(0, -2) : operand);
  const version = parsed.ok ? parsed.value : null;
  let prefix: VersionPrefix | null = null;
  if (operator === '~=') prefix = compatiblePrefix(operand, version);
  else if (isWildcard && version !== null) prefix = prefixOf(version, operand.slice(0, -2));
  return { operator, version, isWildcard, text: operator + operand, prefix };
}
