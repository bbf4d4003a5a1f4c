/** A package index made from facts that are held in memory. Pages are made when first asked for. */
import { normalizeName } from '../../packaging/name.ts';
import { partialSense, type Facts, type ProjectFacts, type ReleaseFacts } from './facts.ts';
import type {
  Distribution,
  DistributionMetadata,
  FactAccount,
  MissingFact,
  PackageIndex,
  ProjectPage,
  Provenance,
} from '../package-index.ts';
import { addressedFile, fileKey, releaseFiles } from './release-files.ts';

interface HeldProject {
  readonly page: ProjectPage;
  /** The release of each file, by its key. */
  readonly releases: ReadonlyMap<string, ReleaseFacts>;
  readonly metadata: Map<string, DistributionMetadata | MissingFact>;
}

const INLINE: Provenance = { layer: 'inline', detail: '' };

/** The core metadata that a release's facts stand for, as `distribution` carries it. */
export function releaseMetadata(
  distribution: Distribution,
  release: Pick<
    ReleaseFacts,
    'requires' | 'extras' | 'build_requires' | 'backend_requires' | 'from' | 'limits' | 'pythons'
  >,
  requiresPython: string | null,
): DistributionMetadata {
  const metadata: DistributionMetadata = {
    requiresDist: release.requires,
    requiresPython,
    providesExtra: release.extras ?? [],
    ...accountOf(release),
    provenance: distribution.provenance,
  };
  if (distribution.kind === 'wheel') return metadata;
  const { build_requires: buildRequires = null, backend_requires: backendRequires } = release;
  return { ...metadata, buildRequires, ...(backendRequires === undefined ? {} : { backendRequires }) };
}

function accountOf({
  from,
  limits,
  pythons,
}: Pick<ReleaseFacts, 'from' | 'limits' | 'pythons'>): Pick<DistributionMetadata, 'account'> {
  if (from === undefined && limits === undefined && pythons === undefined) return {};
  const account: FactAccount = {
    ...(from === undefined ? {} : { from }),
    ...(limits === undefined ? {} : { limits }),
    ...(pythons === undefined ? {} : { pythons }),
  };
  return { account };
}

/**
 * The index that facts describe. The world is closed: a project that is not there is absent; unless the facts say that
 * all lists are partial: then it is unknown. Names that normalise alike are one project. Files whose release is `unknown` answer with a `MissingFact` that cannot be loaded.
 */
export function makeFactsIndex(facts: Facts, provenance: Provenance = INLINE): PackageIndex {
  const named = projectsByName(facts);
  const held = new Map<string, HeldProject>();

  const isOpen = facts.partial?.all !== undefined;

  function hold(name: string): HeldProject {
    const distributions: Distribution[] = [];
    const unlisted: Distribution[] = [];
    const releases = new Map<string, ReleaseFacts>();
    const projects = named.get(name) ?? [];
    for (const { index, facts: project } of projects) {
      for (const [version, release] of Object.entries(project)) {
        const { url } = release;
        const files =
          url === undefined
            ? releaseFiles(name, version, release, provenance)
            : [addressedFile(name, version, { ...release, url }, provenance)];
        for (const listed of files) {
          const file = index === null ? listed : { ...listed, index };
          (url === undefined ? distributions : unlisted).push(file);
          releases.set(fileKey(file), release);
        }
      }
    }
    const status = projects.length === 0 ? 'absent' : 'present';
    const sense = partialSense(facts.partial, name);
    const partial = sense === undefined ? {} : { partial: sense };
    const page: ProjectPage = { name, status, ...partial, distributions, provenance };
    return {
      page: unlisted.length === 0 ? page : { ...page, unlisted },
      releases,
      metadata: new Map(),
    };
  }

  function project(name: string): HeldProject {
    let found = held.get(name);
    if (found === undefined) held.set(name, (found = hold(name)));
    return found;
  }

  function readMetadata(distribution: Distribution): DistributionMetadata | MissingFact {
    const release = project(distribution.project).releases.get(fileKey(distribution));
    if (release !== undefined && release.unknown !== true)
      return releaseMetadata(distribution, release, release.requires_python ?? null);
    const { project: name, version, filename } = distribution;
    return { missing: 'metadata', project: name, version, filename, loadable: false };
  }

  return {
    page(name) {
      const { page } = project(name);
      if (!isOpen || page.distributions.length > 0) return page;
      return { missing: 'page', project: name, loadable: false };
    },
    metadata(distribution) {
      const { metadata } = project(distribution.project);
      const key = fileKey(distribution);
      let found = metadata.get(key);
      if (found === undefined) metadata.set(key, (found = readMetadata(distribution)));
      return found;
    },
    sources: Object.keys(facts.indexes ?? {}),
  };
}

interface NamedProject {
  /** Null is the default index. */
  readonly index: string | null;
  readonly facts: ProjectFacts;
}

/** Everything that the indexes have of each project, the default index first. */
function projectsByName(facts: Facts): ReadonlyMap<string, readonly NamedProject[]> {
  const byName = new Map<string, NamedProject[]>();
  const add = (index: string | null, projects: Facts['projects']): void => {
    for (const [key, project] of Object.entries(projects)) {
      const name = normalizeName(key);
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [{ index, facts: project }]);
      else known.push({ index, facts: project });
    }
  };
  add(null, facts.projects);
  for (const [index, { projects }] of Object.entries(facts.indexes ?? {})) add(index, projects);
  return byName;
}
