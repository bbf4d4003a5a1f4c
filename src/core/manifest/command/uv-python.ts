/** Which Python a report of uv may have been made on. */
import { specifierSetContains, type SpecifierSet } from '../../packaging/specifier.ts';
import { parseVersion } from '../../packaging/version.ts';

/** From the newest on which every tool runs to the oldest and the newest that there are. */
const MINORS = [12, 11, 13, 10, 9, 8, 7, 14, 15];

/** A Python that a specifier set does not admit; null when it admits all. */
export function pythonOutside(pythons: SpecifierSet): string | null {
  for (const minor of MINORS) {
    const version = parseVersion(`3.${minor}`);
    if (version.ok && !specifierSetContains(pythons, version.value)) return version.value.text;
  }
  return null;
}
