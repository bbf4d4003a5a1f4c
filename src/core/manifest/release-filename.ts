/** The release that a file's name or address stands for. */
import { normalizeName } from '../packaging/name.ts';
import { parseSdistFilename } from '../packaging/sdist-filename.ts';
import { formatVersion } from '../packaging/version.ts';
import { parseWheelFilename } from '../packaging/wheel-filename.ts';

/** Reads the last part of a path or address; the name comes back normalised. null when it is no file of a release. */
export function releaseOfFilename(path: string): { readonly name: string; readonly version: string } | null {
  const filename = path
    .replace(/[?#].*$/, '')
    .replace(/\.metadata$/, '')
    .replace(/^.*[/\\]/, '');
  const parsed = filename.endsWith('.whl') ? parseWheelFilename(filename) : parseSdistFilename(filename);
  if (!parsed.ok) return null;
  return { name: normalizeName(parsed.value.name), version: formatVersion(parsed.value.version) };
}
