/** Evidence → releases: what must exist is made up, what is told of ranges is given to the releases in them. */
import { parseRequirement } from '../../packaging/requirement.ts';
import type { SpecifierSet } from '../../packaging/specifier.ts';
import { compareVersions, formatVersion, type Version } from '../../packaging/version.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';
import type { ReleaseDraft } from '../manifest.ts';
import type { Evidence } from './evidence.ts';
import {
  isExactly,
  isInside,
  newestFirst,
  NO_WHEEL,
  pinsOf,
  wouldSatisfyAll,
  type KnownRelease,
  type Mention,
  type VersionAlternatives,
  type Wish,
} from './evidence-terms.ts';
import { ToldBounds } from './told-bounds.ts';
import { candidateVersions, witnessVersion } from './witness-versions.ts';

/** Sets of one project whose versions are tried for each of its wishes; more would be slow and tell no more. */
const MOST_SETS = 60;
/** Wishes for one project that are looked at; a report that people read has a few. */
const MOST_WISHES = 400;

export class World {
  readonly #evidence: Evidence;
  readonly #builder: ManifestBuilder;
  /** By project: what somebody says of its versions. */
  readonly #mentionsOf = new Map<string, Mention[]>();
  readonly #gapsOf = new Map<string, VersionAlternatives[]>();
  /** Ranges of releases that need something, of which the text tells. */
  readonly #toldOf = new Map<string, VersionAlternatives[]>();

