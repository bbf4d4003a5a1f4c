/**
 * What an error text or a log tells of an index: who asked for what, which releases there are, what they need. From
 * it a small index is rebuilt, in which the same conflict happens (world.ts). Versions that must exist but are not
 * named are made up (witness-versions.ts), and every such guess is said.
 */
import { normalizeName } from '../../packaging/name.ts';
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import type { Span } from '../../packaging/result.ts';
import { formatVersion, parseVersion, type Version } from '../../packaging/version.ts';
import {
  extrasOfMarker,
  makeRelease,
  newestFirst,
  NO_WHEEL,
  pythonLimit,
  splitCandidate,
  withExtra,
  type Dependency,
  type Effect,
  type KnownRelease,
  type Mention,
  type VersionAlternatives,
} from './evidence-terms.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';
import { World } from './world.ts';

/** Versions of a project of which something is told. */
export interface ToldVersions {
  readonly project: string;
  readonly versions: VersionAlternatives;
}

/** A wish of the user's whose versions are alternatives: it is written when the releases are known. */
export interface OpenWish {
  readonly requirement: Requirement;
  readonly alternatives: VersionAlternatives;
  readonly span: Span;
  /** The group of lines that it belongs to. */
  readonly group: string;
}

export class Evidence {
  readonly projects = new Map<string, Map<string, KnownRelease>>();
  readonly mentions: Mention[] = [];
  readonly existences: ToldVersions[] = [];
  readonly dependencies: Dependency[] = [];
  readonly gaps: ToldVersions[] = [];
  /** Sets of releases that a proof speaks of, whose bounds are releases (told-bounds.ts). */
  readonly terms: ToldVersions[] = [];
  readonly closed = new Map<string, VersionAlternatives>();
  readonly asked = new Set<string>();
  readonly clashing = new Set<string>();
  readonly openWishes: OpenWish[] = [];
  /** Projects that an index lists, without any release. */
  readonly empty = new Set<string>();
  /**
   * Whether the text is a whole proof (PubGrub's reports): every fact that the conflict needs is in it, so that made-up
   * releases cannot undo it. pip names the last clash only.
   */
  readonly isProof: boolean;
  /** Whether the text complains of what is installed: wishes on one project are no conflict. */
  isEnvironment = false;
  /** Whether sets of releases are written as ranges between releases (told-bounds.ts). */
  writesRanges = false;
  /** Whether ranges without an upper end hold several releases rather than one (told-bounds.ts). */
  isCrowded = false;

  constructor(kind: 'proof' | 'log' = 'log') {
    this.isProof = kind === 'proof';
  }

  /** The user asked for this. `alternatives`, where one requirement cannot say which versions. */
  ask(
    builder: ManifestBuilder,
    text: string,
    span: Span,
    role: 'requirements' | 'constraints' = 'requirements',
    alternatives?: VersionAlternatives,
    group = role === 'constraints' ? 'constraints' : 'main',
  ): void {
    const parsed = parseRequirement(text);
    if (!parsed.ok) {
      builder.complain('warning', 'unread-line', `Not understood: ${parsed.error.message}`, span);
      return;
    }
    const { normalizedName, specifier } = parsed.value;
    if (alternatives !== undefined && alternatives.length > 1)
      this.openWishes.push({ requirement: parsed.value, alternatives, span, group });
    else builder.addOnce(group, parsed.value, span);
    if (role === 'requirements') this.asked.add(normalizedName);
    this.#mention(parsed.value, alternatives ?? [specifier], '');
  }

  /** Whether the user is known to ask for a project. */
  isAsked(project: string): boolean {
    return this.asked.has(normalizeName(project));
  }

  /** It was not the user who asked for a project. */
  forgetAsker(project: string): void {
    this.asked.delete(project);
  }

  /** There is this release. */
  exists(
    project: string,
    version: string,
    details: { requiresPython?: string; isYanked?: boolean; wheels?: readonly string[] } = {},
  ): void {
    const release = this.#release(normalizeName(project), version);
    if (release === null) return;
    if (details.requiresPython !== undefined) release.requiresPython = details.requiresPython;
    if (details.isYanked === true) release.yanked = true;
    if (details.wheels !== undefined) release.wheels = details.wheels;
  }

  /** A release needs something. `candidate` is `name` or `name[extra,…]`. */
  depends(candidate: string, version: string, requirement: string): void {
    const { name, extras } = splitCandidate(candidate);
    const python = pythonLimit(requirement);
    if (python !== null) {
      const release = this.#release(name, version);
      if (release !== null) release.requiresPython = python;
      return;
    }
    const parsed = parseRequirement(requirement);
    if (!parsed.ok || (parsed.value.normalizedName === name && extras.length > 0)) return;
    const release = this.#release(name, version);
    if (release === null) return;
    for (const extra of extras.length > 0 ? extras : extrasOfMarker(requirement)) release.extras.add(extra);
    release.requires.add(withExtra(parsed.value, extras));
    this.#mention(parsed.value, [parsed.value.specifier], name);
  }

