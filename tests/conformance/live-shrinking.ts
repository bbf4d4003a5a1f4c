/** Random cases made smaller, and written out for people. */
import type { LiveCase, LiveIndex, LiveRelease } from './live-cases.ts';

/** Fields that hold releases, with what the overlay language puts behind a release of each. */
const INDEXES = { index: '', extra: '; index extra', links: '; index ./links', direct: '' } as const;

/** Every case that is one step smaller. */
export function* smallerCases(given: LiveCase): Generator<LiveCase> {
  for (const list of ['requirements', 'constraints'] as const) {
    for (const [place] of given[list].entries()) yield { ...given, [list]: given[list].toSpliced(place, 1) };
  }
  if (given.options.length > 0) yield { ...given, options: [] };
  for (const name of Object.keys(given.installed))
    yield { ...given, installed: without(given.installed, name) };
  for (const field of Object.keys(INDEXES) as (keyof typeof INDEXES)[]) {
    for (const smaller of smallerIndexes(given[field])) yield { ...given, [field]: smaller };
  }
}

/** Whether something is asked for, and every file that is named by its address is there. */
export function isWhole(given: LiveCase): boolean {
  const named = JSON.stringify(given).matchAll(/DIRECT\/([^-"]+)-([^-"]+)-/gu);
  const isThere = ([, name = '', version = '']: readonly string[]): boolean =>
    given.direct[name]?.[version] !== undefined;
  return given.requirements.length > 0 && [...named].every(isThere);
}

function* smallerIndexes(index: LiveIndex): Generator<LiveIndex> {
  for (const [name, releases] of Object.entries(index)) {
    yield without(index, name);
    for (const [version, release] of Object.entries(releases)) {
      yield { ...index, [name]: without(releases, version) };
      for (const smaller of smallerReleases(release))
        yield { ...index, [name]: { ...releases, [version]: smaller } };
    }
  }
}

function* smallerReleases(release: LiveRelease): Generator<LiveRelease> {
  const { requires, ...rest } = release;
  for (const [place] of requires.entries()) yield { ...rest, requires: requires.toSpliced(place, 1) };
  for (const [place] of (rest.files ?? []).entries())
    yield { ...release, files: rest.files!.toSpliced(place, 1) };
  for (const key of ['requires_python', 'yanked', 'says', 'extras', 'files'] as const) {
    if (release[key] !== undefined) yield without(release, key);
  }
}

function without<Value extends object>(values: Value, key: keyof Value): Value {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== key)) as Value;
}

/** A case as text of the overlay language, with its command in comments. */
export function caseText(liveCase: LiveCase): string {
  const { layout, requirements, constraints, installed, options } = liveCase;
  const words = [...options, ...requirements].map((word) => JSON.stringify(word)).join(' ');
  const lines = [`# pip install ${words}   (${layout})`];
  for (const constraint of constraints) lines.push(`# constraint ${constraint}`);
  for (const [name, [version, requires, extras]] of Object.entries(installed)) {
    const provides = extras.length > 0 ? ` provides ${extras.join(',')}` : '';
    lines.push(`# installed ${name} ${version}${provides}: ${requires.join(' | ')}`);
  }
  lines.push('closed world');
  for (const [field, place] of Object.entries(INDEXES) as [keyof typeof INDEXES, string][]) {
    for (const [name, releases] of Object.entries(liveCase[field])) {
      for (const [version, release] of Object.entries(releases)) {
        const address = field === 'direct' ? `; url DIRECT/${name}-${version}-py3-none-any.whl` : place;
        lines.push(`${name} ${version}${address}${clausesOf(release)}`);
      }
    }
  }
  return lines.join('\n');
}

function clausesOf({ requires, requires_python, extras = [], yanked, says, files }: LiveRelease): string {
  const clauses = requires.map((text) => `depends ${text}`);
  for (const extra of extras) clauses.push(`extra ${extra}:`);
  if (requires_python !== undefined) clauses.push(`python ${requires_python}`);
  if (yanked !== undefined) clauses.push(yanked === '' ? 'yanked' : `yanked ${JSON.stringify(yanked)}`);
  if (files !== undefined) clauses.push(...fileClauses(files));
  const text = clauses.map((clause) => `; ${clause}`).join('');
  const notes = (files ?? []).filter((file) => /^\d/u.test(file)).map((file) => `also a wheel ${file}`);
  if (says !== undefined) notes.push(`its metadata says ${says}`);
  return notes.length === 0 ? text : `${text}  # ${notes.join(', ')}`;
}

function fileClauses(files: readonly string[]): readonly string[] {
  // The language has no build tags.
  const wheels = files.filter((file) => !/^(?:sdist|\d.*)$/u.test(file));
  return [`wheels ${wheels.join(', ') || 'none'}`, ...(files.includes('sdist') ? ['sdist'] : [])];
}
