/** Which Python the resolution is for. README.md#requires-python */
import { releaseSpecifierSetRange } from '../../packaging/specifier-range.ts';
import type { Specifier, SpecifierSet } from '../../packaging/specifier.ts';
import { readLenientSpecifiers } from './lenient-requirement.ts';
import { compareCuts, LOWEST, withParts, type VersionCut } from '../../packaging/version-cut.ts';
import { VersionRange } from '../../packaging/version-range.ts';
import { compareVersions, versionsEqual, type Version } from '../../packaging/version.ts';

/** Where the target's lower bound comes from: three sources, three wordings. */
export type PythonSource = 'interpreter' | 'python-version' | 'requires-python';

export interface PythonRequirement {
  readonly source: PythonSource;
  /** The interpreter's version, `3.12.4`. */
  readonly installed: Version;
  /** As uv prints the target: `>=3.9`. */
  readonly targetText: string;
  /** Versions that the resolution must hold for. */
  readonly target: VersionRange;
  /** Whether target and interpreter are the same, so that an exclusion is told of the current Python. */
  readonly isInstalled: boolean;
}

/** Without pre-release, and without the zeros at the end: uv knows 3.13.0 as 3.13. */
function onlyRelease(version: Version): Version {
  const release = [...version.release];
  while (release.length > 1 && release.at(-1) === 0) release.pop();
  return withParts(version, { release, pre: null, post: null, dev: null });
}

/** The interpreter itself. */
export function interpreterRequirement(installed: Version): PythonRequirement {
  const version = onlyRelease(installed);
  return {
    source: 'interpreter',
    installed,
    targetText: `>=${version.text}`,
    target: VersionRange.from(version),
    isInstalled: true,
  };
}

/** `--python-version`: everything from that version on. */
export function pythonVersionRequirement(installed: Version, version: Version): PythonRequirement {
  const lowest = onlyRelease(version);
  return {
    source: 'python-version',
    installed,
    targetText: `>=${lowest.text}`,
    target: VersionRange.from(lowest),
    isInstalled: versionsEqual(onlyRelease(installed), lowest),
  };
}

/** As uv prints specifiers: by version, `>=3.12, <3.14`. */
function specifiersText({ specifiers }: SpecifierSet): string {
  const byVersion = (a: Specifier, b: Specifier): number =>
    a.version === null || b.version === null ? 0 : compareVersions(a.version, b.version);
  return specifiers
    .toSorted(byVersion)
    .map(({ text }) => text)
    .join(', ');
}

/** A project's `requires-python`. */
export function projectRequirement(installed: Version, specifiers: SpecifierSet): PythonRequirement {
  return {
    source: 'requires-python',
    installed,
    targetText: specifiersText(specifiers),
    target: releaseSpecifierSetRange(specifiers),
    isInstalled: false,
  };
}

/** Where a set of versions begins. */
export function lowerCut(range: VersionRange): VersionCut {
  return range.encoded[0] ?? LOWEST;
}

/**
 * The set that a Requires-Python text means, or null when it cannot be read (uv lets such files pass). Only the lower
 * bound counts: `<3.10` says that newer Pythons were not tried, not that they fail.
 */
export function readRequiresPython(text: string): VersionRange | null {
  const parsed = readLenientSpecifiers(text);
  return parsed.ok ? releaseSpecifierSetRange(parsed.value) : null;
}

/** Whether every Python of the target is at or above the lower bound of what a file supports. */
export function admitsPython(requirement: PythonRequirement, supported: VersionRange): boolean {
  if (supported.isEmpty) return false;
  return compareCuts(lowerCut(requirement.target), lowerCut(supported)) >= 0;
}

/** The target without what lies below `version`; for forks that need a newer Python. */
export function raisedTo(requirement: PythonRequirement, range: VersionRange): PythonRequirement {
  const target = requirement.target.intersection(range);
  return { ...requirement, target, targetText: rangeText(target) };
}

function rangeText(range: VersionRange): string {
  const [first] = range.segments();
  if (first === undefined || first.lower === null) return '';
  const lower = `${first.lower.isAfter ? '>' : '>='}${first.lower.version.text}`;
  const last = range.segments().at(-1)!.upper;
  return last === null ? lower : `${lower}, ${last.isAfter ? '<=' : '<'}${last.version.text}`;
}