  /** Every release of `name` inside `versions` needs something. */
  allDepend(
    name: string,
    versions: VersionAlternatives,
    requirement: Requirement,
    alternatives: VersionAlternatives,
  ): void {
    const { name: project, extras } = splitCandidate(name);
    this.existences.push({ project, versions });
    // `a[x]` brings `a` itself: no requirement, and no second asker of it.
    if (requirement.normalizedName === project && extras.length > 0) return;
    for (const extra of extras) this.#tell(project, versions, { kind: 'extra', name: extra });
    const text = withExtra(requirement, extras);
    const [, marker = ''] = text.split(/;(.*)/s);
    const subject =
      /^[^\s<>=!~;(@]+/.exec(requirement.text.replace(/\s+(?=\[)/, ''))?.[0] ?? requirement.name;
    const wish = {
      subject,
      project: requirement.normalizedName,
      alternatives,
      marker: marker === '' ? '' : ` ; ${marker.trim()}`,
    };
    this.#tell(project, versions, { kind: 'requires', requirement: wish });
    this.#mention(requirement, alternatives, project);
  }

  /** A release inside `versions` runs only on some Pythons. */
  needsPython(name: string, versions: VersionAlternatives, specifier: string): void {
    const { name: project, extras } = splitCandidate(name);
    this.existences.push({ project, versions });
    for (const extra of extras) this.#tell(project, versions, { kind: 'extra', name: extra });
    this.#tell(project, versions, { kind: 'python', specifier });
  }

  /** The releases inside `versions` were withdrawn. */
  isYanked(name: string, versions: VersionAlternatives, reason: string | true = true): void {
    this.#mark(name, versions, { kind: 'yanked', reason });
  }

  /** The releases inside `versions` have files of one sort only. */
  hasOnly(name: string, versions: VersionAlternatives, only: 'sdist' | 'wheel'): void {
    this.#mark(name, versions, { kind: 'files', only });
  }

  /** The releases inside `versions` need something that cannot be read. */
  hasUnreadable(name: string, versions: VersionAlternatives, line: string): void {
    this.#mark(name, versions, { kind: 'unreadable', line });
  }

  /** The releases inside `versions` have no file that fits; `tags` are those of the wheels that they have. */
  isUnusable(name: string, versions: VersionAlternatives, tags = NO_WHEEL): void {
    this.#mark(name, versions, { kind: 'wheels', tags });
  }

  /** The metadata of the releases inside `versions` cannot be read, so that none of them can be chosen. */
  isUnreadable(name: string, versions: VersionAlternatives): void {
    this.#mark(name, versions, { kind: 'unusable' });
  }

  #mark(name: string, versions: VersionAlternatives, effect: Effect): void {
    const { name: project } = splitCandidate(name);
    for (const part of versions) this.existences.push({ project, versions: [part] });
    this.#tell(project, versions, effect);
  }

  #tell(project: string, versions: VersionAlternatives, effect: Effect): void {
    this.dependencies.push({ project, versions, effect });
  }

  /** There is no release inside `versions`; `null` stands for all: the project does not exist. */
  lacks(name: string, versions: VersionAlternatives | null): void {
    const { name: project } = splitCandidate(name);
    this.#open(project);
    if (versions === null) this.closed.set(project, []);
    else this.gaps.push({ project, versions });
  }

  /** The project's page is there, and nothing on it. */
  isEmpty(name: string): void {
    this.lacks(name, null);
    this.empty.add(splitCandidate(name).name);
  }

  /** There are releases inside `versions` and no others. */
  onlyHas(name: string, versions: VersionAlternatives): void {
    const { name: project, extras } = splitCandidate(name);
    this.closed.set(project, versions);
    for (const part of versions) this.existences.push({ project, versions: [part] });
    for (const extra of extras) this.#tell(project, versions, { kind: 'extra', name: extra });
  }

  /** A proof speaks of the releases inside `versions`. */
  speaksOf(name: string, versions: VersionAlternatives): void {
    this.terms.push({ project: splitCandidate(name).name, versions });
  }

  /** What was asked of this project cannot be had all at once. */
  clashes(name: string): void {
    this.clashing.add(splitCandidate(name).name);
  }

  /** The releases that are known of a project, newest first. */
  versionsOf(name: string): readonly Version[] {
    const releases = this.projects.get(normalizeName(name));
    return releases === undefined ? [] : newestFirst(releases).map(({ version }) => version);
  }

  /** The newest release that is known of a project; null when none is. */
  newestOf(name: string): string | null {
    return this.versionsOf(name)[0]?.text ?? null;
  }

  /** Whether anything at all is told of a project. */
  knows(name: string): boolean {
    return this.projects.has(splitCandidate(name).name);
  }

  /** Whether a release is known to need anything. */
  needsSomething(project: string, version: string): boolean {
    const { requires, requiresPython } = this.#release(project, version) ?? {};
    return (requires?.size ?? 0) > 0 || (requiresPython ?? null) !== null;
  }

  /** A release needs what another one of its project needs. */
  inherit(project: string, version: string, model: string): void {
    const from = this.#release(project, model);
    const to = this.#release(project, version);
    for (const requirement of from?.requires ?? []) to?.requires.add(requirement);
    for (const extra of from?.extras ?? []) to?.extras.add(extra);
  }

  /** Makes up what must exist, and writes releases and remaining wishes into the builder. */
  settle(builder: ManifestBuilder): void {
    new World(this, builder).build();
  }

  #mention(requirement: Requirement, versions: VersionAlternatives, source: string): void {
    const project = requirement.normalizedName;
    const extras = requirement.extras.map(normalizeName);
    this.mentions.push({ project, versions, extras, source });
    this.#open(project);
  }

  #open(project: string): Map<string, KnownRelease> {
    const known = this.projects.get(project) ?? new Map<string, KnownRelease>();
    this.projects.set(project, known);
    return known;
  }

  #release(project: string, text: string): KnownRelease | null {
    const version = parseVersion(text);
    return version.ok ? this.add(project, version.value, false) : null;
  }

  /** The release, known from now on. */
  add(project: string, version: Version, isMadeUp: boolean): KnownRelease {
    const releases = this.#open(project);
    const key = formatVersion(version);
    let release = releases.get(key);
    if (release === undefined) {
      release = makeRelease(version, isMadeUp);
      releases.set(key, release);
    }
    return release;
  }
}
