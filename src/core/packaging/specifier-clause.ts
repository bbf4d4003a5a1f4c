/**
 * PEP 440 version specifiers: reading one, and whether it admits a version. Sets of them, and the rules on
 * pre-releases, are in `specifier.ts`.
 */
import { makeLegacyVersion } from './legacy-version.ts';
import { pythonRepr, skipPythonSpace, stripPythonSpace } from './python-text.ts';
import { type PrereleasePolicy } from './prerelease-policy.ts';
import { failure, success, type Result } from './result.ts';
import {
  comparePublicVersions,
  compareVersions,
  isPrerelease,
  parseVersion,
  sameRelease,
  versionsEqual,
  type Version,
} from './version.ts';

export type SpecifierOperator = '==' | '!=' | '<=' | '>=' | '<' | '>' | '~=' | '===';

/** One clause, such as `>=2.0`. */
export interface Specifier {
  readonly operator: SpecifierOperator;
  /** For a wildcard the version before `.*`; null for `===` of something that is no version. */
  readonly version: Version | null;
  /** `==1.2.*` or `!=1.2.*`. */
  readonly isWildcard: boolean;
  /** As written, without white space: `str(Specifier)`. */
  readonly text: string;
  /** What a version must begin with, for `~=` and wildcards; null for the others. */
  readonly prefix: VersionPrefix | null;
}

/** `1!2.3.*`: the epoch, the release numbers, and (only from unusual spellings) parts that must follow them. */
export interface VersionPrefix {
  readonly epoch: number;
  readonly release: readonly number[];
  readonly suffix: readonly string[];
}

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
  return OPERATORS.find((operator) => text.startsWith(operator, start)) ?? null;
}

/**
 * Where a specifier that begins at `start` ends, or -1 when none begins there. This is the token `SPECIFIER` of
 * `packaging/_tokenizer.py`: it takes what it can, so `>=2011k` ends before the `k`.
 */
export function endOfSpecifier(text: string, start: number): number {
  const operator = operatorAt(text, start);
  if (operator === null) return -1;
  const operandStart = skipPythonSpace(text, start + operator.length);
  if (operator === '===') return endOfArbitrary(text, operandStart);
  const kind =
    operator === '==' || operator === '!=' ? 'equality' : operator === '~=' ? 'compatible' : 'order';
  const pattern = OPERANDS[kind];
  pattern.lastIndex = operandStart;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** `===` takes anything up to white space, a semicolon or a closing parenthesis; also nothing. */
function endOfArbitrary(text: string, start: number): number {
  let end = start;
  while (end < text.length && text[end] !== ';' && text[end] !== ')' && skipPythonSpace(text, end) === end)
    end++;
  return end;
}

/**
 * Reads one specifier, white space around it allowed. PEP 440, "Version specifiers"; the grammar of `packaging` 26.2,
 * and with `packaging-20` that of its `LegacySpecifier` where PEP 440's does not fit.
 */
export function parseSpecifier(text: string, policy: PrereleasePolicy = 'packaging-26'): Result<Specifier> {
  const stripped = stripPythonSpace(text);
  const operator = operatorAt(stripped, 0);
  if (operator !== null) {
    const operand = stripped.slice(skipPythonSpace(stripped, operator.length));
    if (endOfSpecifier(stripped, 0) === stripped.length) return success(makeSpecifier(operator, operand));
    if (policy === 'packaging-20') {
      if (isLegacyEquality(operator, operand)) return success(makeSpecifier(operator, operand));
      if (endOfLegacySpecifier(stripped, 0) === stripped.length)
        return success(makeLegacySpecifier(operator, operand));
    }
  }
  return failure(`Invalid specifier: ${pythonRepr(text)}`, 0, text.length);
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

const LEGACY_SPECIFIER = /(?:==|!=|<=|>=|<|>)\s*[^,;\s)]*/y;

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
  if (operator === '~=') prefix = compatiblePrefix(operand);
  else if (isWildcard && version !== null) prefix = prefixOf(version);
  return { operator, version, isWildcard, text: operator + operand, prefix };
}

function prefixOf(version: Version): VersionPrefix {
  return { epoch: version.epoch, release: version.release, suffix: versionSuffix(version) };
}

/** `1.0a1.post2.dev3` → `['a1', 'post2', 'dev3']`: what prefix matching compares after the release numbers. */
function versionSuffix(version: Version): readonly string[] {
  const suffix: string[] = [];
  if (version.pre !== null) suffix.push(`${version.pre[0]}${version.pre[1]}`);
  if (version.post !== null) suffix.push(`post${version.post}`);
  if (version.dev !== null) suffix.push(`dev${version.dev}`);
  return suffix;
}

/**
 * What `~=` demands beside `>=`: all but the last release number. `packaging` finds those in the text as written, and
 * recognises only normal spellings of what follows them; so `~=1.0.pre1` demands `1.0.*` and `~=v1.0` nothing that
 * exists (`Specifier._compare_compatible`, the same in all its releases).
 */
