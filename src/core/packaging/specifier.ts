/**
 * Sets of PEP 440 version specifiers (`>=1.0,!=1.3`), and which versions they admit. Pre-releases are the subtle part:
 * whether one is admitted depends on what was asked for, on the set's own text, on the other versions at hand, and on
 * the release of `packaging` (`PrereleasePolicy`).
 */
import { isPackaging26, type PrereleasePolicy } from './prerelease-policy.ts';
import { skipPythonSpace, stripPythonSpace } from './python-text.ts';
import { failure, success, type Result } from './result.ts';
import { specifierContains, type Specifier } from './specifier-clause.ts';
import { parseSpecifier } from './specifier-syntax.ts';
import { isPrerelease, type Version } from './version.ts';

export { specifierContains, type Specifier } from './specifier-clause.ts';
export { parseSpecifier } from './specifier-syntax.ts';
export { type PrereleasePolicy } from './prerelease-policy.ts';

/** Specifiers that must all hold. The empty set admits every version. */
export interface SpecifierSet {
  /** Sorted by text, each once (`>=1` and `>=1.0` are one). */
  readonly specifiers: readonly Specifier[];
  /** Joined by commas: `str(SpecifierSet)`. */
  readonly text: string;
}

/** What is asked for beside the set itself. */
export interface ContainmentOptions {
  /** True admits pre-releases, false none at all; undefined leaves it to the set and the policy. */
  readonly prereleases?: boolean | undefined;
  /** The newest by default. */
  readonly policy?: PrereleasePolicy | undefined;
}

/** Admits every version. */
export const EMPTY_SPECIFIER_SET: SpecifierSet = { specifiers: [], text: '' };

const NO_OPTIONS: ContainmentOptions = {};

/**
 * Reads comma-separated specifiers; empty ones between the commas are passed over. The error is that of the first
 * invalid one, `Invalid specifier: '>=2011k'`, and its span; with `packaging-20` that one is valid.
 * `packaging.specifiers.SpecifierSet`.
 */
export function parseSpecifierSet(
  text: string,
  policy: PrereleasePolicy = 'packaging-26',
): Result<SpecifierSet> {
  if (text === '') return success(EMPTY_SPECIFIER_SET);
  if (!text.includes(',')) {
    const parsed = parseSpecifier(text, policy);
    if (parsed.ok) return success({ specifiers: [parsed.value], text: parsed.value.text });
  }
  const specifiers: Specifier[] = [];
  let start = 0;
  for (const piece of text.split(',')) {
    const stripped = stripPythonSpace(piece);
    const parsed = stripped === '' ? null : parseSpecifier(stripped, policy);
    if (parsed?.ok === false) {
      const errorStart = skipPythonSpace(text, start);
      return failure(parsed.error.message, errorStart, errorStart + stripped.length);
    }
    if (parsed !== null) specifiers.push(parsed.value);
    start += piece.length + 1;
  }
  return success(makeSpecifierSet(specifiers, policy));
}

/** A set of given specifiers: sorted, each once. */
export function makeSpecifierSet(
  specifiers: readonly Specifier[],
  policy: PrereleasePolicy = 'packaging-26',
): SpecifierSet {
  if (specifiers.length === 0) return EMPTY_SPECIFIER_SET;
  if (specifiers.length === 1) return { specifiers, text: specifiers[0]!.text };
  const sorted = withoutDuplicates(specifiers, policy);
  return { specifiers: sorted, text: sorted.map((specifier) => specifier.text).join(',') };
}

/** In order of texts. Of equal specifiers the first in that order stays; before 26 the first as written. */
function withoutDuplicates(specifiers: readonly Specifier[], policy: PrereleasePolicy): readonly Specifier[] {
  const sorted = inOrder(specifiers);
  if (haveDistinctOperators(sorted)) return sorted;
  const unique = new Map<string, Specifier>();
  for (const specifier of isPackaging26(policy) ? sorted : specifiers) {
    const identity = canonicalText(specifier, policy);
    if (!unique.has(identity)) unique.set(identity, specifier);
  }
  return unique.size === sorted.length ? sorted : [...unique.values()].sort(byText);
}

/** Sorted by text; the same list when it is already. Most sets have two specifiers. */
function inOrder(specifiers: readonly Specifier[]): readonly Specifier[] {
  for (let index = 1; index < specifiers.length; index++)
    if (byText(specifiers[index - 1]!, specifiers[index]!) > 0)
      return specifiers.length === 2 ? [specifiers[1]!, specifiers[0]!] : specifiers.toSorted(byText);
  return specifiers;
}

/** Quick and usual: no two specifiers of one operator, so none of them equal. */
function haveDistinctOperators(specifiers: readonly Specifier[]): boolean {
  for (let index = 1; index < specifiers.length; index++)
    for (let other = 0; other < index; other++)
      if (specifiers[index]!.operator === specifiers[other]!.operator) return false;
  return true;
}

