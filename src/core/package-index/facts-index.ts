/** A package index made from facts that are held in memory. Pages are made when first asked for. */
import { normalizeName } from '../packaging/name.ts';
import type { Facts, ReleaseFacts } from './facts.ts';
import type {
  Distribution,
  DistributionMetadata,
  MissingFact,
  PackageIndex,
  ProjectPage,
  Provenance,
} from './package-index.ts';
import { releaseFiles } from './release-files.ts';

interface HeldProject {
  readonly page: ProjectPage;
  /** The release of each file, by file name. */
  readonly releases: ReadonlyMap<string, ReleaseFacts>;
  readonly metadata: Map<string, DistributionMetadata | MissingFact>;
}

const INLINE: Provenance = { layer: 'inline', detail: '' };

/** The core metadata that a release's facts stand for, as `distribution` carries it. */
export function releaseMetadata(
  distribution: Distribution,
  release: Pick<ReleaseFacts, 'requires' | 'extras' | 'build_requires'>,
  requiresPython: string | null,
): DistributionMetadata {
  const metadata: DistributionMetadata = {
    requiresDist: release.requires,
    requiresPython,
    providesExtra: release.extras ?? [],
    provenance: distribution.provenance,
  };
  if (distribution.kind === 'wheel') return metadata;
  return { ...metadata, buildRequires: release.build_requires ?? null };
}

/**
 * The index that facts describe. The world is closed: a project that is not there is absent. Names that normalise
 * alike are one project. Files whose release is `unknown` answer with a `MissingFact` that cannot be loaded.
 */
export function makeFactsIndex(facts: Facts, provenance: Provenance = INLINE): PackageIndex {
  const keysByName = new Map<string, string[]>();
  for (const key of Object.keys(facts.projects)) {
    const name = normalizeName(key);
    const keys = keysByName.get(name);
    if (keys === undefined) keysByName.set(name, [key]);
    else keys.push(key);
  }
  const held = new Map<string, HeldProject>();

  function hold(name: string): HeldProject {
    const distributions: Distribution[] = [];
    const releases = new Map<string, ReleaseFacts>();
    const keys = keysByName.get(name) ?? [];
    for (const key of keys) {
      for (const [version, release] of Object.entries(facts.projects[key] ?? {})) {
        for (const file of releaseFiles(name, version, release, provenance)) {
          distributions.push(file);
          releases.set(file.filename, release);
        }
      }
    }
    const status = keys.length === 0 ? 'absent' : 'present';
    return { page: { name, status, distributions, provenance }, releases, metadata: new Map() };
  }

  function project(name: string): HeldProject {
    let found = held.get(name);
    if (found === undefined) held.set(name, (found = hold(name)));
    return found;
  }

  function readMetadata(distribution: Distribution): DistributionMetadata | MissingFact {
    const release = project(distribution.project).releases.get(distribution.filename);
    if (release !== undefined && release.unknown !== true)
      return releaseMetadata(distribution, release, release.requires_python ?? null);
    const { project: name, version, filename } = distribution;
    return { missing: 'metadata', project: name, version, filename, loadable: false };
  }

  return {
    page: (name) => project(name).page,
    metadata(distribution) {
      const { metadata } = project(distribution.project);
      let found = metadata.get(distribution.filename);
      if (found === undefined) metadata.set(distribution.filename, (found = readMetadata(distribution)));
      return found;
    },
  };
}
