/** The rows of one project → its facts, in the order of versions. */
import type { FileFacts, ProjectFacts, ReleaseFacts } from '../../../core/package-index/facts/facts.ts';
import { compareVersions, parseVersion } from '../../../core/packaging/version.ts';
import type { DatasetRow, RowNeeds } from './dataset-row.ts';

interface Collected {
  readonly files: Map<string, FileFacts>;
  needs: RowNeeds | null;
}

/** A release of which no row says what it needs comes out as `unknown`. */
export function factsOfRows(rows: Iterable<DatasetRow>): ProjectFacts {
  const releases = new Map<string, Collected>();
  for (const { version, file, needs } of rows) {
    const known = releases.get(version) ?? { files: new Map<string, FileFacts>(), needs: null };
    releases.set(version, known);
    if (file !== null) known.files.set(file.filename, { ...known.files.get(file.filename), ...file });
    // The first account stands, that of a wheel before that of an sdist.
    if (needs !== null && (known.needs === null || (needs.isOfWheel && !known.needs.isOfWheel)))
      known.needs = needs;
  }
  const sorted = [...releases].map(([text, collected]) => ({ text, collected, version: parseVersion(text) }));
  sorted.sort((a, b) => {
    if (a.version.ok && b.version.ok)
      return compareVersions(a.version.value, b.version.value) || (a.text < b.text ? -1 : 1);
    return Number(a.version.ok) - Number(b.version.ok) || (a.text < b.text ? -1 : 1);
  });
  return Object.fromEntries(sorted.map(({ text, collected }) => [text, releaseOf(collected)]));
}

function releaseOf({ files, needs }: Collected): ReleaseFacts {
  const listed =
    files.size === 0 ? {} : { files: [...files.values()].sort((a, b) => (a.filename < b.filename ? -1 : 1)) };
  if (needs === null) return { requires: [], unknown: true, ...listed };
  const { requires, extras, requiresPython, isOfWheel } = needs;
  return {
    requires: [...requires],
    ...(requiresPython === null ? {} : { requires_python: requiresPython }),
    ...(extras.length === 0 ? {} : { extras: [...extras] }),
    from: isOfWheel ? 'wheel' : 'declared',
    ...listed,
  };
}