function compatiblePrefix(operand: string): VersionPrefix {
  const bang = operand.lastIndexOf('!');
  const items = operand
    .slice(bang + 1)
    .split('.')
    .flatMap(splitRelease);
  const end = items.findIndex((item) => /^(?:dev|a|b|rc|post)/.test(item));
  const kept = (end === -1 ? items : items.slice(0, end)).slice(0, -1);
  const text = `${bang > 0 ? operand.slice(0, bang) : '0'}!${kept.join('.')}`;
  const version = parseVersion(text);
  return version.ok ? prefixOf(version.value) : { epoch: 0, release: [], suffix: [text] };
}

/** `5a4` → `['5', 'a4']`. */
function splitRelease(item: string): readonly string[] {
  const match = /^(\d+)((?:a|b|c|rc)\d+)$/.exec(item);
  return match === null ? [item] : [match[1]!, match[2]!];
}

/**
 * Whether one specifier admits a version, pre-release or not. A specifier without a local label ignores the version's.
 * `text` is what `===` compares, letter case aside: the version as its file or index spells it, by default the normal
 * form. Allocates nothing. Rules of `packaging` 26.2 unless an earlier release is named.
 */
export function specifierContains(
  specifier: Specifier,
  version: Version,
  policy: PrereleasePolicy = 'packaging-26',
  text: string = version.text,
): boolean {
  const bound = specifier.version;
  if (specifier.operator === '===' || bound === null) return containsArbitrary(specifier, text);
  if (bound.legacy !== null || version.legacy !== null)
    return containsLegacy(specifier.operator, bound, version);
  switch (specifier.operator) {
    case '==':
      return equalsSpecifier(specifier, bound, version, policy);
    case '!=':
      return !equalsSpecifier(specifier, bound, version, policy);
    case '<=':
      return comparePublicVersions(version, bound) <= 0;
    case '>=':
      return comparePublicVersions(version, bound) >= 0;
    case '~=':
      return comparePublicVersions(version, bound) >= 0 && hasPrefix(version, specifier.prefix, policy);
    case '<':
      return comparePublicVersions(version, bound) < 0 && !isPrereleaseOf(version, bound, policy);
    case '>':
      return comparePublicVersions(version, bound) > 0 && !isPostreleaseOf(version, bound, policy);
  }
}

/** PEP 440's specifiers admit no legacy version; a legacy one reads every version's text by the old rules. */
function containsLegacy(operator: SpecifierOperator, bound: Version, version: Version): boolean {
  if (bound.legacy === null) return false;
  const order = compareVersions(version.legacy === null ? makeLegacyVersion(version.text) : version, bound);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '~=':
    case '===':
      return false;
  }
}

/** `===` compares as strings. Case matters not: `Specifier._compare_arbitrary`. */
export function containsArbitrary(specifier: Specifier, text: string): boolean {
  return specifier.operator === '===' && specifier.text.slice(3).toLowerCase() === text.toLowerCase();
}

function equalsSpecifier(
  specifier: Specifier,
  bound: Version,
  version: Version,
  policy: PrereleasePolicy,
): boolean {
  if (specifier.isWildcard) return hasPrefix(version, specifier.prefix, policy);
  return bound.local === null ? comparePublicVersions(version, bound) === 0 : versionsEqual(version, bound);
}

/** A version with fewer numbers than the prefix is completed by zeros; before 22 only a final one without an epoch. */
function hasPrefix(version: Version, prefix: VersionPrefix | null, policy: PrereleasePolicy): boolean {
  if (prefix === null || version.epoch !== prefix.epoch) return false;
  const { release } = prefix;
  if (policy === 'packaging-20' && version.release.length < release.length && !isPlain(version)) return false;
  for (let index = 0; index < release.length; index++)
    if ((version.release[index] ?? 0) !== release[index]) return false;
  return prefix.suffix.length === 0 || hasSuffixPrefix(version, prefix);
}

function isPlain(version: Version): boolean {
  return version.epoch === 0 && version.pre === null && version.post === null && version.dev === null;
}

/** The slow case of `hasPrefix`: after the numbers, the further parts must agree one by one. */
function hasSuffixPrefix(version: Version, prefix: VersionPrefix): boolean {
  const rest = [...version.release.slice(prefix.release.length).map(String), ...versionSuffix(version)];
  return prefix.suffix.every((part, index) => rest[index] === part);
}

/** `<V` excludes the pre-releases of V unless V is one itself; before 26 those of V's whole release number. */
function isPrereleaseOf(version: Version, bound: Version, policy: PrereleasePolicy): boolean {
  if (isPrerelease(bound) || !isPrerelease(version) || !sameRelease(version, bound)) return false;
  if (policy !== 'packaging-26' || bound.post === null) return true;
  return version.pre === null && version.post === bound.post;
}

/** `>V` excludes the post-releases of V unless V is one itself; before 26 also those of V's other pre-releases. */
function isPostreleaseOf(version: Version, bound: Version, policy: PrereleasePolicy): boolean {
  if (policy !== 'packaging-26') {
    const isExcluded = (bound.post === null && version.post !== null) || version.local !== null;
    return isExcluded && sameRelease(version, bound);
  }
  if (bound.post !== null || version.post === null || bound.dev !== null) return false;
  return samePre(version, bound) && sameRelease(version, bound);
}

function samePre(a: Version, b: Version): boolean {
  return a.pre?.[0] === b.pre?.[0] && a.pre?.[1] === b.pre?.[1];
}