function byText(a: Specifier, b: Specifier): number {
  return a.text === b.text ? 0 : a.text < b.text ? -1 : 1;
}

/**
 * Equal for specifiers that mean the same. Trailing zeros do not count, except in wildcards, which are compared as
 * written; after `~=`, where they decide (from 22 on); and in `===` (from 26 on).
 */
function canonicalText(specifier: Specifier, policy: PrereleasePolicy): string {
  const { operator, version, isWildcard, text } = specifier;
  if (isWildcard || version === null || version.legacy !== null) return text;
  if (operator === '===' && isPackaging26(policy)) return text;
  if (operator === '~=' && policy !== 'packaging-20') return operator + version.text;
  return `${operator}${version.key.join('.')}+${version.local?.join('.') ?? ''}`;
}

/** The set that admits what both admit. Commutative, associative; the empty set is its unit. */
export function intersectSpecifierSets(a: SpecifierSet, b: SpecifierSet): SpecifierSet {
  if (a.specifiers.length === 0) return b;
  if (b.specifiers.length === 0 || a === b) return a;
  return makeSpecifierSet([...a.specifiers, ...b.specifiers]);
}

/**
 * Whether a set admits a version, taken alone. From 26 on, that includes a pre-release unless `prereleases` is false,
 * since there is no final release beside it to prefer; before, only if `prereleases` or the set's text asks for one.
 * Allocates nothing. `SpecifierSet.contains`.
 */
export function specifierSetContains(
  set: SpecifierSet,
  version: Version,
  options: ContainmentOptions = NO_OPTIONS,
): boolean {
  const policy = options.policy ?? 'packaging-26';
  if (isPrerelease(version) && !admitsLonePrerelease(set, options.prereleases, policy)) return false;
  return matchesAll(set, version, policy);
}

function matchesAll(set: SpecifierSet, version: Version, policy: PrereleasePolicy): boolean {
  const { specifiers } = set;
  for (let index = 0; index < specifiers.length; index++)
    if (!specifierContains(specifiers[index]!, version, policy)) return false;
  return true;
}

function admitsLonePrerelease(
  set: SpecifierSet,
  prereleases: boolean | undefined,
  policy: PrereleasePolicy,
): boolean {
  if (prereleases !== undefined) return prereleases;
  return isPackaging26(policy) || namesPrerelease(set, policy);
}

/**
 * Whether a set asks for pre-releases by naming one: `>=2.0rc1`, but not `!=2.0rc1`. `SpecifierSet.prereleases`.
 * Before packaging 24.2 `<2.0rc1` and `>2.0rc1` did not.
 */
export function namesPrerelease(set: SpecifierSet, policy: PrereleasePolicy = 'packaging-26'): boolean {
  const { specifiers } = set;
  for (let index = 0; index < specifiers.length; index++)
    if (specifierNamesPrerelease(specifiers[index]!, policy)) return true;
  return false;
}

function specifierNamesPrerelease(specifier: Specifier, policy: PrereleasePolicy): boolean {
  const { operator, version } = specifier;
  if (version === null || !isPrerelease(version) || operator === '!=') return false;
  if (operator === '<' || operator === '>') return isPackaging26(policy) || policy === 'packaging-25';
  return true;
}

/**
 * The versions that a set admits, in the given order. If neither `prereleases` nor the set's text decides on
 * pre-releases, final releases are preferred, and pre-releases stay only when no final release is left: from 26 on for
 * every set, before that for the empty one. `SpecifierSet.filter`.
 */
export function filterVersions(
  set: SpecifierSet,
  versions: readonly Version[],
  options: ContainmentOptions = NO_OPTIONS,
): readonly Version[] {
  const { prereleases, policy = 'packaging-26' } = options;
  const matching = versions.filter((version) => matchesAll(set, version, policy));
  const admitsAll = prereleases ?? namesPrerelease(set, policy);
  if (policy === 'packaging-20') return filterLegacy(set, matching, admitsAll, prereleases === undefined);
  if (admitsAll) return matching;
  const finals = matching.filter((version) => !isPrerelease(version));
  const fallsBack = isPackaging26(policy) || set.specifiers.length === 0;
  return finals.length === 0 && prereleases === undefined && fallsBack ? matching : finals;
}

/**
 * The last step before release 22, which each specifier took by itself: legacy ones let pre-releases pass, and the empty
 * set no legacy version.
 */
function filterLegacy(
  { specifiers }: SpecifierSet,
  matching: readonly Version[],
  admitsAll: boolean,
  mayFallBack: boolean,
): readonly Version[] {
  if (specifiers.length > 0) {
    const isLegacy = specifiers.every((specifier) => (specifier.version?.legacy ?? null) !== null);
    return isLegacy || admitsAll ? matching : matching.filter((version) => !isPrerelease(version));
  }
  const modern = matching.filter((version) => version.legacy === null);
  const finals = modern.filter((version) => !isPrerelease(version));
  return admitsAll || (finals.length === 0 && mayFallBack) ? modern : finals;
}
