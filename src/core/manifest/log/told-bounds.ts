/**
 * Terms of a proof → the releases that there must be for a tool to write them so. PubGrub's reports write sets of
 * releases as ranges between releases that exist, as wide as nothing else lies in between (`Range::simplify`):
 *
 *   a>=1.2,<=1.4   1.2 and 1.4 exist, something older than 1.2 and something newer than 1.4
 *   a==1.2         1.2 exists, something older and something newer
 *   a>=1.2         1.2 exists, something older                      all versions of a: nothing else is known
 *
 * What is asked for is written so, too, but its bounds need not be releases.
 */
import type { SpecifierSet } from '../../packaging/specifier.ts';
import { compareVersions, formatVersion, type Version } from '../../packaging/version.ts';
import type { Evidence } from './evidence.ts';
import { isInside, type KnownRelease, type Mention, type VersionAlternatives } from './evidence-terms.ts';
import { candidateVersions } from './witness-versions.ts';

/** More terms of one project than this tell no more of it. */
const MOST_TERMS = 200;

/** What is told of all releases one by one: where there is only one, it is named. */
const PLURAL: ReadonlySet<string> = new Set(['wheels', 'files', 'unusable', 'unreadable', 'yanked']);

/** As many as uv has to reject before it changes its order of choices, and one more. */
const CROWD = 6;

interface Interval {
  /** Null where the side is open. */
  readonly low: Version | null;
  readonly high: Version | null;
}

export class ToldBounds {
  readonly #evidence: Evidence;
  readonly #mentionsOf: ReadonlyMap<string, readonly Mention[]>;
  readonly #mayExist: (project: string, version: Version) => boolean;
  readonly #guess: (sentence: string) => void;
  /** Projects whose releases the text names: no others are made up. */
  readonly #named: ReadonlySet<string>;

  constructor(
    evidence: Evidence,
    mentionsOf: ReadonlyMap<string, readonly Mention[]>,
    mayExist: (project: string, version: Version) => boolean,
    guess: (sentence: string) => void,
  ) {
    this.#guess = guess;
    this.#evidence = evidence;
    this.#mentionsOf = mentionsOf;
    this.#mayExist = mayExist;
    const named = [...evidence.projects].filter(([, releases]) => releases.size > 0);
    this.#named = new Set(named.map(([project]) => project));
  }

