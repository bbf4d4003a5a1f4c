/** Which projects were read of an index, and which facts were asked for before they were loaded. */
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
  /** Each fact that can be loaded and was asked for in vain, once, in order: with them an answer may change. */
  readonly unloaded: () => readonly MissingFact[];
}

/** Reads through to `index` and remembers what was asked of it. */
export function watchIndex(index: PackageIndex): WatchedIndex {
  const projects = new Set<string>();
  const unloaded = new Map<string, MissingFact>();
  const noted = <Fact extends ProjectPage | DistributionMetadata>(
    fact: Fact | MissingFact,
  ): Fact | MissingFact => {
    if (isMissing(fact) && fact.loadable)
      unloaded.set(`${fact.project} ${fact.missing === 'metadata' ? fact.filename : ''}`, fact);
    return fact;
  };
  return {
    ...index,
    page(name) {
      projects.add(name);
      return noted(index.page(name));
    },
    metadata(file) {
      projects.add(file.project);
      return noted(index.metadata(file));
    },
    projects: () => [...projects],
    unloaded: () => [...unloaded.values()],
  };
}
