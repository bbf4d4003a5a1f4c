/** What a solved run locks, line by line, and for which Pythons: the one form for all tools. */
import { NEWEST_MINOR, type LockLine } from '../../explain/lock-table.ts';
import { parseSpecifierSet, specifierSetContains } from '../../packaging/specifier.ts';
import { parseVersion, type Version } from '../../packaging/version.ts';
import { allows } from '../../resolver/poetry/constraint/constraint.ts';
import { MarkerAlgebra } from '../../resolver/poetry/marker/marker-algebra.ts';
import { readProject } from '../../resolver/poetry/project/read-project.ts';
import type { PdmLockEntry } from '../../resolver/pdm/lock.ts';
import { supportedPythons } from '../../resolver/pdm/project.ts';
import { toolOf, type LockedRun } from './locked-run.ts';

/** Minor releases of Python 3 that are looked at. */
const MINORS = { oldest: 6, newest: NEWEST_MINOR };
/** Patch releases of one: a range can begin or end between them. */
const PATCHES = [0, 5, 10, 30];

/** None where nothing is locked: a list of what one environment installs is no lock. */
export function lockLinesOf(run: LockedRun): readonly LockLine[] {
  if (run.outcome.kind !== 'solved' || run.isRefused) return [];
  switch (toolOf(run)) {
    case 'uv':
      return (run.exportable?.() ?? []).map((line) => lineOfText(line));
    case 'poetry':
      return (run.lockEntries ?? []).map(({ name, version, groups, markers }) => ({
        name,
        version,
        groups,
        marker:
          typeof markers === 'object' ? anyOf(groups.map((group) => markers[group] ?? '')) : (markers ?? ''),
      }));
    case 'pdm':
      return ((run.packages ?? []) as unknown as readonly PdmLockEntry[]).map(
        ({ name, version, extras = [], groups, marker = '' }) => ({
          name: extras.length === 0 ? name : `${name}[${extras.join(',')}]`,
          version,
          groups,
          marker,
        }),
      );
    default:
      return [];
  }
}

/** A group without a marker wants the package everywhere. */
function anyOf(markers: readonly string[]): string {
  if (markers.includes('')) return '';
  const different = [...new Set(markers)];
  return different.length === 1 ? different[0]! : different.map((marker) => `(${marker})`).join(' or ');
}

/** `name==1.0 ; marker`. */
function lineOfText(line: string): LockLine {
  const [subject = '', marker = ''] = line.split(' ; ');
  const [name = '', version = ''] = subject.split('==');
  return { name, version, marker, groups: [] };
}

/** Minor releases `3.x` of which some patch release is in the project's range, ascending. */
export function supportedMinors(run: LockedRun): readonly number[] {
  const admits = pythonTest(run);
  const minors = Array.from({ length: MINORS.newest - MINORS.oldest + 1 }, (_, at) => MINORS.oldest + at);
  return minors.filter((minor) =>
    PATCHES.some((patch) => {
      const version = parseVersion(`3.${minor}.${patch}`);
      return version.ok && admits(version.value);
    }),
  );
}

function pythonTest(run: LockedRun): (version: Version) => boolean {
  const { request, locked } = run;
  switch (toolOf(run)) {
    case 'poetry': {
      const { python } = readProject(new MarkerAlgebra(), request?.project ?? {}).root;
      return (version) => allows(python, version);
    }
    case 'pdm': {
      const { constraint } = supportedPythons(request?.project ?? {});
      return (version) => allows(constraint, version);
    }
    default: {
      const parsed = parseSpecifierSet(locked?.requires_python ?? '');
      return (version) => !parsed.ok || specifierSetContains(parsed.value, version);
    }
  }
}
