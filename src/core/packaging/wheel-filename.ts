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

/** Ends where Python's `$` does, perhaps before a line feed. */
const PROJECT_NAME = /^[\p{L}\p{N}_.]*\n?$/u;

function parseStrictly(filename: string): Result<WheelFilename> {
  if (!filename.endsWith('.whl')) {
    const message = `Invalid wheel filename (extension must be '.whl'): ${pythonRepr(filename)}`;
    return failure(message, 0, filename.length);
  }
  const stem = filename.slice(0, -4);
  const quoted = pythonRepr(stem);
  const parts = stem.split('-');
  if (parts.length !== 5 && parts.length !== 6)
    return failure(`Invalid wheel filename (wrong number of parts): ${quoted}`, 0, stem.length);
  const [name = '', versionText = '', maybeBuild = ''] = parts;
  if (name.includes('__') || !PROJECT_NAME.test(name))
    return failAt(parts, 0, `Invalid project name: ${quoted}`);
  const version = parseVersion(versionText);
  if (!version.ok) return failAt(parts, 1, `Invalid wheel filename (invalid version): ${quoted}`);
  const build = parts.length === 6 ? maybeBuild : '';
  if (parts.length === 6 && !/^\d/.test(build))
    return failAt(parts, 2, `Invalid build number: ${build} in ${quoted}`);
  const tags = expandTags(parts.slice(-3).join('-'));
  return success({ name: normalizeName(name), version: version.value, build, tags });
}

/** An error that covers one of the parts between the hyphens. */
function failAt(parts: readonly string[], index: number, message: string): Result<never> {
  const start = parts.slice(0, index).reduce((length, part) => length + part.length + 1, 0);
  return failure(message, start, start + parts[index]!.length);
}

/** pip's `Wheel.wheel_file_re`, as it was up to 25.2. */
const PIP_WHEEL = /^([^\s-]+?)-([^\s-]*?)(?:-(\d[^-]*?))?-([^\s-]+?)-([^\s-]+?)-([^\s-]+?)\.whl$/;

function parseAsPip(filename: string): Result<WheelFilename> {
  const match = PIP_WHEEL.exec(filename);
  if (match === null) return failure(`${filename} is not a valid wheel filename.`, 0, filename.length);
  const [, name = '', versionText = '', build = '', python = '', abi = '', platform = ''] = match;
  const version = parseVersion(versionText.replaceAll('_', '-'));
  if (!version.ok) return failAt([name, versionText], 1, version.error.message);
  const tags = expandTags(`${python}-${abi}-${platform}`);
  return success({ name: normalizeName(name), version: version.value, build, tags });
}

const toLowerCase = (text: string): string => text.toLowerCase();

/** Writes out a compressed tag set: `py2.py3-none-any` is `py2-none-any` and `py3-none-any`. PEP 425; `parse_tag`. */
export function expandTags(compressed: string): readonly string[] {
  // Each by itself: how a Greek sigma is written in lower case depends on what follows it.
  const [pythons, abis, platforms] = compressed.split('-', 3).map((part) => part.split('.').map(toLowerCase));
  const tags = new Set<string>();
  for (const python of pythons ?? [])
    for (const abi of abis ?? [])
      for (const platform of platforms ?? []) tags.add(`${python}-${abi}-${platform}`);
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
