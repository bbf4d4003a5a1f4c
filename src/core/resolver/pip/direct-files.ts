/**
 * What is named by its address: archives, repositories, folders. What is known of them is what the index says of that
 * address (`app 1.2; url git+https://…` in a toy index), or of a listed file of the same name.
 */
import type { Distribution } from '../../package-index/package-index.ts';
import { isMissing } from '../../package-index/package-index.ts';
import { parseSdistFilename } from '../../packaging/sdist-filename.ts';
import { type Version, parseVersion, versionsEqual } from '../../packaging/version.ts';
import { expandTags, parseWheelFilename } from '../../packaging/wheel-filename.ts';
import type { ResolveRequest } from '../engine.ts';
import { canonicalAddress, filenameOfAddress, isRepository, redactedAddress } from './address.ts';
import type { CandidateStore, StoreContext } from './candidate-store.ts';
import type { LinkCandidate } from './candidate.ts';
import type { InstallRequirement } from './install-requirement.ts';
import type { FoundFile } from './finder/project-files.ts';
import { isOnThisMachine } from './link-text.ts';
import { AbortSignal, CrashSignal, MissingFactSignal } from './stop-signals.ts';
import type { VersionTable } from './version-table.ts';

export class DirectFiles {
  readonly #context: StoreContext;
  readonly #store: CandidateStore;
  readonly #files = new Map<string, FoundFile>();

  constructor(context: StoreContext, store: CandidateStore) {
    this.#context = context;
    this.#store = store;
  }

  /**
   * The candidate of an address; null when the file cannot be used. Throws MissingFactSignal when nobody knows it, and
   * AbortSignal for a wheel of another platform and for metadata that cannot be read.
   */
  candidate(url: string, identifier: number, template: InstallRequirement): LinkCandidate | null {
    const file = this.#file(url, identifier, template.isEditable === true);
    const candidate = this.#store.fromFile(file, identifier, template, { isDirect: true });
    if (candidate?.kind === 'invalid' && template.isEditable !== true) {
      const { requested, error } = candidate;
      throw new AbortSignal({ kind: 'invalid-metadata', requested, error });
    }
    return candidate?.kind === 'link' ? candidate : null;
  }

  /** The same for a constraint's address, where a wheel of another platform is no error but leaves nothing to choose. */
  candidateOfConstraint(
    url: string,
    identifier: number,
    template: InstallRequirement,
  ): LinkCandidate | 'unsupported' | null {
    try {
      return this.candidate(url, identifier, template);
    } catch (signal) {
      return unsupportedOr(signal);
    }
  }

  /**
   * The same for a constraint on `base` that is looked up for `base[extras]`. Until 26.0 pip took that for the name of
   * the project: a file that it has not seen is discarded, because its metadata says another name, or ends pip if it is a
   * wheel of a server; one that it knows is what was asked for by another name.
   */
  candidateOfMisnamed(
    url: string,
    { base, name }: { readonly base: number; readonly name: string },
    template: InstallRequirement,
  ): LinkCandidate | 'unsupported' | null {
    if (this.#files.has(this.#key(url, false))) return this.candidateOfConstraint(url, base, template);
    try {
      const file = this.#file(url, base, false);
      const { kind, project } = file.distribution;
      if (kind === 'wheel' && !isOnThisMachine(file.distribution))
        throw new CrashSignal('AssertionError', `'${name}' != '${project}' for wheel`);
      this.#store.fromFile(file, base, template, { isDirect: true, nameTaken: name });
      return null;
    } catch (signal) {
      return unsupportedOr(signal);
    }
  }

  /** Editable or not, the same address is two candidates. Before 21.1 addresses are compared as they are written. */
  #file(url: string, identifier: number, isEditable: boolean): FoundFile {
    const { request, identifiers, projects } = this.#context;
    const key = this.#key(url, isEditable);
    let file = this.#files.get(key);
    if (file === undefined) {
      const { project } = identifiers.entry(identifier);
      file = findDirectFile(request, url, project, projects.table(project));
      this.#files.set(key, file);
    }
    return file;
  }

  #key(url: string, isEditable: boolean): string {
    const address = this.#context.era.urlConstraints === 'no' ? url : canonicalAddress(url);
    return isEditable ? `-e ${address}` : address;
  }
}

/** A wheel of another platform; every other signal goes on. */
function unsupportedOr(signal: unknown): 'unsupported' {
  if (signal instanceof AbortSignal && signal.report.kind === 'unsupported-wheel') return 'unsupported';
  throw signal;
}

/** The file at an address. Throws as `DirectFiles.candidate` does. */
export function findDirectFile(
  request: ResolveRequest,
  url: string,
  project: string,
  table: VersionTable,
): FoundFile {
  const filename = filenameOfAddress(url);
  const named = versionOf(filename, project);
  const page = request.index.page(project);
  if (isMissing(page) && page.loadable) throw new MissingFactSignal(page);
  const { distributions = [], unlisted = [] } = isMissing(page) ? {} : page;
  const address = canonicalAddress(url);
  const stated = unlisted.find((file) => file.url !== null && canonicalAddress(file.url) === address);
  const listed = isRepository(url) ? undefined : distributions.find((file) => file.filename === filename);
  const original = stated ?? (named === null ? undefined : listed);
  const version = original === undefined ? null : versionBehind(original, request);
  if (original === undefined || version === null) {
    const fact = { missing: 'metadata', project, version: named?.text ?? '', filename } as const;
    throw new MissingFactSignal({ ...fact, url: redactedAddress(url), isAddress: true, loadable: false });
  }
  refuseUnsupported(original, request);
  const isAsNamed = named !== null && versionsEqual(named, version);
  const distribution = {
    ...original,
    version: isAsNamed ? original.version : version.text,
    url: redactedAddress(url),
    requiresPython: null,
  };
  return {
    distribution,
    original,
    version,
    versionIndex: table.indexOf(version),
    tagRank: 0,
    isYanked: false,
  };
}

function refuseUnsupported({ kind, tags, filename }: Distribution, { target }: ResolveRequest): void {
  if (kind !== 'wheel' || expandTags(tags).some((tag) => target.tagRank.has(tag))) return;
  throw new AbortSignal({ kind: 'unsupported-wheel', filename });
}

/** What its own metadata says; an address promises no version that this could contradict. */
function versionBehind(file: Distribution, { index }: ResolveRequest): Version | null {
  const metadata = index.metadata(file);
  if (isMissing(metadata) && metadata.loadable) throw new MissingFactSignal(metadata);
  return parsedVersion((isMissing(metadata) ? undefined : metadata.version) ?? file.version);
}

function parsedVersion(text: string): Version | null {
  const parsed = parseVersion(text);
  return parsed.ok ? parsed.value : null;
}

function versionOf(filename: string, project: string): Version | null {
  if (filename.endsWith('.whl')) {
    const wheel = parseWheelFilename(filename);
    return wheel.ok ? wheel.value.version : null;
  }
  const sdist = parseSdistFilename(filename, project);
  if (!sdist.ok) return null;
  const { version } = sdist.value;
  return typeof version === 'string' ? parsedVersion(version) : version;
}
