/** From requirements that apply to dependencies between packages. README.md#packages-and-proxies */
import type { Requirement } from '../../packaging/requirement.ts';
import { specifierRange, specifierSetRange } from '../../packaging/specifier-range.ts';
import type { Specifier, SpecifierSet } from '../../packaging/specifier.ts';
import { VersionRange } from '../../packaging/version-range.ts';
import type { Version } from '../../packaging/version.ts';
import { packageOf, type UvPackage } from './package.ts';
import { TRUE_MARKER, type MarkerTree } from './marker-tree.ts';
import type { AppliedRequirement } from './requirement-flattener.ts';
import type { VersionReason } from './unavailable-reason.ts';

export interface UvDependency {
  readonly package: UvPackage;
  readonly range: VersionRange;
  /** Where it is written; null for the bond between a proxy and its project. */
  readonly requirement: Requirement | null;
  readonly isDirectUrl: boolean;
}

const ranges = new WeakMap<SpecifierSet, VersionRange>();

/** The range of a specifier set; made once for each. */
export function rangeOfSpecifiers(set: SpecifierSet): VersionRange {
  if (set.specifiers.length === 0) return VersionRange.FULL;
  let range = ranges.get(set);
  if (range === undefined) ranges.set(set, (range = specifierSetRange(set)));
  return range;
}

/** One dependency for each extra that is asked for, or one on the project itself. */
export function dependenciesOf(applied: AppliedRequirement): readonly UvDependency[] {
  const { requirement, extras, marker } = applied;
  const isDirectUrl = requirement.url !== null;
  const range = rangeOfSpecifiers(requirement.specifier);
  const wanted = extras.length === 0 ? [null] : extras;
  return wanted.map((extra) => ({
    package: packageOf(requirement.normalizedName, extra, marker),
    range,
    requirement,
    isDirectUrl,
  }));
}

/** What binds a proxy at a version to the packages that it stands for, at the same version. */
export function proxyDependencies(
  proxy: Extract<UvPackage, { kind: 'extra' | 'marker' }>,
  version: Version,
): readonly UvDependency[] {
  const range = VersionRange.singleton(version);
  const markers: readonly MarkerTree[] =
    proxy.marker === TRUE_MARKER ? [TRUE_MARKER] : [TRUE_MARKER, proxy.marker];
  // A group does not bring its project along.
  const isGroup = proxy.kind === 'extra' && proxy.extra.startsWith(':');
  const extras = proxy.kind === 'extra' ? (isGroup ? [proxy.extra] : [null, proxy.extra]) : [null];
  return markers.flatMap((marker) =>
    extras.map((extra) => ({
      package: { kind: 'package' as const, name: proxy.name, extra, marker },
      range,
      requirement: null,
      isDirectUrl: false,
    })),
  );
}

/** Lower bounds are told before upper ones. */
function boundOrder({ operator }: Specifier): number {
  return operator.startsWith('<') ? 1 : 0;
}

/**
 * The first requirement that no version can meet, as the reason why its parent cannot be used; null when there is none.
 * Of its specifiers the fewest that contradict each other are named.
 */
export function unsatisfiableDependency(applied: readonly AppliedRequirement[]): VersionReason | null {
  for (const { requirement, extras } of applied) {
    if (!rangeOfSpecifiers(requirement.specifier).isEmpty) continue;
    const specifiers = requirement.specifier.specifiers.toSorted((a, b) => boundOrder(a) - boundOrder(b));
    const name = requirement.normalizedName + (extras.length > 0 ? `[${extras.join(',')}]` : '');
    return {
      kind: 'unsatisfiable-dependency',
      name,
      specifiers: contradiction(specifiers).map((s) => s.text),
    };
  }
  return null;
}

function contradiction(specifiers: readonly Specifier[]): readonly Specifier[] {
  const alone = specifiers.find((specifier) => specifierRange(specifier).isEmpty);
  if (alone !== undefined) return [alone];
  for (const [index, first] of specifiers.entries()) {
    const second = specifiers
      .slice(index + 1)
      .find((specifier) => specifierRange(specifier).isDisjoint(specifierRange(first)));
    if (second !== undefined) return [first, second];
  }
  return specifiers;
}
