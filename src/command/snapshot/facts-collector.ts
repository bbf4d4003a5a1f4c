/** Puts together what archives, index pages and metadata files say of releases, into facts. */
import type { Facts, FileFacts, ReleaseFacts } from '../../core/package-index/facts/facts.ts';
import { mergeFacts } from '../../core/package-index/facts/merge-facts.ts';
import type { Distribution } from '../../core/package-index/package-index.ts';
import type { CoreMetadata } from '../../core/packaging/metadata.ts';
import { normalizeName } from '../../core/packaging/name.ts';

export interface FactsCollector {
  /** A file that exists. The fields of a file given twice are put together. */
  addFile(file: Pick<Distribution, 'project' | 'version' | 'filename'> & Partial<Distribution>): void;
  /** What a release's metadata says. The first account stands. */
  addMetadata(name: string, version: string, metadata: CoreMetadata): void;
  /** Facts that somebody wrote down; they are merged with everything else, and the later ones stand. */
  addFacts(facts: Facts): void;
  /** Releases that have files and no metadata come out as `unknown`. */
  facts(): Facts;
}

interface Collected {
  readonly files: Map<string, FileFacts>;
  metadata: CoreMetadata | null;
}

/** The fields that are known. */
function fileFacts(file: Partial<Distribution> & { filename: string }): FileFacts {
  const { filename, size, sha256, url, requiresPython, yanked, uploadTime } = file;
  const facts: { -readonly [Key in keyof FileFacts]: FileFacts[Key] } = { filename };
  if (typeof size === 'number') facts.size = size;
  if (typeof sha256 === 'string') facts.sha256 = sha256;
  if (typeof url === 'string') facts.url = url;
  if (typeof requiresPython === 'string') facts.requires_python = requiresPython;
  if (typeof yanked === 'string') facts.yanked = yanked === '' ? true : yanked;
  if (typeof uploadTime === 'string') facts['upload-time'] = uploadTime;
  return facts;
}

function releaseFacts({ files, metadata }: Collected): ReleaseFacts {
  const listed = files.size === 0 ? {} : { files: [...files.values()] };
  if (metadata === null) return { requires: [], unknown: true, ...listed };
  const { requiresDist, requiresPython, providesExtra } = metadata;
  return {
    requires: [...requiresDist],
    ...(requiresPython === null ? {} : { requires_python: requiresPython }),
    ...(providesExtra.length === 0 ? {} : { extras: [...providesExtra] }),
    ...listed,
  };
}

export function makeFactsCollector(): FactsCollector {
  const projects = new Map<string, Map<string, Collected>>();
  const written: Facts[] = [];

  function release(name: string, version: string): Collected {
    const project = normalizeName(name);
    const releases = projects.get(project) ?? new Map<string, Collected>();
    projects.set(project, releases);
    const known = releases.get(version) ?? { files: new Map<string, FileFacts>(), metadata: null };
    releases.set(version, known);
    return known;
  }

  return {
    addFile(file) {
      const { files } = release(file.project, file.version);
      files.set(file.filename, { ...files.get(file.filename), ...fileFacts(file) });
    },
    addMetadata(name, version, metadata) {
      release(name, version).metadata ??= metadata;
    },
    addFacts: (facts) => void written.push(facts),
    facts: () => written.reduce(mergeFacts, collectedFacts(projects)),
  };
}

function collectedFacts(projects: ReadonlyMap<string, ReadonlyMap<string, Collected>>): Facts {
  return {
    projects: Object.fromEntries(
      [...projects].map(([name, releases]) => [
        name,
        Object.fromEntries([...releases].map(([version, collected]) => [version, releaseFacts(collected)])),
      ]),
    ),
  };
}
