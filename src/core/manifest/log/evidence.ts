/**
 * What an error text or a log tells of an index: who asked for what, which releases there are, what they need. From
 * it a small index is rebuilt, in which the same conflict happens. Versions that must exist but are not named are
 * made up (witness-versions.ts), and every such guess is said.
 */
import { normalizeName } from '../../packaging/name.ts';
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import type { Span } from '../../packaging/result.ts';
import { formatVersion, parseVersion, type Version } from '../../packaging/version.ts';
import {
  isExactly,
  isInside,
  makeRelease,
  newestFirst,
  NO_WHEEL,
  pinsOf,
  pythonLimit,
  splitCandidate,
  withExtra,
  wouldSatisfyAll,
  type Dependency,
  type KnownRelease,
  type Mention,
  type VersionAlternatives,
} from './evidence-terms.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';
import { witnessVersion } from './witness-versions.ts';

export class Evidence {
  readonly #projects = new Map<string, Map<string, KnownRelease>>();
  readonly #mentions: Mention[] = [];
  readonly #existences: { readonly project: string; readonly versions: VersionAlternatives }[] = [];
  readonly #dependencies: Dependency[] = [];
  readonly #gaps: { readonly project: string; readonly versions: VersionAlternatives }[] = [];
  readonly #closed = new Map<string, VersionAlternatives>();
  readonly #asked = new Set<string>();
  readonly #clashing = new Set<string>();

  /** The user asked for this. */
  ask(
    builder: ManifestBuilder,
    text: string,
    span: Span,
    role: 'requirements' | 'constraints' = 'requirements',
  ): void {
    const parsed = parseRequirement(text);
    if (!parsed.ok) {
      builder.complain('warning', 'unread-line', `Not understood: ${parsed.error.message}`, span);
      return;
    }
    const { normalizedName, specifier } = parsed.value;
    const group = role === 'constraints' ? 'constraints' : 'main';
    if (!builder.entriesOf(group).some((entry) => entry.requirement.text === parsed.value.text))
      builder.add(group, parsed.value, span);
    if (role === 'requirements') this.#asked.add(normalizedName);
    this.#mention(parsed.value, [specifier], '');
  }

  /** Whether the user is known to ask for a project. */
  isAsked(project: string): boolean {
    return this.#asked.has(project);
  }

  /** It was not the user who asked for a project. */
  forgetAsker(project: string): void {
    this.#asked.delete(project);
  }

  /** There is this release. */
  exists(
    project: string,
    version: string,
    details: { requiresPython?: string; isYanked?: boolean } = {},
  ): void {
    const release = this.#release(normalizeName(project), version);
    if (release === null) return;
    if (details.requiresPython !== undefined) release.requiresPython = details.requiresPython;
    if (details.isYanked === true) release.yanked = true;
  }

  /** A release needs something. `candidate` is `name` or `name[extra,…]`. */
  depends(candidate: string, version: string, requirement: string): void {
    const { name, extras } = splitCandidate(candidate);
    const release = this.#release(name, version);
    if (release === null) return;
    const python = pythonLimit(requirement);
    if (python !== null) {
      release.requiresPython = python;
      return;
    }
    const parsed = parseRequirement(requirement);
    if (!parsed.ok || (parsed.value.normalizedName === name && extras.length > 0)) return;
    for (const extra of extras) release.extras.add(extra);
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
    this.#existences.push({ project, versions });
    const requires = withExtra(requirement, extras);
    this.#dependencies.push({ project, versions, requires });
    for (const extra of extras) this.#dependencies.push({ project, versions, requires: `+${extra}` });
    this.#mention(requirement, alternatives, project);
  }

  /** A release inside `versions` runs only on some Pythons. */
  needsPython(name: string, versions: VersionAlternatives, requiresPython: string): void {
    const { name: project } = splitCandidate(name);
    this.#existences.push({ project, versions });
    this.#dependencies.push({ project, versions, requires: `python${requiresPython}` });
  }

  /** The releases inside `versions` were withdrawn. */
  isYanked(name: string, versions: VersionAlternatives): void {
    this.#mark(name, versions, '!yanked');
  }

  /** The releases inside `versions` have no file that fits; `wheels` are the tags of those that they have. */
  isUnusable(name: string, versions: VersionAlternatives, wheels = NO_WHEEL): void {
    this.#mark(name, versions, `!wheels ${wheels.join()}`);
  }

