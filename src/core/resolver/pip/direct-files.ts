/** Files that are named by their URL. What is known of them is what an index says of the file of that name. */
import { parseSdistFilename } from '../../packaging/sdist-filename.ts';
import { type Version, parseVersion } from '../../packaging/version.ts';
import { expandTags, parseWheelFilename } from '../../packaging/wheel-filename.ts';
import type { Distribution } from '../../package-index/package-index.ts';
import type { CandidateStore, StoreContext } from './candidate-store.ts';
import type { LinkCandidate } from './candidate.ts';
import type { InstallRequirement } from './install-requirement.ts';
import type { FoundFile } from './project-files.ts';
import { AbortSignal, MissingFactSignal } from './stop-signals.ts';

export class DirectFiles {
  readonly #context: StoreContext;
  readonly #store: CandidateStore;
  readonly #files = new Map<string, FoundFile>();

  constructor(context: StoreContext, store: CandidateStore) {
    this.#context = context;
    this.#store = store;
  }

  /** The candidate of a URL; null when the file cannot be used. Throws MissingFactSignal when nobody knows it. */
  candidate(url: string, identifier: number, template: InstallRequirement): LinkCandidate | null {
    const file = this.#file(url, identifier);
    const candidate = this.#store.fromFile(file, identifier, template, true);
    return candidate?.kind === 'link' ? candidate : null;
  }

  #file(url: string, identifier: number): FoundFile {
    const address = canonicalAddress(url);
    let file = this.#files.get(address);
    if (file === undefined) this.#files.set(address, (file = this.#find(url, identifier)));
    return file;
  }

  #find(url: string, identifier: number): FoundFile {
    const { request, identifiers, projects } = this.#context;
    const { project } = identifiers.entry(identifier);
    const filename = filenameOf(url);
    const version = versionOf(filename, project);
    const page = request.index.page(project);
    const listed = 'missing' in page ? undefined : page.distributions.find((d) => d.filename === filename);
    if (version === null || listed === undefined) {
      throw new MissingFactSignal({
        missing: 'metadata',
        project,
        version: version?.text ?? '',
        filename,
        loadable: 'missing' in page && page.loadable,
      });
    }
    const distribution: Distribution = { ...listed, url: canonicalAddress(url), requiresPython: null };
    this.#refuseUnsupported(distribution);
    const versionIndex = projects.table(project).indexOf(version);
    return { distribution, version, versionIndex, tagPriority: 0, isYanked: false };
  }

  #refuseUnsupported({ kind, tags, filename }: Distribution): void {
    const { tagRank } = this.#context.request.target;
    if (kind !== 'wheel' || expandTags(tags).some((tag) => tagRank.has(tag))) return;
    throw new AbortSignal({ kind: 'unsupported-wheel', filename });
  }
}

/** Addresses that pip takes for the same: user names and fragments do not count, `file://localhost/` is `file:///`. */
export function canonicalAddress(url: string): string {
  const [address = ''] = url.split('#', 1);
  return address
    .replace(/^file:\/\/localhost\//iu, 'file:///')
    .replace(/^([a-z+]+:\/\/)[^/@]*@/iu, '$1')
    .replace(/\?(.*)$/u, (_, query: string) => `?${query.split('&').sort().join('&')}`);
}

function filenameOf(url: string): string {
  const [path = ''] = canonicalAddress(url).split('?', 1);
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.replace(/%([0-9a-f]{2})/giu, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function versionOf(filename: string, project: string): Version | null {
  if (filename.endsWith('.whl')) {
    const wheel = parseWheelFilename(filename);
    return wheel.ok ? wheel.value.version : null;
  }
  const sdist = parseSdistFilename(filename, project);
  if (!sdist.ok) return null;
  const { version } = sdist.value;
  if (typeof version !== 'string') return version;
  const parsed = parseVersion(version);
  return parsed.ok ? parsed.value : null;
}
