/** What two accounts of an index say differently. */
import type { Facts, ReleaseFacts } from '../../core/package-index/facts/facts.ts';
import { namedProjects } from '../../core/package-index/snapshot/build.ts';
import { releaseFiles } from '../../core/package-index/facts/release-files.ts';

/**
 * One difference, as a line: `+ flask 3.0`, `- flask 0.1`, or what changed in a release:
 * `~ flask 2.0: requires (- click>=7, + click>=8); requires-python (>=3.6 → >=3.7)`.
 */
export type Difference = string;

const NOWHERE = { layer: 'inline', detail: '' } as const;

/** What is in one list and not in the other; `order` when only the order differs. */
function listChange(before: readonly string[], after: readonly string[]): string {
  const gone = before.filter((text) => !after.includes(text)).map((text) => `- ${text}`);
  const come = after.filter((text) => !before.includes(text)).map((text) => `+ ${text}`);
  return [...gone, ...come].join(', ') || 'order';
}

function textChange(before: string | null, after: string | null): string {
  return `${before ?? 'not given'} → ${after ?? 'not given'}`;
}

/** A file with everything that is said of it, as a text to compare. */
function fileTexts(name: string, version: string, facts: ReleaseFacts): ReadonlyMap<string, string> {
  const files = releaseFiles(name, version, facts, NOWHERE);
  return new Map(files.map((file) => [file.filename, JSON.stringify(file)]));
}

function fileChange(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const changed = [...after].flatMap(([filename, text]) =>
    before.has(filename) && before.get(filename) !== text ? [`~ ${filename}`] : [],
  );
  const moved = listChange([...before.keys()], [...after.keys()]);
  return [...changed, ...(moved === 'order' && changed.length > 0 ? [] : [moved])].join(', ');
}

/** What two accounts of a release say differently, field by field. */
function releaseChanges(
  name: string,
  version: string,
  first: ReleaseFacts,
  second: ReleaseFacts,
): readonly string[] {
  const lists = {
    requires: (facts: ReleaseFacts) => facts.requires,
    extras: (facts: ReleaseFacts) => facts.extras ?? [],
    'build-requires': (facts: ReleaseFacts) => facts.build_requires ?? [],
    'backend-requires': (facts: ReleaseFacts) => facts.backend_requires ?? [],
  };
  const changes = Object.entries(lists).flatMap(([field, read]) => {
    const [before, after] = [read(first), read(second)];
    const isSame = JSON.stringify(before) === JSON.stringify(after);
    return isSame ? [] : [`${field} (${listChange(before, after)})`];
  });
  const known = (facts: ReleaseFacts) => (facts.unknown === true ? 'unknown' : 'known');
  if (known(first) !== known(second))
    changes.push(`dependencies (${textChange(known(first), known(second))})`);
  const [oldPython, newPython] = [first.requires_python ?? null, second.requires_python ?? null];
  if (oldPython !== newPython) changes.push(`requires-python (${textChange(oldPython, newPython)})`);
  const [oldFiles, newFiles] = [fileTexts(name, version, first), fileTexts(name, version, second)];
  if (JSON.stringify([...oldFiles]) !== JSON.stringify([...newFiles]))
    changes.push(`files (${fileChange(oldFiles, newFiles)})`);
  return changes;
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
      const changes = releaseChanges(name, version, was, is);
      return changes.length === 0 ? [] : [`~ ${name} ${version}: ${changes.join('; ')}`];
    });
  });
}
