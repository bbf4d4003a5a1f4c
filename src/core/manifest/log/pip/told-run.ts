/**
 * What the lines of pip's debug reporter prove of the world in which the run took place: who asked first, which releases
 * were looked at, and what each of them needs, in its own order. Releases that the run must have seen and never looked at
 * are made up, as few as it takes.
 */
import { normalizeName } from '../../../packaging/name.ts';
import { parseRequirement, type Requirement } from '../../../packaging/requirement.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';
import { extrasOfMarker, type KnownRelease } from '../evidence-terms.ts';
import { SearchMarker } from '../search-mark.ts';
import { draftOf } from '../world.ts';
import {
  labelOf,
  type ReportedCandidate,
  type ReportedNeed,
  type ReporterCall,
} from './pip-reporter-line.ts';
import { UnseenReleases } from './unseen-releases.ts';

interface ToldRelease {
  readonly name: string;
  readonly version: string;
  /** What was read of its needs, one list for each time: a run stops reading at the first that cannot be met. */
  readonly readings: string[][];
  readonly extras: Set<string>;
  requiresPython: string | null;
}

const LAST_THAT_TAKES_BACK = 'pip@22.3';

/** What the user asked for; the run names the project alone first where extras are asked, which come at the end. */
interface Asked {
  text: string;
  isBare: boolean;
}

interface OpenReading {
  readonly label: string;
  readonly needs: string[];
}

export class ToldRun {
  readonly #asked: Asked[] = [];
  readonly #releases = new Map<string, ToldRelease>();
  readonly #unseen = new UnseenReleases();
  readonly #marker = new SearchMarker();
  #reading: OpenReading | null = null;
  #hasBegun = false;
  /** Releases before 23.1 name each pin that is taken back, later ones each candidate that is given up. */
  #takesBack = false;

  /** Whether the lines tell a run from its beginning. */
  get isWhole(): boolean {
    return this.#hasBegun && this.#asked.some(({ isBare }) => !isBare);
  }

  /** A call of the reporter, in the order of the log. */
  read(call: ReporterCall): void {
    switch (call.method) {
      case 'starting_round':
        this.#hasBegun = true;
        this.#giveUpReading();
        break;
      case 'adding_requirement':
        this.#addNeed(call);
        break;
      case 'rejecting_candidate':
        this.#marker.choose('reject', labelOf(call.candidate));
        this.#unseen.clash(requirementsOf(call.causes.map(({ requirement }) => requirement)));
        this.#know(call.candidate);
        this.#giveUpReading();
        break;
      case 'pinning':
        this.#marker.choose('pin', labelOf(call.candidate));
        this.#know(call.candidate);
        this.#unseen.wasMet(requirementsOf(this.#reading?.needs ?? []));
        this.#reading = null;
        break;
      default:
        this.#takesBack = true;
        this.#marker.choose('backtrack', labelOf(call.candidate));
        this.#know(call.candidate);
        this.#giveUpReading();
    }
  }

