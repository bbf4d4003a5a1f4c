/** Names of wheel files: `name-version(-build)?-python-abi-platform.whl`. PEP 427. */
import { normalizeName } from './name.ts';
import { pythonRepr } from './python-text.ts';
import { failure, success, type Result } from './result.ts';
import { parseVersion, type Version } from './version.ts';

export interface WheelFilename {
  /** Normalised. */
  readonly name: string;
  readonly version: Version;
  /** `1`, `2abc`; '' when there is none. */
  readonly build: string;
  /** The compressed tag set written out, `py2-none-any` and `py3-none-any`; lower case. */
  readonly tags: readonly string[];
}

/**
 * Who reads the name. `packaging`: `packaging.utils.parse_wheel_filename`, which pip uses from 25.3 on. `pip`: pip's
 * own pattern before that, which let `1.0_1` pass as a version and any text as a name.
 */
export type WheelFilenameRules = 'packaging' | 'pip';

/** Reads the name of a wheel file (no path before it). The error says which part is wrong, and covers it. */
export function parseWheelFilename(
  filename: string,
  rules: WheelFilenameRules = 'packaging',
): Result<WheelFilename> {
  return rules === 'packaging' ? parseStrictly(filename) : parseAsPip(filename);
}

const PROJECT_NAME = /^[\p{L}\p{N}_.]*$/u;

function parseStrictly(filename: string): Result<WheelFilename> {
  if (!filename.endsWith('.whl'))
    return invalid(
      `Invalid wheel filename (extension must be '.whl'): ${pythonRepr(filename)}`,
      0,
      filename.length,
    );
  const stem = filename.slice(0, -4);
  const parts = stem.split('-');
  if (parts.length !== 5 && parts.length !== 6)
    return invalid(`Invalid wheel filename (wrong number of parts): ${pythonRepr(stem)}`, 0, stem.length);
  const [name = '', versionText = ''] = parts;
  if (name.includes('__') || !PROJECT_NAME.test(name))
    return invalid(`Invalid project name: ${pythonRepr(stem)}`, 0, name.length);
  const versionStart = name.length + 1;
  const version = parseVersion(versionText);
  if (!version.ok)
    return invalid(
      `Invalid wheel filename (invalid version): ${pythonRepr(stem)}`,
      versionStart,
      versionStart + versionText.length,
    );
  const build = parts.length === 6 ? parts[2]! : '';
  const buildStart = versionStart + versionText.length + 1;
  if (parts.length === 6 && !/^\d/.test(build))
    return invalid(
      `Invalid build number: ${build} in ${pythonRepr(stem)}`,
      buildStart,
      buildStart + build.length,
    );
  return success({
    name: normalizeName(name),
    version: version.value,
    build,
    tags: expandTags(parts.slice(-3).join('-')),
  });
}

/** pip's `Wheel.wheel_file_re`, as it was up to 25.2. */
const PIP_WHEEL = /^([^\s-]+?)-([^\s-]*?)(?:-(\d[^-]*?))?-([^\s-]+?)-([^\s-]+?)-([^\s-]+?)\.whl$/;

function parseAsPip(filename: string): Result<WheelFilename> {
  const match = PIP_WHEEL.exec(filename);
  if (match === null) return invalid(`${filename} is not a valid wheel filename.`, 0, filename.length);
  const [, name = '', versionText = '', build = '', python = '', abi = '', platform = ''] = match;
  const version = parseVersion(versionText.replaceAll('_', '-'));
  if (!version.ok)
    return invalid(version.error.message, name.length + 1, name.length + 1 + versionText.length);
  return success({
    name: normalizeName(name),
    version: version.value,
    build,
    tags: expandTags(`${python}-${abi}-${platform}`),
  });
}

function invalid(message: string, start: number, end: number): Result<never> {
  return failure(message, start, end);
}

/** Writes out a compressed tag set: `py2.py3-none-any` is `py2-none-any` and `py3-none-any`. PEP 425; `parse_tag`. */
export function expandTags(compressed: string): readonly string[] {
  const [pythons = '', abis = '', platforms = ''] = compressed.toLowerCase().split('-');
  const tags = new Set<string>();
  for (const python of pythons.split('.'))
    for (const abi of abis.split('.'))
      for (const platform of platforms.split('.')) tags.add(`${python}-${abi}-${platform}`);
  return [...tags];
}

/**
 * Order of build tags: none first, then by the number they begin with, then by the rest as text. PEP 427; pip prefers
 * the greater one among wheels that are otherwise equal.
 */
export function compareBuildTags(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? -1 : 1;
  const difference = parseInt(a, 10) - parseInt(b, 10);
  if (difference !== 0) return difference;
  const restA = a.replace(/^\d+/, '');
  const restB = b.replace(/^\d+/, '');
  return restA === restB ? 0 : restA < restB ? -1 : 1;
}
