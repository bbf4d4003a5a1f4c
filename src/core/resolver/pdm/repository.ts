/** An index as PDM sees it: versions with a file that some Python of the range can use. PDM 2.29, unearth 0.19. */
import { isMissing, type Distribution, type PackageIndex } from '../../package-index/package-index.ts';
import { compareVersions, parseVersion, type Version } from '../../packaging/version.ts';
import { FactsMissing, type RepositoryListener } from '../poetry/repository.ts';
import { intersect } from '../poetry/constraint/operations.ts';
import { parseConstraint } from '../poetry/constraint/parse-constraint.ts';
import { EVERY_PYTHON, readPythonRange, type PythonRange } from './python-set.ts';

export interface PdmRelease {
  readonly version: Version;
  readonly isYanked: boolean;
  readonly requiresPython: PythonRange;
  readonly file: Distribution;
}

/** No file of a project can be used at all: PDM stops. */
export class CandidateNotFound extends Error {
  readonly project: string;

  constructor(project: string) {
    super(`no candidates for ${project}`);
    this.project = project;
  }
}

export class PdmRepository {
  readonly #index: PackageIndex;
  readonly #listener: RepositoryListener;
  readonly #python: PythonRange;
  readonly #leavesOutUnknown: boolean;
  readonly #releases = new Map<string, readonly PdmRelease[]>();
  readonly #ranges = new Map<string, PythonRange | null>();

  constructor(
    index: PackageIndex,
    listener: RepositoryListener,
    python: PythonRange,
    leavesOutUnknown: boolean,
  ) {
    this.#index = index;
    this.#listener = listener;
    this.#python = python;
    this.#leavesOutUnknown = leavesOutUnknown;
  }

  /** Highest first; withdrawn ones last, if they may be taken. Throws `CandidateNotFound`, `FactsMissing`. */
  releases(project: string, takesYanked: boolean): readonly PdmRelease[] {
    const key = `${project} ${takesYanked}`;
    let releases = this.#releases.get(key);
    if (releases === undefined) this.#releases.set(key, (releases = this.#read(project, takesYanked)));
    if (releases.length === 0) throw new CandidateNotFound(project);
    return releases;
  }

  #read(project: string, takesYanked: boolean): readonly PdmRelease[] {
    const page = this.#index.page(project);
    if (isMissing(page)) throw new FactsMissing([page]);
    this.#listener.pageRead(project);
    const byVersion = new Map<string, PdmRelease>();
    for (const file of page.distributions) {
      if (file.yanked !== false && !takesYanked) continue;
      const version = parseVersion(file.version);
      if (!version.ok || !this.#isUsable(file)) continue;
      const known = byVersion.get(version.value.text);
      if (known !== undefined && (known.file.kind === 'wheel' || file.kind !== 'wheel')) continue;
      const requiresPython = this.#range(file.requiresPython ?? '') ?? EVERY_PYTHON;
      byVersion.set(version.value.text, {
        version: version.value,
        isYanked: file.yanked !== false,
        requiresPython,
        file,
      });
    }
    return [...byVersion.values()]
      .filter(({ file }) => !this.#leavesOutUnknown || this.#isKnown(file))
      .sort((a, b) => Number(a.isYanked) - Number(b.isYanked) || compareVersions(b.version, a.version));
  }

  #isKnown(file: Distribution): boolean {
    const metadata = this.#index.metadata(file);
    return !isMissing(metadata) || metadata.loadable;
  }

  #range(text: string): PythonRange | null {
    let range = this.#ranges.get(text);
    if (range === undefined) this.#ranges.set(text, (range = readPythonRange(text)));
    return range;
  }

  #isUsable(file: Distribution): boolean {
    const wanted = file.requiresPython === null ? null : this.#range(file.requiresPython);
    if (wanted !== null && !this.#meets(wanted)) return false;
    return file.kind !== 'wheel' || this.#fitsTags(file.tags);
  }

  #meets({ constraint }: PythonRange): boolean {
    return intersect(constraint, this.#python.constraint).kind !== 'empty';
  }

  #fitsTags(tags: string): boolean {
    const [pythons = '', abis = ''] = tags.split('-');
    return pythons.split('.').some((python) => abis.split('.').some((abi) => this.#fits(python, abi)));
  }

  #fits(python: string, abi: string): boolean {
    const match = /^(py|cp|pp)(\d)(\d*)$/.exec(python);
    if (match === null) return false;
    const [, implementation, major, minor] = match;
    if (abi === 'abi3')
      return implementation === 'cp' && this.#clauseMeets(`>=${major!}.${minor === '' ? '0' : minor!}`);
    const begins = abi.replace('pypy', 'pp').startsWith(python);
    if (abi !== 'none' && !begins) return false;
    return this.#clauseMeets(minor === '' ? `==${major!}.*` : `==${major!}.${minor!}.*`);
  }

  #clauseMeets(clause: string): boolean {
    let range = this.#ranges.get(clause);
    if (range === undefined) {
      const constraint = parseConstraint(clause, 'pythons');
      range = constraint.ok ? { constraint: constraint.value, text: clause } : null;
      this.#ranges.set(clause, range);
    }
    return range !== null && this.#meets(range);
  }

  /** `Requires-Dist` lines and the Pythons of a version. */
  metadata(release: PdmRelease): { readonly lines: readonly string[]; readonly python: PythonRange } {
    const metadata = this.#index.metadata(release.file);
    if (isMissing(metadata)) throw new FactsMissing([metadata]);
    this.#listener.metadataRead(release.file);
    const own =
      release.file.requiresPython === null
        ? this.#range(metadata.requiresPython ?? '')
        : release.requiresPython;
    return { lines: metadata.requiresDist, python: own ?? EVERY_PYTHON };
  }
}
