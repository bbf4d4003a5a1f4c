/** The layer of facts that were fetched from a live index: what is there is known, all else can be asked for. */
import type { DistributionMetadata, MissingFact, PackageIndex, ProjectPage } from './package-index.ts';

/** One fetched fact. `metadata: null`: the index was asked, and cannot say without building. */
export type LiveFact =
  | { readonly kind: 'page'; readonly page: ProjectPage }
  | {
      readonly kind: 'metadata';
      readonly project: string;
      readonly filename: string;
      readonly metadata: DistributionMetadata | null;
    };

export interface LiveLayer extends PackageIndex {
  /** Takes facts in; a newer one on the same thing replaces the older. */
  add(facts: readonly LiveFact[]): void;
}

/** An empty layer. */
export function makeLiveLayer(): LiveLayer {
  const pages = new Map<string, ProjectPage>();
  const metadata = new Map<string, DistributionMetadata | null>();
  const keyOf = (project: string, filename: string) => `${project}/${filename}`;
  return {
    add(facts) {
      for (const fact of facts) {
        if (fact.kind === 'page') pages.set(fact.page.name, fact.page);
        else metadata.set(keyOf(fact.project, fact.filename), fact.metadata);
      }
    },
    page: (name) => pages.get(name) ?? { missing: 'page', project: name, loadable: true },
    metadata({ project, version, filename }): DistributionMetadata | MissingFact {
      const known = metadata.get(keyOf(project, filename));
      if (known !== undefined && known !== null) return known;
      return { missing: 'metadata', project, version, filename, loadable: known === undefined };
    },
  };
}
