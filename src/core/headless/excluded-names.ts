/** What uv's `--excludes` reads: a name a line; whatever follows a name says nothing. */
import { normalizeName } from '../packaging/name.ts';

/** Normalised, in order. Blank lines and comments are passed over. */
export function excludedNames(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => /^[ \t]*([A-Za-z0-9][A-Za-z0-9._-]*)/u.exec(line)?.[1] ?? '')
    .filter((name) => name !== '')
    .map((name) => normalizeName(name));
}
