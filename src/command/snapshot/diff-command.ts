/** What two accounts of an index say differently. */
import type { Facts, ReleaseFacts } from '../../core/package-index/facts.ts';
import { namedProjects } from '../../core/package-index/snapshot/build.ts';
import { releaseFiles } from '../../core/package-index/release-files.ts';

/** One difference, as a line: `+ flask 3.0`, `- flask 0.1`, `~ flask 2.0: requires`. */
export type Difference = string;

const NOWHERE = { layer: 'inline', detail: '' } as const;

/** The fields of a release in which two accounts differ. */
function differingFields(
  name: string,
  version: string,
  first: ReleaseFacts,
  second: ReleaseFacts,
): readonly string[] {
  const fields = {
    requires: (facts: ReleaseFacts) => facts.requires,
    extras: (facts: ReleaseFacts) => facts.extras ?? [],
    unknown: (facts: ReleaseFacts) => facts.unknown === true,
    'build-requires': (facts: ReleaseFacts) => facts.build_requires ?? null,
    'requires-python': (facts: ReleaseFacts) => facts.requires_python ?? null,
    files: (facts: ReleaseFacts) => releaseFiles(name, version, facts, NOWHERE),
  };
  return Object.entries(fields)
    .filter(([, read]) => JSON.stringify(read(first)) !== JSON.stringify(read(second)))
    .map(([field]) => field);
}

/** Differences by project and release, in the order of the names. */
export function diffFacts(first: Facts, second: Facts): readonly Difference[] {
  const before = new Map(namedProjects(first).map(({ name, releases }) => [name, releases]));
  const after = new Map(namedProjects(second).map(({ name, releases }) => [name, releases]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const old = before.get(name);
    const now = after.get(name);
    if (old === undefined) return [`+ ${name} (${Object.keys(now ?? {}).length} releases)`];
    if (now === undefined) return [`- ${name} (${Object.keys(old).length} releases)`];
    const versions = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return versions.flatMap((version): readonly Difference[] => {
      const was = old[version];
      const is = now[version];
      if (was === undefined) return [`+ ${name} ${version}`];
      if (is === undefined) return [`- ${name} ${version}`];
      const fields = differingFields(name, version, was, is);
      return fields.length === 0 ? [] : [`~ ${name} ${version}: ${fields.join(', ')}`];
    });
  });
}
