/** Which live facts a run read, so that its answer can say what it rests on. */
import {
  isMissing,
  type Distribution,
  type DistributionMetadata,
  type PackageIndex,
  type ProjectPage,
  type Provenance,
} from '../package-index.ts';

/** A live fact that an answer rests on: a project's page, or (with a file name) what a file needs. */
export interface LiveBasis {
  readonly project: string;
  readonly filename: string | null;
  /** Version of the file; '' for a page. */
  readonly version: string;
  readonly provenance: Provenance;
}

export interface LiveWitness extends PackageIndex {
  /** Each fact once, in the order in which it was first read. */
  readonly basis: () => readonly LiveBasis[];
}

/** Reads through to `index` and remembers the facts that came from a live index. */
export function watchLiveFacts(index: PackageIndex): LiveWitness {
  const read = new Map<ProjectPage | DistributionMetadata, LiveBasis>();
  const remember = (
    fact: ProjectPage | DistributionMetadata,
    project: string,
    file: Distribution | null,
  ): void => {
    if (fact.provenance.layer !== 'live' || read.has(fact)) return;
    const { provenance } = fact;
    read.set(fact, { project, filename: file?.filename ?? null, version: file?.version ?? '', provenance });
  };
  return {
    page(name) {
      const page = index.page(name);
      if (!isMissing(page)) remember(page, name, null);
      return page;
    },
    metadata(file) {
      const metadata = index.metadata(file);
      if (!isMissing(metadata)) remember(metadata, file.project, file);
      return metadata;
    },
    ...(index.sources === undefined ? {} : { sources: index.sources }),
    basis: () => [...read.values()],
  };
}
