/** From the facts of one release to the files that an index page would list for it. */
import { normalizeName } from '../../packaging/name.ts';
import type { FileFacts, ReleaseFacts } from './facts.ts';
import type { Distribution, ProjectPage, Provenance } from '../package-index.ts';

/** What a page needs of a release: everything but the dependencies. */
export type PageFacts = Omit<ReleaseFacts, 'requires' | 'extras' | 'build_requires' | 'backend_requires'>;

/** What tells a file from others of its project. */
export function fileKey({ filename, index = '', url }: Distribution): string {
  return `${index} ${filename} ${url ?? ''}`;
}

/** What stands for a release whose files nobody recorded. */
export const MODELLED_WHEEL_TAGS = 'py2.py3-none-any';

/** The name part of a file name: normalised, with underscores (PEP 427 and PEP 625). */
export function escapedName(name: string): string {
  return normalizeName(name).replaceAll('-', '_');
}

/** The version part of a wheel's file name: a hyphen would end it. */
function escapedVersion(version: string): string {
  return version.replaceAll('-', '_');
}

export function wheelFilename(name: string, version: string, tags: string, build = ''): string {
  const buildPart = build === '' ? '' : `${build}-`;
  return `${escapedName(name)}-${escapedVersion(version)}-${buildPart}${tags}.whl`;
}

const WHEEL_NAME = /^[^-]+-[^-]+-(?:(?<build>\d[^-]*)-)?(?<tags>[^-]+-[^-]+-[^-]+)\.whl$/u;

/** Kind, tags and build tag that a file name carries; a name that is not a wheel's is an sdist's. */
export function readFilename(filename: string): Pick<Distribution, 'kind' | 'tags' | 'build'> {
  const groups = WHEEL_NAME.exec(filename)?.groups;
  if (groups === undefined)
    return { kind: filename.endsWith('.whl') ? 'wheel' : 'sdist', tags: '', build: '' };
  return { kind: 'wheel', tags: groups['tags'] ?? '', build: groups['build'] ?? '' };
}

/** `true` is a yank without a reason: `''`. */
export function yankedReason(yanked: boolean | string | undefined): false | string {
  if (yanked === true) return '';
  return yanked ?? false;
}

/** A date alone means its first second, in UTC; a time without a zone is UTC. */
export function canonicalUploadTime(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (text.length === 10) return `${text}T00:00:00Z`;
  return /(?:Z|[+-]\d{2}:\d{2})$/u.test(text) ? text : `${text}Z`;
}

/** The time of a file, else of its release; where only the day is known at which it was seen, that as a bound. */
function uploadTimeOf(
  ownTime: string | undefined,
  release: PageFacts,
): Pick<Distribution, 'uploadTime' | 'isUploadTimeBound'> {
  const known = canonicalUploadTime(ownTime ?? release['upload-time']);
  if (known !== null || release.seen === undefined) return { uploadTime: known };
  return { uploadTime: canonicalUploadTime(release.seen), isUploadTimeBound: true };
}

/** The file of a release that is at an address of its own; a repository or a folder is as good as an sdist. */
export function addressedFile(
  project: string,
  version: string,
  release: PageFacts & { readonly url: string },
  provenance: Provenance,
): Distribution {
  const [path = ''] = release.url.split(/[?#]/u, 1);
  const filename = path.replace(/\/+$/u, '').replace(/^.*\//u, '');
  const file = namedFile(project, version, release, { filename, url: release.url }, provenance);
  return { ...file, requiresPython: null };
}

/**
 * Whether the source lacks the release's files, so that one universal wheel stands for them. With an sdist and no
 * wheel, there is no wheel.
 */
export function isModelled(release: PageFacts): boolean {
  return release.files === undefined && release.wheels === undefined && release.sdist !== true;
}

/**
 * The files of a release as its page lists them: wheels as given, then the sdist. `project` is normalised; `standIn` is
 * the provenance of a wheel that stands for files nobody recorded.
 */
export function releaseFiles(
  project: string,
  version: string,
  release: PageFacts,
  provenance: Provenance,
  standIn = provenance,
): readonly Distribution[] {
  if (release.files !== undefined)
    return release.files.map((file) => namedFile(project, version, release, file, provenance));
  const stem = `${project.replaceAll('-', '_')}-${escapedVersion(version)}`;
  const shared = {
    requiresPython: release.requires_python ?? null,
    yanked: yankedReason(release.yanked),
    ...uploadTimeOf(undefined, release),
  };
  const wheelProvenance = isModelled(release) ? standIn : provenance;
  const files: Distribution[] = [];
  for (const tags of release.wheels ?? (isModelled(release) ? MODELLED_TAGS : []))
    files.push(impliedFile(project, version, 'wheel', `${stem}-${tags}.whl`, tags, shared, wheelProvenance));
  if (release.sdist === true)
    files.push(impliedFile(project, version, 'sdist', `${stem}.tar.gz`, '', shared, provenance));
  return files;
}

const MODELLED_TAGS: readonly string[] = [MODELLED_WHEEL_TAGS];

/** A file whose name follows from the facts. Written out field by field: pages of thousands of files are made of it. */
function impliedFile(
  project: string,
  version: string,
  kind: Distribution['kind'],
  filename: string,
  tags: string,
  shared: Pick<Distribution, 'requiresPython' | 'yanked' | 'uploadTime' | 'isUploadTimeBound'>,
  provenance: Provenance,
): Distribution {
  const file: Distribution = {
    project,
    version,
    filename,
    kind,
    tags,
    build: '',
    requiresPython: shared.requiresPython,
    yanked: shared.yanked,
    uploadTime: shared.uploadTime,
    size: null,
    sha256: null,
    url: null,
    provenance,
  };
  return shared.isUploadTimeBound === undefined ? file : { ...file, isUploadTimeBound: true };
}

/** A file of which no more is known than its release and its name; `tags` are a wheel's, '' for what has none. */
export function bareFile(
  { name, provenance }: Pick<ProjectPage, 'name' | 'provenance'>,
  version: string,
  filename: string,
  tags = '',
): Distribution {
  const kind = filename.endsWith('.whl') ? 'wheel' : 'sdist';
  return impliedFile(name, version, kind, filename, tags, NOTHING_STATED, provenance);
}

const NOTHING_STATED = { requiresPython: null, yanked: false, uploadTime: null } as const;

function namedFile(
  project: string,
  version: string,
  release: PageFacts,
  file: FileFacts,
  provenance: Provenance,
): Distribution {
  return {
    project,
    version,
    filename: file.filename,
    ...readFilename(file.filename),
    requiresPython:
      file.requires_python === undefined ? (release.requires_python ?? null) : file.requires_python,
    yanked: yankedReason(file.yanked ?? release.yanked),
    ...uploadTimeOf(file['upload-time'], release),
    size: file.size ?? null,
    sha256: file.sha256 ?? null,
    url: file.url ?? null,
    provenance,
  };
}
