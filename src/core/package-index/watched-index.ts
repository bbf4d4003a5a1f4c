/** Which projects were read of an index, and which facts could not be. */
import {
  isMissing,
  type DistributionMetadata,
  type MissingFact,
  type PackageIndex,
  type ProjectPage,
} from './package-index.ts';

export interface WatchedIndex extends PackageIndex {
  /** Normalised names, each once, in the order in which they were first asked for. */
  readonly projects: () => readonly string[];
  /** Each fact that was asked for in vain, once, in order. */
  readonly missing: () => readonly MissingFact[];
}

/** Reads through to `index` and remembers what was asked of it. */
export function watchIndex(index: PackageIndex): WatchedIndex {
  const projects = new Set<string>();
  const missing = new Map<string, MissingFact>();
  const remember = <Fact extends ProjectPage | DistributionMetadata>(
    fact: Fact | MissingFact,
  ): Fact | MissingFact => {
    if (isMissing(fact)) missing.set(JSON.stringify(fact), fact);
    return fact;
  };
  return {
    page(name) {
      projects.add(name);
      return remember(index.page(name));
    },
    metadata(file) {
      projects.add(file.project);
      return remember(index.metadata(file));
    },
    ...(index.sources === undefined ? {} : { sources: index.sources }),
    projects: () => [...projects],
    missing: () => [...missing.values()],
  };
}
