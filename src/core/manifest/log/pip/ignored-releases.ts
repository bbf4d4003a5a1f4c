/**
 * `Ignored the following versions …`: releases that pip passed over in a run. It lists those of every project together
 * without naming any, so that they are the failing one's only where the text shows it.
 */
import type { Requirement } from '../../../packaging/requirement.ts';
import { specifierSetContains } from '../../../packaging/specifier.ts';
import { compareVersions, parseVersion, type Version } from '../../../packaging/version.ts';

export interface IgnoredRelease {
  readonly version: Version;
  readonly requiresPython?: string;
  readonly isYanked?: boolean;
}

/** Reads what follows `that require a different python version:`. */
export function readIgnoredForPython(text: string): IgnoredRelease[] {
  return text.split(';').flatMap((part) => {
    const match = /^\s*(\S+) Requires-Python (.+)$/.exec(part);
    const version = match === null ? null : parseVersion(match[1]!);
    return version?.ok === true ? [{ version: version.value, requiresPython: match![2]!.trim() }] : [];
  });
}

/** Reads what follows `yanked versions:`. */
export function readIgnoredYanked(text: string): IgnoredRelease[] {
  return text.split(',').flatMap((part) => {
    const version = parseVersion(part.trim());
    return version.ok ? [{ version: version.value, isYanked: true }] : [];
  });
}

/**
 * Those of the ignored releases that are the wish's own: one of them is a version that the wish names. A release that
 * lies in `>=1.14` may be anybody's.
 */
export function ownIgnored(
  { specifier }: Requirement,
  ignored: readonly IgnoredRelease[],
): readonly IgnoredRelease[] {
  const named = specifier.specifiers.flatMap(({ operator, version }) =>
    version !== null && /^(?:===?|>=|~=)$/.test(operator) ? [version] : [],
  );
  const inside = ignored.filter(({ version }) =>
    specifierSetContains(specifier, version, { prereleases: true }),
  );
  const isNamed = inside.some(({ version }) => named.some((each) => compareVersions(each, version) === 0));
  return isNamed ? inside : [];
}
