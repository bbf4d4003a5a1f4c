/** Puts facts of two sources together. */
import { normalizeName } from '../packaging/name.ts';
import type { Facts, ProjectFacts, ReleaseFacts } from './facts.ts';

/** Of two accounts of a release: known dependencies before unknown ones, then the later account. */
function mergeRelease(first: ReleaseFacts | undefined, second: ReleaseFacts): ReleaseFacts {
  if (first === undefined || second.unknown !== true) return second;
  return first.unknown === true ? second : first;
}

function mergeProject(first: ProjectFacts | undefined, second: ProjectFacts): ProjectFacts {
  const merged: Record<string, ReleaseFacts> = { ...first };
  for (const [version, release] of Object.entries(second))
    merged[version] = mergeRelease(merged[version], release);
  return merged;
}

/**
 * The union of two indexes: releases of the first in their order, then those that only the second has. Where both know
 * a release, the second's account stands, unless it does not know the dependencies and the first does. A further index
 * that both know is the second's.
 */
export function mergeFacts(first: Facts, second: Facts): Facts {
  const keys = new Map<string, string>();
  const projects: Record<string, ProjectFacts> = {};
  for (const facts of [first, second]) {
    for (const [key, releases] of Object.entries(facts.projects)) {
      const kept = keys.get(normalizeName(key)) ?? key;
      keys.set(normalizeName(key), kept);
      projects[kept] = mergeProject(projects[kept], releases);
    }
  }
  const indexes = { ...first.indexes, ...second.indexes };
  return Object.keys(indexes).length === 0 ? { projects } : { projects, indexes };
}
