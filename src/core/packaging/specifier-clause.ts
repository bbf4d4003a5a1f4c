/**
 * One PEP 440 version specifier, and whether it admits a version. Its text form is in `specifier-syntax.ts`; sets of
 * them, and the rules on pre-releases, in `specifier.ts`.
 */
import { makeLegacyVersion } from './legacy-version.ts';
import { isPackaging26, type PrereleasePolicy } from './prerelease-policy.ts';
import { hasPrefix, type VersionPrefix } from './version-prefix.ts';
import {
  comparePublicVersions,
  compareVersions,
  isPrerelease,
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
  const { version: bound, prefix } = specifier;
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
      return (
        comparePublicVersions(version, bound) >= 0 && prefix !== null && hasPrefix(version, prefix, policy)
      );
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
  if (specifier.prefix !== null) return hasPrefix(version, specifier.prefix, policy);
  return bound.local === null ? comparePublicVersions(version, bound) === 0 : versionsEqual(version, bound);
}

/** `<V` excludes the pre-releases of V unless V is one itself; before 26 those of V's whole release number. */
function isPrereleaseOf(version: Version, bound: Version, policy: PrereleasePolicy): boolean {
  if (isPrerelease(bound) || !isPrerelease(version) || !sameRelease(version, bound)) return false;
  if (!isPackaging26(policy) || bound.post === null) return true;
  return version.pre === null && version.post === bound.post;
}

/** `>V` excludes the post-releases of V unless V is one itself; before 26 also those of V's other pre-releases. */
function isPostreleaseOf(version: Version, bound: Version, policy: PrereleasePolicy): boolean {
  if (!isPackaging26(policy)) {
    const isExcluded = (bound.post === null && version.post !== null) || version.local !== null;
    return isExcluded && sameRelease(version, bound);
  }
  if (bound.post !== null || version.post === null || bound.dev !== null) return false;
  return samePre(version, bound) && sameRelease(version, bound);
}

function samePre(a: Version, b: Version): boolean {
  return a.pre?.[0] === b.pre?.[0] && a.pre?.[1] === b.pre?.[1];
}
