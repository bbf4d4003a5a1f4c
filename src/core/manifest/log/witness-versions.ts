/** Versions that could stand for a set of versions of which only the limits are known. */
import { specifierSetContains, type Specifier, type SpecifierSet } from '../../packaging/specifier.ts';
import { parseVersion, type Version } from '../../packaging/version.ts';

/**
 * A plain version inside one of the alternatives that `isAllowed` allows: the limits themselves first, then just
 * above and just below them, then small numbers. null when none fits.
 */
export function witnessVersion(
  alternatives: readonly SpecifierSet[],
  isAllowed: (version: Version) => boolean,
): Version | null {
  for (const set of alternatives)
    for (const text of candidatesFor(set)) {
      const version = parseVersion(text);
      if (!version.ok || !specifierSetContains(set, version.value, { prereleases: true })) continue;
      if (isAllowed(version.value)) return version.value;
    }
  return null;
}

/** Versions that are worth trying for any of the sets, each once. */
export function* candidateVersions(sets: readonly SpecifierSet[]): Generator<Version> {
  const seen = new Set<string>();
  for (const set of sets)
    for (const text of candidatesFor(set)) {
      if (seen.has(text)) continue;
      seen.add(text);
      const version = parseVersion(text);
      if (version.ok) yield version.value;
    }
}

function candidatesFor(set: SpecifierSet): string[] {
  const bounds = set.specifiers.flatMap((specifier) => (specifier.version === null ? [] : [specifier]));
  return [
    ...bounds.map((specifier) => boundText(specifier)),
    ...bounds.flatMap((specifier) => [justAbove(specifier), justBelow(specifier)]),
    ...bounds.flatMap((specifier) => farFrom(specifier)),
    ...['1.0', '2.0', '3.0', '0.1', '10.0', '100.0', '0'],
  ];
}

function boundText(specifier: Specifier): string {
  return specifier.version?.text ?? '';
}

function justAbove(specifier: Specifier): string {
  const { epoch, release } = specifier.version!;
  return withEpoch(epoch, [...release, 1]);
}

/** The largest plain version of the same length below the limit. */
function justBelow(specifier: Specifier): string {
  const { epoch, release } = specifier.version!;
  const numbers = [...release];
  let last = numbers.length - 1;
  while (last > 0 && numbers[last] === 0) last--;
  if (numbers[last] === 0) return '0';
  numbers[last] = numbers[last]! - 1;
  return withEpoch(epoch, numbers);
}

/** The next and the previous first number: for wishes that leave one side open. */
function farFrom(specifier: Specifier): string[] {
  const { epoch, release } = specifier.version!;
  const first = release[0] ?? 0;
  return [
    withEpoch(epoch, [first + 1, 0]),
    withEpoch(epoch, [first + 10, 0]),
    withEpoch(epoch, [Math.max(0, first - 1), 0]),
  ];
}

function withEpoch(epoch: number, release: readonly number[]): string {
  return `${epoch === 0 ? '' : `${epoch}!`}${release.join('.')}`;
}
