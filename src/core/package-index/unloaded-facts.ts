/** Facts that somebody asked an index for before they were loaded: an answer may change when they are there. */
import {
  isMissing,
  type DistributionMetadata,
  type MissingFact,
  type PackageIndex,
  type ProjectPage,
} from './package-index.ts';

/** The index, which remembers what it could not answer yet; each fact once. */
export function watchUnloaded(index: PackageIndex): {
  readonly index: PackageIndex;
  readonly unloaded: () => readonly MissingFact[];
} {
  const unloaded = new Map<string, MissingFact>();
  const noted = <Fact extends ProjectPage | DistributionMetadata>(
    fact: Fact | MissingFact,
  ): Fact | MissingFact => {
    if (isMissing(fact) && fact.loadable)
      unloaded.set(`${fact.project} ${fact.missing === 'metadata' ? fact.filename : ''}`, fact);
    return fact;
  };
  return {
    index: {
      ...index,
      page: (name) => noted(index.page(name)),
      metadata: (file) => noted(index.metadata(file)),
    },
    unloaded: () => [...unloaded.values()],
  };
}
