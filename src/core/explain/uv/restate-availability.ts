/**
 * Reduction 9: a step may rule out more than its causes do, where the surplus holds no version that exists. The report
 * then has to say so: "only … is available".
 */
import type { VersionRange } from '../../packaging/version-range.ts';
import { compareCuts, type VersionCut } from '../../packaging/version-cut.ts';
import { mapDerivationTree } from '../../resolver/pubgrub/derivation-tree.ts';
import type { UvFailure } from '../../resolver/uv/failure.ts';
import { projectName } from '../../resolver/uv/package.ts';
import {
  conclusion,
  leaf,
  packagesOf,
  reportedVersions,
  requiredVersions,
  ruledOutVersions,
  soleConclusion,
  termOn,
  withCauses,
  type Conclusion,
  type ErrorTree,
} from './error-tree.ts';

interface Surplus {
  readonly package: number;
  readonly versions: VersionRange;
}

type Versions = (tree: ErrorTree, packageNumber: number) => VersionRange;

/** What both causes together say in one sense. */
function ofBoth(node: Conclusion, packageNumber: number, versions: Versions): VersionRange {
  return versions(node.first, packageNumber).union(versions(node.second, packageNumber));
}

/** What the step covers, and what its causes say of it: for its conclusion, and for each package that it resolves. */
function* coverings(node: Conclusion): Generator<{
  readonly package: number;
  readonly covered: VersionRange;
  readonly reported: VersionRange;
}> {
  const sole = soleConclusion(node);
  if (sole !== null) {
    const reported = ofBoth(node, sole.package, reportedVersions);
    yield { package: sole.package, covered: sole.versions, reported };
  }
  for (const packageNumber of [...packagesOf(node.first), ...packagesOf(node.second)]) {
    if (node.packages.includes(packageNumber)) continue;
    const covered = ofBoth(node, packageNumber, requiredVersions);
    yield { package: packageNumber, covered, reported: ofBoth(node, packageNumber, ruledOutVersions) };
  }
}

/** The first surplus of a step that holds no listed version, or null. */
function surplusOf(node: Conclusion, failure: UvFailure): Surplus | null {
  for (const { package: packageNumber, covered, reported } of coverings(node)) {
    if (reported.hasNoSegments) continue;
    const versions = covered.intersection(reported.complement());
    if (versions.hasNoSegments) continue;
    const name = projectName(failure.packages[packageNumber]!);
    const listing = name === null ? undefined : failure.included.get(name);
    if (listing === undefined || listing.some((version) => versions.contains(version))) continue;
    return { package: packageNumber, versions };
  }
  return null;
}

/** Whether the first set begins below the second; an empty one begins above all. */
function startsLower(first: VersionRange, second: VersionRange): boolean {
  const [one] = first.segments();
  const [two] = second.segments();
  if (one === undefined) return false;
  if (two === undefined || one.lower === null) return true;
  if (two.lower === null) return false;
  const place = (cut: VersionCut): VersionCut => ({ ...cut, isAfter: false });
  return compareCuts(place(one.lower), place(two.lower)) <= 0;
}

function restate(node: Conclusion, { package: packageNumber, versions }: Surplus): ErrorTree {
  const statement = (): ErrorTree => leaf({ kind: 'no-versions', package: packageNumber, versions });
  const carry = (cause: ErrorTree): ErrorTree =>
    conclusion(packageNumber, ruledOutVersions(cause, packageNumber).union(versions), cause, statement());
  const first = ruledOutVersions(node.first, packageNumber);
  const second = ruledOutVersions(node.second, packageNumber);
  if (first.hasNoSegments && second.hasNoSegments) {
    // Neither cause rules the package out: the step itself reaches too far, so it is taken in two.
    const reported = ofBoth(node, packageNumber, reportedVersions);
    const inner = conclusion(packageNumber, reported, node.first, node.second);
    const term = termOn(node, packageNumber) ?? { isPositive: true, versions };
    return { ...node, packages: [packageNumber], terms: [term], first: inner, second: statement() };
  }
  return startsLower(first, second)
    ? withCauses(node, carry(node.first), node.second)
    : withCauses(node, node.first, carry(node.second));
}

export function restateAvailability(tree: ErrorTree, failure: UvFailure): ErrorTree {
  const restated = mapDerivationTree(
    tree,
    (node) => node,
    (node, first, second) => {
      const rebuilt = withCauses(node, first!, second!);
      const surplus = surplusOf(rebuilt, failure);
      return surplus === null ? rebuilt : restate(rebuilt, surplus);
    },
  );
  return restated!;
}
