/** Sets of versions in words, over the versions that really exist: `1.8.0`, `2.0.0 or newer`, `1.1.0 to 1.5.0`. */
import { allBits, positionsOf, type VersionBits } from './conflict-facts.ts';
import { code, shortListOf } from './words.ts';

/** Runs of neighbouring positions. */
export function runsOf(bits: VersionBits): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const position of positionsOf(bits)) {
    const last = runs.at(-1);
    if (last && last[1] === position - 1) last[1] = position;
    else runs.push([position, position]);
  }
  return runs;
}

function runWords(versions: readonly string[], [first, last]: readonly [number, number]): string {
  if (first === last) return versions[first]!;
  if (last === versions.length - 1) return `${versions[first]!} or newer`;
  if (first === 0) return `${versions[last]!} or older`;
  return `${versions[first]!} to ${versions[last]!}`;
}

/** The versions in words, at most three stretches and then how many versions more; `any version` for all of them. */
export function versionWords(versions: readonly string[], bits: VersionBits): string {
  if (bits === 0n) return 'no version';
  if (bits === allBits(versions)) return versions.length === 1 ? versions[0]! : 'any version';
  const runs = runsOf(bits);
  if (runs.length <= 3)
    return shortListOf(
      runs.map((run) => runWords(versions, run)),
      3,
    );
  const shown = runs.slice(0, 2);
  const rest = runs.slice(2).reduce((sum, [first, last]) => sum + last - first + 1, 0);
  return `${shown.map((run) => runWords(versions, run)).join(', ')} and ${rest} more`;
}

/** A package at some of its versions: `` `menu` 1.1.0 or newer ``, ``every version of `menu` ``. */
export function packageVersions(identifier: string, versions: readonly string[], bits: VersionBits): string {
  if (identifier === 'Python') return `Python ${versionWords(versions, bits)}`;
  if (bits === allBits(versions) && versions.length > 1) return `every version of ${code(identifier)}`;
  return `${code(identifier)} ${versionWords(versions, bits)}`;
}

/** Whether `packageVersions` of these is one thing: one version, or "every version". */
export function isSingular(versions: readonly string[], bits: VersionBits): boolean {
  return bits === allBits(versions) || positionsOf(bits).length === 1;
}

/** `needs` or `need`, to go with `packageVersions`. */
export function needsVerb(versions: readonly string[], bits: VersionBits): string {
  return isSingular(versions, bits) ? 'needs' : 'need';
}

/** Which half of a bound matters: two bounds that lie apart need only the halves that face each other. */
export type BoundSide = 'both' | 'low' | 'high';

interface BoundParts {
  /** `1.27`, `4.x`: what is asked for exactly. */
  readonly exact: readonly string[];
  /** `2 or newer`, `below 1.27`. */
  readonly ends: readonly string[];
  /** `1.25.0`, `1.25.x`: what is left out. */
  readonly except: readonly string[];
}

const CLAUSE = /^\s*(===|==|!=|~=|>=|<=|>|<)\s*(\S+?)\s*$/u;

/**
 * A package with what is asked of it, in words: `` `urllib3` 1.21.1 or newer and below 1.26 ``, `` `delta` other than
 * 2.10 ``. Specifiers that are none (`>=1 or so`) stand as they are.
 */
export function boundPhrase(name: string, specifiers: string, side: BoundSide = 'both'): string {
  const words = specifierWords(specifiers, side) || specifierWords(specifiers);
  return words === '' ? code(name) : `${code(name)} ${words}`;
}

/** `>=1.21.1,<1.26` → `1.21.1 or newer and below 1.26`; `side` keeps only what bounds from below or above. */
export function specifierWords(specifiers: string, side: BoundSide = 'both'): string {
  const parts = specifiers
    .split(',')
    .filter((clause) => clause.trim() !== '')
    .map((clause) => clauseParts(clause, side));
  const exact = parts.flatMap((part) => part.exact);
  const ends = parts.flatMap((part) => part.ends);
  const except = parts.flatMap((part) => part.except);
  const main = [...exact, ...ends].join(' and ');
  if (except.length === 0) return main;
  const left = shortListOf(except, 3);
  return main === '' ? `other than ${left}` : `${main}, except ${left}`;
}

function clauseParts(clause: string, side: BoundSide): BoundParts {
  const none: BoundParts = { exact: [], ends: [], except: [] };
  const match = CLAUSE.exec(clause);
  if (!match) return { ...none, exact: [clause.trim()] };
  const [, operator, version] = match;
  const isPrefix = version!.endsWith('.*');
  const plain = isPrefix ? `${version!.slice(0, -2)}.x` : version!;
  const low = (words: string): BoundParts => (side === 'high' ? none : { ...none, ends: [words] });
  const high = (words: string): BoundParts => (side === 'low' ? none : { ...none, ends: [words] });
  switch (operator) {
    case '>=':
      return low(`${plain} or newer`);
    case '>':
      return low(`newer than ${plain}`);
    case '<=':
      return high(`${plain} or older`);
    case '<':
      return high(`below ${plain}`);
    case '~=':
      return compatibleParts(plain, side);
    case '!=':
      return side === 'both' ? { ...none, except: [plain] } : none;
    default:
      return { ...none, exact: [plain] };
  }
}

/** `~=2.2` is `>=2.2,==2.*` (PEP 440). */
function compatibleParts(version: string, side: BoundSide): BoundParts {
  const release = /^[0-9!.]*[0-9]/u.exec(version)?.[0] ?? version;
  const prefix = release.split('.').slice(0, -1);
  const next =
    prefix.length === 0 ? null : [...prefix.slice(0, -1), String(Number(prefix.at(-1)) + 1)].join('.');
  const ends = [
    ...(side === 'high' ? [] : [`${version} or newer`]),
    ...(side === 'low' || next === null ? [] : [`below ${next}`]),
  ];
  return { exact: [], ends, except: [] };
}