  /** The releases that stand at the bounds themselves. */
  addNamed(): void {
    for (const { project, versions } of this.#terms())
      for (const set of versions)
        for (const version of namedBounds(set))
          if (this.#mayExist(project, version)) this.#evidence.add(project, version, false);
  }

  /** Releases beside the terms, where none is known yet: they part what would be one range. */
  addNeighbours(): void {
    if (!this.#evidence.writesRanges) return;
    for (const [project, versions] of this.#evidence.closed) this.#widen(project, versions);
    for (const { project, versions, effect } of this.#evidence.dependencies)
      if (PLURAL.has(effect.kind)) this.#repeat(project, versions);
    for (const { project, versions } of this.#terms()) this.#part(project, versions);
    if (this.#evidence.isCrowded)
      for (const { project, versions, effect } of this.#evidence.dependencies)
        if (effect.kind === 'requires') this.#crowd(project, versions);
    for (const [project, mentions] of this.#mentionsOf)
      for (const { versions } of mentions.slice(0, MOST_TERMS))
        if (!isPin(versions)) this.#part(project, versions);
    for (const { project, versions } of this.#evidence.gaps)
      if (this.#known(project).length === 0 && !this.#evidence.closed.has(project))
        this.#makeUp(project, versions, () => true);
  }

  *#terms(): Generator<{ readonly project: string; readonly versions: VersionAlternatives }> {
    const counts = new Map<string, number>();
    for (const term of this.#evidence.terms) {
      const count = counts.get(term.project) ?? 0;
      counts.set(term.project, count + 1);
      if (count < MOST_TERMS) yield term;
    }
  }

  #known(project: string): readonly KnownRelease[] {
    return [...(this.#evidence.projects.get(project)?.values() ?? [])];
  }

  /** More releases at the open ends of ranges of which something is told, as real projects have them. */
  #crowd(project: string, versions: VersionAlternatives): void {
    for (const set of versions) {
      const { low, high } = intervalOf(set);
      if (low === null || high !== null) continue;
      for (let count = 0; count < CROWD; count++) {
        const known = this.#known(project);
        const top = known
          .map(({ version }) => version)
          .reduce((a, b) => (compareVersions(a, b) > 0 ? a : b), low);
        this.#makeUp(
          project,
          [],
          (version) => compareVersions(version, top) > 0 && isInside(versions, version),
        );
      }
    }
  }

  /** `only a>=1.2 is available` is said of more than one release. */
  #widen(project: string, versions: VersionAlternatives): void {
    const [only] = versions;
    if (versions.length !== 1 || only === undefined) return;
    const { low, high } = intervalOf(only);
    const isOpen = (low === null) !== (high === null);
    if (!isOpen || this.#known(project).filter(({ version }) => isInside(versions, version)).length !== 1)
      return;
    const bound = (low ?? high)!;
    this.#makeUp(
      project,
      [],
      (version) => isInside(versions, version) && compareVersions(version, bound) !== 0,
    );
  }

  /** `all versions of a have …` and `a>=2 has …` are said of more than one release. */
  #repeat(project: string, versions: VersionAlternatives): void {
    const [only] = versions;
    if (versions.length !== 1 || only === undefined || isPin(versions)) return;
    const { low, high } = intervalOf(only);
    if (low !== null && high !== null) return;
    const known = this.#known(project).filter(({ version }) => isInside(versions, version));
    if (known.length > 1) return;
    const isNew = (version: Version): boolean =>
      isInside(versions, version) &&
      !known.some((release) => compareVersions(release.version, version) === 0);
    this.#makeUp(project, [], isNew);
  }

  /** Something lies below, above and between the ranges of a term. */
  #part(project: string, versions: VersionAlternatives): void {
    const intervals = versions.map(intervalOf);
    const lowest = intervals[0]?.low ?? null;
    const highest = intervals.at(-1)?.high ?? null;
    if (lowest !== null) this.#needs(project, versions, (version) => compareVersions(version, lowest) < 0);
    if (highest !== null) this.#needs(project, versions, (version) => compareVersions(version, highest) > 0);
    for (let place = 1; place < intervals.length; place++) {
      const low = intervals[place - 1]!.high;
      const high = intervals[place]!.low;
      if (low === null || high === null) continue;
      this.#needs(
        project,
        versions,
        (version) => compareVersions(version, low) > 0 && compareVersions(version, high) < 0,
      );
    }
  }

  #needs(project: string, outside: VersionAlternatives, isThere: (version: Version) => boolean): void {
    const isFit = (version: Version): boolean => isThere(version) && !isInside(outside, version);
    if (!this.#known(project).some(({ version }) => isFit(version))) this.#makeUp(project, outside, isFit);
  }

  /** Whether the proof speaks of the release, so that it needs what the others there need. */
  #isTold(project: string, version: Version): boolean {
    return this.#evidence.dependencies.some(
      (told) => told.project === project && told.effect.kind !== 'extra' && isInside(told.versions, version),
    );
  }

  /** The version that fewest of those who ask for the project would take, so that the proof still holds. */
  #makeUp(project: string, outside: VersionAlternatives, isFit: (version: Version) => boolean): void {
    if (this.#named.has(project)) return;
    const mentions = this.#mentionsOf.get(project) ?? [];
    const terms = this.#evidence.terms.filter((term) => term.project === project).slice(0, MOST_TERMS);
    const sets = [
      ...outside,
      ...mentions.flatMap((mention) => mention.versions),
      ...terms.flatMap((term) => term.versions),
    ];
    let best: Version | null = null;
    let fewest = Infinity;
    for (const version of candidateVersions(sets.slice(0, MOST_TERMS))) {
      if (!isFit(version) || isInside(outside, version) || !this.#mayExist(project, version)) continue;
      const takers = mentions.filter((mention) => isInside(mention.versions, version)).length;
      const isHarmless = mentions.length === 0 || takers < mentions.length || this.#isTold(project, version);
      if (takers >= fewest || !isHarmless) continue;
      best = version;
      fewest = takers;
    }
    if (best === null) return;
    this.#evidence.add(project, best, true);
    this.#guess(
      `\`${project}\` ${formatVersion(best)} is made up: there are others than those the text speaks of.`,
    );
  }
}

/** Bounds that are releases: those that the range holds. */
function namedBounds(set: SpecifierSet): readonly Version[] {
  return set.specifiers.flatMap(({ operator, version, isWildcard }) =>
    version !== null && !isWildcard && ['==', '>=', '<='].includes(operator) ? [version] : [],
  );
}

/** One release is written as it is, whatever lies beside it. */
function isPin(versions: VersionAlternatives): boolean {
  const [only] = versions;
  const isExact = only?.specifiers.every(({ operator }) => operator === '==') ?? false;
  return versions.length === 1 && isExact && only!.specifiers.length > 0;
}

function intervalOf(set: SpecifierSet): Interval {
  let low: Version | null = null;
  let high: Version | null = null;
  for (const { operator, version, isWildcard } of set.specifiers) {
    if (version === null || isWildcard) continue;
    if (operator === '==' || operator.startsWith('>')) low = version;
    if (operator === '==' || operator.startsWith('<')) high = version;
  }
  return { low, high };
}
