/** From the facts of one release to the files that an index page would list for it. */
import { normalizeName } from '../packaging/name.ts';
import type { FileFacts, ReleaseFacts } from './facts.ts';
import type { Distribution, Provenance } from './package-index.ts';

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

export function sdistFilename(name: string, version: string): string {
  return `${escapedName(name)}-${escapedVersion(version)}.tar.gz`;
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

/** Whether the source lacks the release's wheels, so that one universal wheel stands for them. */
export function isModelled(release: ReleaseFacts): boolean {
  return release.files === undefined && release.wheels === undefined;
}

/** The files of a release as its page lists them: wheels as given, then the sdist. `project` is normalised. */
export function releaseFiles(
  project: string,
  version: string,
  release: ReleaseFacts,
  provenance: Provenance,
): readonly Distribution[] {
  const files = release.files ?? impliedFiles(project, version, release);
  return files.map((file) => ({
    project,
    version,
    filename: file.filename,
    ...readFilename(file.filename),
    requiresPython:
      file.requires_python === undefined ? (release.requires_python ?? null) : file.requires_python,
    yanked: yankedReason(file.yanked ?? release.yanked),
    uploadTime: canonicalUploadTime(file['upload-time'] ?? release['upload-time']),
    size: file.size ?? null,
    sha256: file.sha256 ?? null,
    url: file.url ?? null,
    provenance,
  }));
}

function impliedFiles(project: string, version: string, release: ReleaseFacts): readonly FileFacts[] {
  const tags = release.wheels ?? [MODELLED_WHEEL_TAGS];
  const wheels = tags.map((tag) => ({ filename: wheelFilename(project, version, tag) }));
  return release.sdist === true ? [...wheels, { filename: sdistFilename(project, version) }] : wheels;
}