  constructor(evidence: Evidence, builder: ManifestBuilder) {
    this.#evidence = evidence;
    this.#builder = builder;
    for (const mention of evidence.mentions)
      if ((this.#mentionsOf.get(mention.project)?.length ?? 0) < MOST_WISHES)
        put(this.#mentionsOf, mention.project, mention);
    for (const { project, versions } of evidence.gaps) put(this.#gapsOf, project, versions);
    for (const { project, versions, effect } of evidence.dependencies)
      if (effect.kind !== 'extra') put(this.#toldOf, project, versions);
  }

  build(): void {
    const { existences, mentions, projects } = this.#evidence;
    const bounds = new ToldBounds(
      this.#evidence,
      this.#mentionsOf,
      (project, version) => this.#mayExist(project, version),
      (sentence) => this.#builder.guess(sentence),
    );
    bounds.addNamed();
    for (const { project, versions } of existences) this.#witness(project, versions, false);
    const considered = new Set([...this.#mentionsOf.values()].flat());
    for (const mention of mentions)
      if (considered.has(mention)) this.#witness(mention.project, mention.versions, true);
    bounds.addNeighbours();
    this.#spread();
    this.#writeOpenWishes();
    this.#askForOrphans();
    for (const [project, releases] of projects) {
      if (releases.size === 0) this.#writeEmpty(project);
      const asked = (this.#mentionsOf.get(project) ?? []).flatMap(({ extras }) => extras);
      for (const release of newestFirst(releases)) {
        for (const extra of asked) release.extras.add(extra);
        this.#writeRelease(project, release);
      }
    }
  }

  /** Makes up a version inside `versions` unless one is known, none can be, or it would undo the told conflict. */
  #witness(project: string, versions: VersionAlternatives, isWish: boolean): void {
    const known = [...(this.#evidence.projects.get(project)?.values() ?? [])];
    if (
      known.some((release) => isInside(versions, release.version)) &&
      !this.#wantsBetter(project, versions, known)
    )
      return;
    const witness = this.#choose(project, versions, isWish);
    if (witness === null) {
      const { closed, clashing } = this.#evidence;
      if (isWish && !closed.has(project) && clashing.has(project))
        this.#builder.guess(
          `No release of \`${project}\` between the wishes is told of; none is taken to exist.`,
        );
      return;
    }
    if (known.some((release) => compareVersions(release.version, witness) === 0)) return;
    const isNamed = !isWish && versions.some((set) => isExactly(set, witness));
    this.#evidence.add(project, witness, !isNamed);
    if (isNamed) return;
    const wish = versions.map((set) => set.text).join(' or ');
    this.#builder.guess(
      `\`${project}\` ${formatVersion(witness)} is made up: the text tells only ${wish === '' ? 'its name' : `of \`${wish}\``}.`,
    );
  }

  /** Whether a release that meets more of the wishes at once should exist beside those that are known. */
  #wantsBetter(project: string, versions: VersionAlternatives, known: readonly KnownRelease[]): boolean {
    const { isProof, isEnvironment } = this.#evidence;
    if (!isProof && !isEnvironment) return false;
    if (known.some(({ isMadeUp }) => !isMadeUp) && isProof) return false;
    const mentions = (this.#mentionsOf.get(project) ?? []).slice(0, MOST_SETS);
    const best = Math.max(
      0,
      ...known
        .filter((each) => isInside(versions, each.version))
        .map((each) => meets(mentions, each.version)),
    );
    return best < mentions.length;
  }

  #choose(project: string, versions: VersionAlternatives, isWish: boolean): Version | null {
    const { isProof, isEnvironment, clashing } = this.#evidence;
    const mentions = this.#mentionsOf.get(project) ?? [];
    const isPossible = (version: Version): boolean => this.#mayExist(project, version);
    if (isProof || isEnvironment || (isWish && !clashing.has(project) && !this.#isDisputed(project)))
      return this.#best(project, versions, isPossible);
    const isFit = (version: Version): boolean =>
      isPossible(version) && (!isWish || !wouldSatisfyAll(project, version, mentions, clashing.has(project)));
    const pinned = isWish ? pinsOf(project, mentions).find((pin) => isInside(versions, pin)) : undefined;
    if (
      pinned !== undefined &&
      (isFit(pinned) || (isPossible(pinned) && this.#isAskedExactly(project, pinned)))
    )
      return pinned;
    return witnessVersion(versions, isFit);
  }

  /** Whether everybody who names versions of a project could have this one, which the user pins. */
  #isAskedExactly(project: string, version: Version): boolean {
    const mentions = this.#mentionsOf.get(project) ?? [];
    return (
      mentions.every((mention) => isInside(mention.versions, version)) &&
      mentions.some(
        (mention) => mention.source === '' && mention.versions.some((set) => isExactly(set, version)),
      )
    );
  }

  #isDisputed(project: string): boolean {
    const limited = new Set(
      (this.#mentionsOf.get(project) ?? [])
        .filter(({ versions }) => versions.some((set) => set.specifiers.length > 0))
        .map(({ source }) => source),
    );
    return limited.size >= 2;
  }

  #mayExist(project: string, version: Version): boolean {
    const closed = this.#evidence.closed.get(project);
    if (closed !== undefined && !isInside(closed, version)) return false;
    return !(this.#gapsOf.get(project) ?? []).some((gap) => isInside(gap, version));
  }

  /** The version that meets most of what is wished, of those of which the text tells what they need, if it does. */
  #best(
    project: string,
    versions: VersionAlternatives,
    isPossible: (version: Version) => boolean,
  ): Version | null {
    const mentions = (this.#mentionsOf.get(project) ?? []).slice(0, MOST_SETS);
    const told = (this.#toldOf.get(project) ?? []).slice(0, MOST_SETS);
    const sets = [...versions, ...mentions.flatMap((mention) => mention.versions), ...told.flat()];
    let best: Version | null = null;
    let bestScore = -1;
    const pins = pinsOf(project, mentions);
    for (const version of [...pins, ...candidateVersions(sets.slice(0, MOST_SETS * 2))]) {
      if (!isInside(versions, version) || !isPossible(version)) continue;
      const isTold = told.some((range) => isInside(range, version));
      const score = meets(mentions, version) + (isTold ? MOST_SETS : 0);
      if (score <= bestScore) continue;
      best = version;
      bestScore = score;
    }
    return best;
  }

  #spread(): void {
    for (const { project, versions, effect } of this.#evidence.dependencies)
      for (const release of this.#evidence.projects.get(project)?.values() ?? []) {
        if (!isInside(versions, release.version)) continue;
        if (effect.kind === 'extra') release.extras.add(effect.name);
        else if (effect.kind === 'yanked') release.yanked = effect.reason;
        else if (effect.kind === 'unreadable') {
          release.requires.add(effect.line);
          release.wheels = null;
        } else if (effect.kind === 'files') {
          release.sdist = effect.only === 'sdist';
          if (release.sdist) release.wheels = [];
        } else if (effect.kind === 'wheels') release.wheels = effect.tags;
        else if (effect.kind === 'unusable') release.wheels = NO_WHEEL;
        else if (effect.kind === 'python') release.requiresPython = effect.specifier;
        else release.requires.add(this.#wishText(effect.requirement));
      }
  }

  /** Alternatives as one requirement: their hull, without the releases of the text that lie between them. */
  #wishText({ subject, project, alternatives, marker }: Wish): string {
    return subject + this.#union(project, alternatives) + marker;
  }

  #union(project: string, alternatives: VersionAlternatives): string {
    const [only] = alternatives;
    if (alternatives.length <= 1) return only?.text ?? '';
    const hull = hullOf(alternatives);
    const between = [...(this.#evidence.projects.get(project)?.values() ?? [])]
      .filter(({ version }) => isInside([hull.set], version) && !isInside(alternatives, version))
      .map(({ version }) => `!=${formatVersion(version)}`);
    return [hull.text, ...between].filter((part) => part !== '').join(',');
  }

  #writeOpenWishes(): void {
    for (const { requirement, alternatives, span, group } of this.#evidence.openWishes) {
      const extras = requirement.extras.length === 0 ? '' : `[${requirement.extras.join(',')}]`;
      const [, marker = ''] = requirement.text.split(/;(.*)/s);
      const limit = this.#union(requirement.normalizedName, alternatives);
      const parsed = parseRequirement(
        `${requirement.name}${extras}${limit}${marker === '' ? '' : ` ; ${marker.trim()}`}`,
      );
      if (!parsed.ok) continue;
      this.#builder.addOnce(group, parsed.value, span);
      this.#builder.guess(
        `\`${requirement.name}\` was asked for in alternatives, which a requirement cannot say; \`${parsed.value.text}\` means the same of the releases here.`,
      );
    }
  }

  /** Projects, or extras of them, that nobody asks for although they need something: the user is taken to. */
  #askForOrphans(): void {
    const { mentions, projects, asked } = this.#evidence;
    const wanted = new Map<string, Set<string>>();
    for (const { project, source, extras } of mentions) {
      if (source === '' && !asked.has(project)) continue;
      const known = wanted.get(project) ?? new Set();
      wanted.set(project, known);
      for (const extra of extras) known.add(extra);
    }
    if (this.#evidence.isEnvironment) return;
    for (const [project, releases] of projects) {
      const all = [...releases.values()];
      const seen = wanted.get(project);
      const extras = [...new Set(all.flatMap((release) => [...release.extras]))].filter(
        (extra) => !seen?.has(extra),
      );
      const needs = all.some((release) => release.requires.size > 0 || release.requiresPython !== null);
      const isOrphan = seen === undefined && needs;
      if (!isOrphan && extras.length === 0) continue;
      const text = extras.length === 0 ? project : `${project}[${extras.join(',')}]`;
      const parsed = parseRequirement(text);
      if (!parsed.ok) continue;
      this.#builder.addOnce('main', parsed.value, { start: 0, end: 1 });
      this.#builder.guess(`The text does not say who asks for \`${text}\`; it is taken as asked for by you.`);
    }
  }

  /** A release without a file is a page with nothing on it; a project of which nothing is written has none. */
  #writeEmpty(project: string): void {
    if (this.#evidence.empty.has(project)) this.#builder.release(project, '0', { requires: [], wheels: [] });
    else this.#builder.noRelease(project);
  }

  #writeRelease(project: string, release: KnownRelease): void {
    // Where wheels are forbidden, what can be had has an sdist.
    const { noBinary = [] } = this.#builder.options;
    if (noBinary.includes(':all:') || noBinary.includes(project)) release.sdist ??= true;
    this.#builder.release(project, formatVersion(release.version), draftOf(release));
    if (release.requires.size === 0 && !release.isMadeUp)
      this.#builder.guess('Releases whose dependencies are not in the text are taken to need nothing.');
  }
}

/** A release as the text tells of it. */
export function draftOf(release: KnownRelease): ReleaseDraft {
  const { requires, extras, requiresPython, yanked, wheels, sdist } = release;
  return {
    requires: [...requires],
    ...(extras.size > 0 ? { extras: [...extras] } : {}),
    ...(requiresPython === null ? {} : { requires_python: requiresPython }),
    ...(yanked === false ? {} : { yanked }),
    ...(wheels === null && sdist === null ? {} : { sdist: sdist ?? false }),
    ...(wheels === null ? {} : { wheels }),
  };
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** How many of the wishes a version meets. */
function meets(mentions: readonly Mention[], version: Version): number {
  let count = 0;
  for (const mention of mentions) if (isInside(mention.versions, version)) count++;
  return count;
}

/** The smallest range with a lower and an upper limit that holds all alternatives. */
function hullOf(alternatives: VersionAlternatives): { readonly text: string; readonly set: SpecifierSet } {
  const lows = alternatives.map((set) => boundOf(set, 'low'));
  const highs = alternatives.map((set) => boundOf(set, 'high'));
  const low = extreme(lows, -1);
  const high = extreme(highs, 1);
  const text = [low, high].filter((part) => part !== '').join(',');
  const parsed = parseRequirement(`x${text}`);
  const set = parsed.ok ? parsed.value.specifier : { specifiers: [], text: '' };
  return { text: parsed.ok ? text : '', set };
}

interface Bound {
  readonly version: Version;
  readonly operator: '>=' | '>' | '<=' | '<';
}

/** The tightest limit of a set on one side; null where it is open. */
function boundOf(set: SpecifierSet, side: 'low' | 'high'): Bound | null {
  let bound: Bound | null = null;
  const operators: readonly string[] = side === 'low' ? ['>=', '>', '==', '~='] : ['<=', '<', '=='];
  for (const { operator, version, isWildcard } of set.specifiers) {
    if (version === null || isWildcard || !operators.includes(operator)) continue;
    const order = bound === null ? 0 : compareVersions(version, bound.version);
    if (bound !== null && (side === 'low' ? order <= 0 : order >= 0)) continue;
    const isStrict = operator === '>' || operator === '<';
    bound = { version, operator: isStrict ? operator : side === 'low' ? '>=' : '<=' };
  }
  return bound;
}

/** The lowest (-1) or highest (1) of limits; '' where one is open. */
function extreme(bounds: readonly (Bound | null)[], direction: -1 | 1): string {
  let best: Bound | null = null;
  for (const bound of bounds) {
    if (bound === null) return '';
    if (best === null || compareVersions(bound.version, best.version) * direction > 0) best = bound;
  }
  return best === null ? '' : `${best.operator}${formatVersion(best.version)}`;
}
