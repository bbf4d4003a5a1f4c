/** The layer of facts that were fetched from a live index: what is there is known, all else can be asked for. */
import type {
  Distribution,
  DistributionMetadata,
  MissingFact,
  PackageIndex,
  ProjectPage,
  UnknownReason,
} from '../package-index.ts';

/** One fetched fact. Metadata that is only a reason: the index was asked, and nobody can say. */
export type LiveFact =
  | { readonly kind: 'page'; readonly page: ProjectPage }
  | {
      readonly kind: 'metadata';
      readonly project: string;
      readonly filename: string;
      /** Of the file, where several indexes are read. */
      readonly url?: string;
      readonly metadata: DistributionMetadata | UnknownReason;
    };

export interface LiveLayer extends PackageIndex {
  /** Takes facts in; a newer one on the same thing replaces the older. */
  add(facts: readonly LiveFact[]): void;
}

type FileKey = Pick<Distribution, 'project' | 'filename'> & { readonly url?: string };

function keyOf({ project, filename, url }: FileKey): string {
  return url === undefined ? `${project}/${filename}` : `${project}/${filename} ${url}`;
}

/** What tells a file from others: its address counts only where several indexes are read. */
export function fileKeyOf({ project, filename, url, index }: Distribution): FileKey {
  return { project, filename, ...(index === undefined || url === null ? {} : { url }) };
}

/** An empty layer. */
export function makeLiveLayer(): LiveLayer {
  const pages = new Map<string, ProjectPage>();
  const metadata = new Map<string, DistributionMetadata | UnknownReason>();
  return {
    add(facts) {
      for (const fact of facts) {
        if (fact.kind === 'page') pages.set(fact.page.name, fact.page);
        else metadata.set(keyOf(fact), fact.metadata);
      }
    },
    page: (name) => pages.get(name) ?? { missing: 'page', project: name, loadable: true },
    metadata(distribution): DistributionMetadata | MissingFact {
      const key = fileKeyOf(distribution);
      const known = metadata.get(keyOf(key));
      const missing = { missing: 'metadata', ...key, version: distribution.version } as const;
      if (known === undefined) return { ...missing, loadable: true };
      return typeof known === 'string' ? { ...missing, loadable: false, reason: known } : known;
    },
  };
}
