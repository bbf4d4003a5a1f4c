/**
 * Reduction 3: intervals that the search had widened to the neighbours shrink back to versions that exist. What was
 * asked for stays as it was asked.
 */
import { coversListing, narrowRange } from '../../packaging/range-listing.ts';
import { VersionRange } from '../../packaging/version-range.ts';
import type { Version } from '../../packaging/version.ts';
import { mapDerivationTree } from '../../resolver/pubgrub/derivation-tree.ts';
import type { UvFailure } from '../../resolver/uv/failure.ts';
import { TRUE_MARKER } from '../../resolver/uv/marker-tree.ts';
import { projectName, type UvPackage } from '../../resolver/uv/package.ts';
import { isPackageReason } from '../../resolver/uv/unavailable-reason.ts';
import { leaf, reportedVersions, withCauses, type ErrorTree, type Fact } from './error-tree.ts';

type Listing = readonly [Version, ...Version[]];

/** A package's known versions; null when there are none, so that nothing is known to narrow to. */
type FindListing = (packageNumber: number) => Listing | null;

function narrowToKnown(range: VersionRange, listing: Listing): VersionRange {
  return coversListing(range, listing) ? VersionRange.FULL : narrowRange(range, listing);
}

/** That a version is unavailable says nothing of versions outside the listing: open ends are closed there. */
function narrowUnavailable(range: VersionRange, listing: Listing): VersionRange {
  const [lowest] = listing;
  const highest = listing.at(-1)!;
  if (listing.length === 1 && range.contains(lowest)) return VersionRange.singleton(lowest);
  const narrowed = narrowToKnown(range, listing);
  if (narrowed.isFull) return narrowed;
  const clamped = narrowed.intersection(VersionRange.closed(lowest, highest));
  return clamped.isEmpty ? narrowed : clamped;
}

/** With one known version a conclusion names it where its causes do. */
function narrowConclusion(range: VersionRange, listing: Listing, reported: VersionRange): VersionRange {
  const [only] = listing;
  if (listing.length === 1 && range.contains(only)) {
    const single = VersionRange.singleton(only);
    if (reported.equals(single)) return single;
  }
  return narrowToKnown(range, listing);
}

/** uv 0.11: of facts only what had been widened, the dependents, is narrowed. */
function narrowDependent(fact: Fact, find: FindListing): Fact {
  const listing = fact.kind === 'dependency' ? find(fact.dependent) : null;
  if (fact.kind !== 'dependency' || listing === null) return fact;
  return { ...fact, versions: narrowToKnown(fact.versions, listing) };
}

function narrowFact(fact: Fact, find: FindListing, isPython: (packageNumber: number) => boolean): Fact {
  switch (fact.kind) {
    case 'root':
    case 'no-versions':
      return fact;
    case 'dependency': {
      const listing = find(fact.dependent);
      if (listing === null) return fact;
      const narrow = isPython(fact.dependency) ? narrowUnavailable : narrowToKnown;
      return { ...fact, versions: narrow(fact.versions, listing) };
    }
    case 'unavailable': {
      const listing = find(fact.package);
      if (listing === null) return fact;
      const narrow = isPackageReason(fact.reason) ? narrowToKnown : narrowUnavailable;
      return { ...fact, versions: narrow(fact.versions, listing) };
    }
  }
}

/** uv 0.11: which packages of a part of the tree were widened, as dependents on anything but Python. */
class WidenedDependents {
  readonly #known = new Map<ErrorTree, ReadonlySet<number>>();
  readonly #isPython: (packageNumber: number) => boolean;

  constructor(isPython: (packageNumber: number) => boolean) {
    this.#isPython = isPython;
  }

  /** Asks for two causes; asked for every conclusion, so that it never goes deeper than one step. */
  asked(first: ErrorTree, second: ErrorTree): (packageNumber: number) => boolean {
    const [one, other] = [this.of(first), this.of(second)];
    return (packageNumber) => one.has(packageNumber) || other.has(packageNumber);
  }

  of(tree: ErrorTree): ReadonlySet<number> {
    let found = this.#known.get(tree);
    if (found === undefined) this.#known.set(tree, (found = this.#find(tree)));
    return found;
  }

  #find(tree: ErrorTree): ReadonlySet<number> {
    if (tree.kind === 'external') {
      const { cause } = tree;
      return new Set(
        cause.kind === 'dependency' && !this.#isPython(cause.dependency) ? [cause.dependent] : [],
      );
    }
    const [first, second] = [this.of(tree.first), this.of(tree.second)];
    const isCovered = [...second].every((packageNumber) => first.has(packageNumber));
    return isCovered ? first : new Set([...first, ...second]);
  }
}

/** Whether a project is meant without an extra or a marker: all else is widened with the proxy that stands for it. */
function isPlain(item: UvPackage): boolean {
  return item.kind === 'package' && item.extra === null && item.marker === TRUE_MARKER;
}

export function narrowWidened(tree: ErrorTree, failure: UvFailure): ErrorTree {
  const find: FindListing = (packageNumber) => {
    const name = projectName(failure.packages[packageNumber]!);
    const [lowest, ...others] = (name === null ? undefined : failure.known.get(name)) ?? [];
    return lowest === undefined ? null : [lowest, ...others];
  };
  const isPython = (packageNumber: number): boolean => failure.packages[packageNumber]!.kind === 'python';
  const widened = new WidenedDependents(isPython);
  const narrowed = mapDerivationTree(
    tree,
    ({ cause }) =>
      leaf(failure.widensRejections ? narrowFact(cause, find, isPython) : narrowDependent(cause, find)),
    (node, first, second) => {
      const wasWidened = failure.widensRejections ? () => true : widened.asked(first!, second!);
      const terms = node.terms.map((term, index) => {
        const packageNumber = node.packages[index]!;
        const listing = term.isPositive ? find(packageNumber) : null;
        if (listing === null) return term;
        if (!failure.widensRejections) {
          if (isPlain(failure.packages[packageNumber]!) && !wasWidened(packageNumber)) return term;
          return { isPositive: true, versions: narrowToKnown(term.versions, listing) };
        }
        const reported = reportedVersions(first!, packageNumber).union(
          reportedVersions(second!, packageNumber),
        );
        return { isPositive: true, versions: narrowConclusion(term.versions, listing, reported) };
      });
      return withCauses({ ...node, terms }, first!, second!);
    },
  );
  return narrowed!;
}