  #addNeed(need: ReportedNeed): void {
    const { kind, requirement, parent } = need;
    if (parent === null) {
      this.#ask(need);
      return;
    }
    const release = this.#know(parent);
    if (kind === 'RequiresPython') release.requiresPython = requirement;
    if (kind !== 'Specifier') return;
    const needs = this.#readingOf(parent, release);
    const parsed = parseRequirement(requirement);
    if (!parsed.ok || isItself(parsed.value, parent)) return;
    needs.push(requirement);
    for (const extra of extrasOfMarker(requirement)) release.extras.add(extra);
  }

  /** pip 23.3 and later, `Factory.collect_root_requirements`: what has extras comes last, its project in its place. */
  #ask({ kind, requirement }: ReportedNeed): void {
    const isBare = kind === 'SpecifierWithoutExtras';
    const bare = withoutExtras(requirement);
    const waiting = isBare ? undefined : this.#asked.find((each) => each.isBare && each.text === bare);
    if (waiting !== undefined) Object.assign(waiting, { text: requirement, isBare: false });
    else if (!this.#asked.some(({ text }) => text === requirement))
      this.#asked.push({ text: requirement, isBare });
    this.#unseen.wasMet(requirementsOf([requirement]));
  }

  /** The list that is being read of a release; another begins with another candidate. */
  #readingOf(parent: ReportedCandidate, release: ToldRelease): string[] {
    const label = labelOf(parent);
    if (this.#reading?.label === label) return this.#reading.needs;
    this.#giveUpReading();
    const needs: string[] = [];
    release.readings.push(needs);
    this.#reading = { label, needs };
    return needs;
  }

  /** A candidate that is not pinned: what it asked for last could not be had. Releases before 23.1 do not say so. */
  #giveUpReading(): void {
    this.#unseen.wasMet(requirementsOf(this.#reading?.needs.slice(0, -1) ?? []));
    this.#reading = null;
  }

  #know(candidate: ReportedCandidate): ToldRelease {
    const name = normalizeName(candidate.name);
    const key = `${name}==${candidate.version}`;
    let release = this.#releases.get(key);
    if (release === undefined) {
      release = { name, version: candidate.version, readings: [], extras: new Set(), requiresPython: null };
      this.#releases.set(key, release);
      this.#unseen.know(name, candidate.version);
    }
    for (const extra of candidate.extras.slice(1, -1).split(',')) if (extra !== '') release.extras.add(extra);
    return release;
  }

  /** Writes the question; `alsoKnown` are releases that other lines name. */
  write(builder: ManifestBuilder, alsoKnown: ReadonlyMap<string, ReadonlyMap<string, KnownRelease>>): void {
    if (this.#takesBack && builder.engine === null) {
      builder.engine = LAST_THAT_TAKES_BACK;
      builder.guess('The log names pins that were taken back, as pip did before 23.1: pip 22.3 is asked.');
    }
    builder.search = this.#marker.mark();
    builder.remove('main', () => true);
    for (const { text, isBare } of this.#asked)
      if (!isBare) builder.addText('main', text, { start: 0, end: 1 }, false);
    const told = new Set([...this.#releases.values()].map(({ name }) => name));
    for (const project of this.#unseen.projects()) {
      if (told.has(project)) continue;
      builder.noRelease(project);
      for (const [version, release] of alsoKnown.get(project) ?? []) {
        builder.release(project, version, draftOf(release));
        if (!release.yanked && release.wheels === null && release.requiresPython === null)
          this.#unseen.know(project, version);
      }
    }
    for (const release of this.#releases.values()) writeRelease(builder, release);
    for (const { project, version } of this.#unseen.needed()) {
      builder.release(project, version, { requires: [] });
      builder.guess(
        `\`${project}\` ${version} is made up: the run knew of such a release and never looked at it.`,
      );
    }
  }
}

function writeRelease(builder: ManifestBuilder, release: ToldRelease): void {
  builder.release(release.name, release.version, {
    requires: merged(release.readings),
    ...(release.extras.size === 0 ? {} : { extras: [...release.extras] }),
    ...(release.requiresPython === null ? {} : { requires_python: release.requiresPython }),
  });
}

/** An extra's candidate asks for its own release first. */
function isItself(requirement: Requirement, candidate: ReportedCandidate): boolean {
  return (
    candidate.extras !== '' &&
    requirement.extras.length === 0 &&
    requirement.normalizedName === normalizeName(candidate.name)
  );
}

function withoutExtras(text: string): string {
  return text.replace(/^([^[;<>=!~\s]+)\[[^\]]*\]/, '$1');
}

function requirementsOf(texts: readonly string[]): readonly Requirement[] {
  return texts.flatMap((text) => {
    const parsed = parseRequirement(text);
    return parsed.ok ? [parsed.value] : [];
  });
}

/** Readings of one list, each as far as it went: every item once, behind the one that it came after. */
function merged(readings: readonly (readonly string[])[]): readonly string[] {
  const [longest = [], ...others] = [...readings].sort((left, right) => right.length - left.length);
  const all = [...longest];
  for (const reading of others)
    reading.forEach((item, place) => {
      if (!all.includes(item)) all.splice(place === 0 ? 0 : all.indexOf(reading[place - 1]!) + 1, 0, item);
    });
  return all;
}
