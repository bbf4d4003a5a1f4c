/** Puts facts of two sources together. */
import { normalizeName } from '../../packaging/name.ts';
import type { Facts, ProjectFacts, ReleaseFacts } from './facts.ts';

type Files = ReleaseFacts['files'];

/** Files of both accounts; of a file in both, fields of the second before those of the first. */
function mergeFiles(first: Files, second: Files): Files {
  if (first === undefined || second === undefined) return second ?? first;
  const files = new Map(first.map((file) => [file.filename, file]));
  for (const file of second) files.set(file.filename, { ...files.get(file.filename), ...file });
  return [...files.values()];
}

/**
 * Of two accounts of a release the later counts, field by field; but known dependencies before unknown ones, and real
 * files before those that are only told by their tags, or modelled.
 */
function mergeRelease(first: ReleaseFacts | undefined, second: ReleaseFacts): ReleaseFacts {
  if (first === undefined) return second;
  const known = second.unknown === true && first.unknown !== true ? first : second;
  const merged: ReleaseFacts = { ...first, ...second, requires: known.requires };
  delete merged.unknown;
  delete merged.extras;
  delete merged.from;
  delete merged.limits;
  delete merged.pythons;
  if (known.unknown !== undefined) merged.unknown = known.unknown;
  if (known.extras !== undefined) merged.extras = known.extras;
  if (known.from !== undefined) merged.from = known.from;
  if (known.limits !== undefined) merged.limits = known.limits;
  if (known.pythons !== undefined) merged.pythons = known.pythons;
  const files = mergeFiles(first.files, second.files);
  if (files === undefined) return merged;
  delete merged.wheels;
  delete merged.sdist;
  return { ...merged, files };
}

function mergeProject(first: ProjectFacts | undefined, second: ProjectFacts): ProjectFacts {
  const merged: Record<string, ReleaseFacts> = { ...first };
  for (const [version, release] of Object.entries(second))
    merged[version] = mergeRelease(merged[version], release);
  return merged;
}

/** What is partial in either account; the second's word on a project counts. */
function mergePartial(first: Facts['partial'], second: Facts['partial']): Facts['partial'] {
  if (first === undefined || second === undefined) return second ?? first;
  const all = second.all ?? first.all;
  const named = { ...first.projects, ...second.projects };
  return {
    ...(all === undefined ? {} : { all }),
    ...(Object.keys(named).length === 0 ? {} : { projects: named }),
  };
}

/**
 * The union of two indexes: releases of the first in their order, then those that only the second has. A further index
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
  const partial = mergePartial(first.partial, second.partial);
  return {
    projects,
    ...(partial === undefined ? {} : { partial }),
    ...(Object.keys(indexes).length === 0 ? {} : { indexes }),
  };
}
