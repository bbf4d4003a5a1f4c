/**
 * The Pythons of a project's range, one stretch a minor release, and what is known of each: whether the project can be
 * locked for it alone, and which packages the tool names as not for it.
 */
import { parseSpecifierSet, specifierSetContains, type SpecifierSet } from '../../packaging/specifier.ts';
import { parseVersion } from '../../packaging/version.ts';
import { verdictOf, type Verdict } from './guilty-wishes.ts';
import type { ProjectQuestion } from './project-question.ts';

export interface PythonStretch {
  /** `3.12`; `4.0` stands for all after 3. */
  readonly name: string;
  /** As specifiers. */
  readonly limit: string;
  readonly verdict: Verdict;
  /** What the tool names as not for it: positions in `PythonAxis.limits`. */
  readonly excludedBy: readonly number[];
}

export interface PythonAxis {
  /** The project's range, as it says it. */
  readonly range: string;
  readonly limits: readonly PythonLimit[];
  readonly stretches: readonly PythonStretch[];
}

/** ``selectolax` requires Python `<3.15,>=3.9`. */
export interface PythonLimit {
  readonly package: string;
  readonly limit: string;
}

const NEWEST_MINOR = 15;
const STRETCHES: readonly (readonly [name: string, limit: string])[] = [
  ...Array.from(
    { length: NEWEST_MINOR + 1 },
    (_, minor) => [`3.${minor}`, `>=3.${minor},<3.${minor + 1}`] as const,
  ),
  ['4.0', '>=4.0'] as const,
];
const LATE_PATCH = 30;

/** At most as many stretches are looked at: each is a run. */
const MAX_STRETCHES = 17;

/** `kept` are the wishes that are guilty; the project is asked about with them alone. */
export function pythonAxis(
  question: ProjectQuestion,
  kept: ReadonlySet<number>,
  limits: readonly PythonLimit[],
): PythonAxis {
  const own = setsOf(question.pythons);
  const gone = new Map(question.wishes.flatMap((_wish, at) => (kept.has(at) ? [] : [[at, null] as const])));
  const sets = limits.map(({ limit }) => setsOf(limit.split('||').map(plainRange)));
  const stretches = STRETCHES.filter(([name]) => touches(own, name)).slice(-MAX_STRETCHES);
  return {
    range: question.python,
    limits,
    stretches: stretches.map(([name, limit]) => ({
      name,
      limit,
      verdict: verdictOf(question, { wishes: gone, python: within(question.python, limit) }),
      excludedBy: sets.flatMap((set, at) => (touches(set, name) ? [] : [at])),
    })),
  };
}

/** A range and a limit at once. */
export function within(range: string, limit: string): string {
  if (range.trim() === '') return limit;
  return range
    .split('||')
    .map((part) => `${part.trim()},${limit}`)
    .join(' || ');
}

/** Neighbouring stretches that can be locked, as one range; the newest first. */
export function lockableRanges({ stretches }: PythonAxis): readonly string[] {
  const ranges: string[] = [];
  let from: PythonStretch | null = null;
  let last: PythonStretch | null = null;
  const close = (): void => {
    if (from !== null && last !== null) ranges.push(`${lowOf(from)}${highOf(last)}`);
    from = null;
  };
  for (const stretch of stretches) {
    if (stretch.verdict !== 'possible') close();
    else {
      from ??= stretch;
      last = stretch;
    }
  }
  close();
  return ranges.toReversed();
}

function lowOf({ limit }: PythonStretch): string {
  return limit.split(',')[0]!;
}

function highOf({ limit }: PythonStretch): string {
  const high = limit.split(',')[1];
  return high === undefined ? '' : `,${high}`;
}

function setsOf(alternatives: readonly string[]): readonly SpecifierSet[] {
  return alternatives.flatMap((part) => {
    const parsed = parseSpecifierSet(part);
    return parsed.ok ? [parsed.value] : [];
  });
}

/** In what the tools print, blanks between clauses are commas. */
function plainRange(part: string): string {
  return part.trim().replace(/(\d)\s+(?=[<>=!])/g, '$1,');
}

/** Whether any Python of the minor release is in one of the sets. */
function touches(sets: readonly SpecifierSet[], name: string): boolean {
  return [`${name}.0`, `${name}.${LATE_PATCH}`].some((text) => {
    const version = parseVersion(text);
    return version.ok && sets.some((set) => specifierSetContains(set, version.value, { prereleases: true }));
  });
}