  #mark(name: string, versions: VersionAlternatives, requires: string): void {
    const { name: project } = splitCandidate(name);
    for (const part of versions) this.#existences.push({ project, versions: [part] });
    this.#dependencies.push({ project, versions, requires });
  }

  /** There is no release inside `versions`; `null` stands for all: the project does not exist. */
  lacks(name: string, versions: VersionAlternatives | null): void {
    const project = normalizeName(name);
    if (!this.#projects.has(project)) this.#projects.set(project, new Map());
    if (versions === null) this.#closed.set(project, []);
    else this.#gaps.push({ project, versions });
  }

  /** There are releases inside `versions` and no others. */
  onlyHas(name: string, versions: VersionAlternatives): void {
    const project = normalizeName(name);
    this.#closed.set(project, versions);
    for (const part of versions) this.#existences.push({ project, versions: [part] });
  }

  /** What was asked of this project cannot be had all at once. */
  clashes(name: string): void {
    this.#clashing.add(normalizeName(name));
  }

  /** The releases that are known of a project, newest first. */
  versionsOf(name: string): readonly Version[] {
    const releases = this.#projects.get(normalizeName(name));
    return releases === undefined ? [] : newestFirst(releases).map(({ version }) => version);
  }

  /** The newest release that is known of a project; null when none is. */
  newestOf(name: string): string | null {
    return this.versionsOf(name)[0]?.text ?? null;
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
    for (const { project, versions } of this.#existences) this.#witness(builder, project, versions, false);
    for (const mention of this.#mentions) this.#witness(builder, mention.project, mention.versions, true);
    this.#spreadDependencies();
    this.#askForOrphans(builder);
    for (const [project, releases] of this.#projects) {
      if (releases.size === 0) builder.noRelease(project);
      for (const release of newestFirst(releases)) this.#writeRelease(builder, project, release);
    }
  }

  #mention(requirement: Requirement, versions: VersionAlternatives, source: string): void {
    const project = requirement.normalizedName;
    const extras = requirement.extras.map(normalizeName);
    this.#mentions.push({ project, versions, extras, source });
    if (!this.#projects.has(project)) this.#projects.set(project, new Map());
  }

  #release(project: string, text: string): KnownRelease | null {
    const version = parseVersion(text);
    if (!version.ok) return null;
    return this.#add(project, version.value, false);
  }

  #add(project: string, version: Version, isMadeUp: boolean): KnownRelease {
    const releases = this.#projects.get(project) ?? new Map<string, KnownRelease>();
    this.#projects.set(project, releases);
    const key = formatVersion(version);
    let release = releases.get(key);
    if (release === undefined) {
      release = makeRelease(version, isMadeUp);
      releases.set(key, release);
    }
    return release;
  }

  /** Makes up a version inside `versions` unless one is known, none can be, or it would undo the told conflict. */
  #witness(builder: ManifestBuilder, project: string, versions: VersionAlternatives, isWish: boolean): void {
    const known = [...(this.#projects.get(project)?.values() ?? [])];
    if (known.some((release) => isInside(versions, release.version))) return;
    const isPossible = (version: Version): boolean => {
      const closed = this.#closed.get(project);
      if (closed !== undefined && !isInside(closed, version)) return false;
      if (this.#gaps.some((gap) => gap.project === project && isInside(gap.versions, version))) return false;
      return !isWish || !wouldSatisfyAll(project, version, this.#mentions, this.#clashing.has(project));
    };
    const pinned = isWish
      ? undefined
      : pinsOf(project, this.#mentions).find((pin) => isInside(versions, pin));
    const witness =
      pinned !== undefined && isPossible(pinned) ? pinned : witnessVersion(versions, isPossible);
    if (witness === null) {
      if (isWish && !this.#closed.has(project) && this.#clashing.has(project))
        builder.guess(`No release of \`${project}\` between the wishes is told of; none is taken to exist.`);
      return;
    }
    const isNamed = !isWish && versions.some((set) => isExactly(set, witness));
    this.#add(project, witness, !isNamed);
    if (isNamed) return;
    const wish = versions.map((set) => set.text).join(' or ');
    builder.guess(
      `\`${project}\` ${formatVersion(witness)} is made up: the text tells only ${wish === '' ? 'its name' : `of \`${wish}\``}.`,
    );
  }

  #spreadDependencies(): void {
    for (const { project, versions, requires } of this.#dependencies)
      for (const release of this.#projects.get(project)?.values() ?? []) {
        if (!isInside(versions, release.version)) continue;
        if (requires.startsWith('+')) release.extras.add(requires.slice(1));
        else if (requires === '!yanked') release.yanked = true;
        else if (requires.startsWith('!wheels ')) release.wheels = requires.slice(8).split(',');
        else if (/^python[^a-z]/.test(requires)) release.requiresPython = requires.slice(6);
        else release.requires.add(requires);
      }
  }

  /** Projects, or extras of them, that nobody asks for although they need something: the user is taken to. */
  #askForOrphans(builder: ManifestBuilder): void {
    const wanted = new Map<string, Set<string>>();
    for (const { project, source, extras } of this.#mentions) {
      if (source === '' && !this.#asked.has(project)) continue;
      const known = wanted.get(project) ?? new Set();
      wanted.set(project, known);
      for (const extra of extras) known.add(extra);
    }
    for (const [project, releases] of this.#projects) {
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
      builder.addOnce('main', parsed.value, { start: 0, end: 1 });
      builder.guess(`The text does not say who asks for \`${text}\`; it is taken as asked for by you.`);
    }
  }

  #writeRelease(builder: ManifestBuilder, project: string, release: KnownRelease): void {
    builder.release(project, formatVersion(release.version), {
      requires: [...release.requires],
      ...(release.extras.size > 0 ? { extras: [...release.extras] } : {}),
      ...(release.requiresPython === null ? {} : { requires_python: release.requiresPython }),
      ...(release.yanked ? { yanked: true } : {}),
      ...(release.wheels === null ? {} : { wheels: release.wheels, sdist: false }),
    });
    if (release.requires.size === 0 && !release.isMadeUp)
      builder.guess('Releases whose dependencies are not in the text are taken to need nothing.');
  }
}
