/** Names of source archives: `name-version.tar.gz`. PEP 625, and what older archives and installers make of it. */
import { normalizeName } from './name.ts';
import { pythonRepr } from './python-text.ts';
import { failure, success, type Result } from './result.ts';
import { parseVersion, type Version } from './version.ts';

export interface SdistFilename {
  /** Normalised. */
  readonly name: string;
  readonly version: Version;
}

/** The endings that `packaging` knows. */
const STANDARD_EXTENSIONS = ['.tar.gz', '.zip'] as const;

/** The endings that pip unpacks (`pip/_internal/utils/filetypes.py`); longer ones first. */
const ARCHIVE_EXTENSIONS = [
  '.tar.bz2',
  '.tar.gz',
  '.tar.xz',
  '.tar.lz',
  '.tar.lzma',
  '.tar',
  '.tbz',
  '.tgz',
  '.txz',
  '.tlz',
  '.zip',
] as const;

/**
 * Reads the name of a source archive (no path before it). With a project given, as pip does on that project's page:
 * the name is what normalises to the project's, however many hyphens it has, and all of pip's archive endings count
 * (`pip/_internal/index/package_finder.py`). Without one, as `packaging.utils.parse_sdist_filename`: the last hyphen
 * divides name from version.
 */
export function parseSdistFilename(filename: string, project?: string): Result<SdistFilename> {
  const extensions: readonly string[] = project === undefined ? STANDARD_EXTENSIONS : ARCHIVE_EXTENSIONS;
  const extension = extensions.find((candidate) => filename.endsWith(candidate)) ?? null;
  if (extension === null) {
    const expected =
      project === undefined ? "extension must be '.tar.gz' or '.zip'" : 'unknown archive extension';
    return failure(`Invalid sdist filename (${expected}): ${pythonRepr(filename)}`, 0, filename.length);
  }
  const stem = filename.slice(0, -extension.length);
  const dash = project === undefined ? stem.lastIndexOf('-') : endOfProject(stem, normalizeName(project));
  if (dash === -1) return failure(`Invalid sdist filename: ${pythonRepr(filename)}`, 0, filename.length);
  const versionText = project === undefined ? stem.slice(dash + 1) : withoutPython(stem.slice(dash + 1));
  const version = parseVersion(versionText);
  if (version.ok) return success({ name: normalizeName(stem.slice(0, dash)), version: version.value });
  return failure(`Invalid sdist filename (invalid version): ${pythonRepr(filename)}`, dash + 1, stem.length);
}

/**
 * The first hyphen before which stands the project's name, or -1: pip's `_find_name_version_sep`, in one pass.
 * `length` is how much of the normalised name the text so far amounts to.
 */
function endOfProject(stem: string, normalizedName: string): number {
  let length = 0;
  let isInSeparator = false;
  let index = 0;
  for (const character of stem) {
    if (character === '-' && length === normalizedName.length) return index;
    index += character.length;
    const isSeparator = character === '-' || character === '_' || character === '.';
    if (isSeparator && isInSeparator) continue;
    isInSeparator = isSeparator;
    const normal = isSeparator ? '-' : character.toLowerCase();
    if (!normalizedName.startsWith(normal, length)) return -1;
    length += normal.length;
  }
  return -1;
}

/** Without `-py2.7`, which old archives for one Python carry. pip's `_py_version_re`. */
function withoutPython(versionText: string): string {
  return versionText.replace(/-py[123]\.?\d?$/, '');
}
