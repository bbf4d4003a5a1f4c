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

/** `needs` or `need`, to go with `packageVersions`. */
export function needsVerb(versions: readonly string[], bits: VersionBits): string {
  return bits === allBits(versions) || positionsOf(bits).length === 1 ? 'needs' : 'need';
}

const CLAUSE = /^\s*(===|==|!=|~=|>=|<=|>|<)\s*(\S+?)\s*$/u;

/** `>=1.21.1,<1.26` → `1.21.1 or newer and older than 1.26`; `side` keeps only what bounds from below or above. */
export function specifierWords(specifiers: string, side: 'both' | 'low' | 'high' = 'both'): string {
  const clauses = specifiers.split(',').flatMap((clause) => {
    const match = CLAUSE.exec(clause);
    return match ? [clauseWords(match[1]!, match[2]!, side)] : [clause.trim()];
  });
  return clauses.filter((clause) => clause !== '').join(' and ');
}

function clauseWords(operator: string, version: string, side: 'both' | 'low' | 'high'): string {
  const wildcard = version.endsWith('.*');
  const plain = wildcard ? version.slice(0, -2) : version;
  switch (operator) {
    case '>=':
      return side === 'high' ? '' : `${plain} or newer`;
    case '>':
      return side === 'high' ? '' : `newer than ${plain}`;
    case '<=':
      return side === 'low' ? '' : `${plain} or older`;
    case '<':
      return side === 'low' ? '' : `older than ${plain}`;
    case '~=':
      return side === 'low' ? `${plain} or newer` : `compatible with ${plain}`;
    case '!=':
      return side === 'both' ? `not ${wildcard ? `any ${plain}` : plain}` : '';
    default:
      return wildcard ? `any ${plain}` : plain;
  }
}
