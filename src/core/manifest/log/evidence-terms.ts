/** Small questions about what error texts say of candidates and requirements. */
import { normalizeName } from '../../packaging/name.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import { parseSpecifierSet, specifierSetContains, type SpecifierSet } from '../../packaging/specifier.ts';
import { compareVersions, type Version } from '../../packaging/version.ts';

/** A set of versions as the texts write it: alternatives, each a specifier set; a version is in it if in any. */
export type VersionAlternatives = readonly SpecifierSet[];

/** Somebody's requirement on a project. `source` is the asking project's normalised name, '' for the user. */
export interface Mention {
  readonly project: string;
  readonly versions: VersionAlternatives;
  readonly extras: readonly string[];
  readonly source: string;
}

/** What is told of the releases of a project inside some versions. */
export interface Dependency {
  readonly project: string;
  readonly versions: VersionAlternatives;
  readonly effect: Effect;
}

export type Effect =
  | { readonly kind: 'requires'; readonly requirement: Wish }
  | { readonly kind: 'extra'; readonly name: string }
  | { readonly kind: 'python'; readonly specifier: string }
  /** With the reason, where it is told. */
  | { readonly kind: 'yanked'; readonly reason: string | true }
  | { readonly kind: 'wheels'; readonly tags: readonly string[] }
  /** Files of one sort only, where an option forbids that sort. */
  | { readonly kind: 'files'; readonly only: 'sdist' | 'wheel' }
  /** A requirement that cannot be read, word for word. */
  | { readonly kind: 'unreadable'; readonly line: string }
  /** Metadata that no tool can read: such a release cannot be chosen. */
  | { readonly kind: 'unusable' };

/** A requirement whose versions may be alternatives, which one requirement cannot say. */
export interface Wish {
  /** `name` or `name[extra,…]`. */
  readonly subject: string;
  /** Normalised name. */
  readonly project: string;
  readonly alternatives: VersionAlternatives;
  /** `; …` or ''. */
  readonly marker: string;
}

/** A wheel that fits no interpreter of today stands for files that did not fit. */
export const NO_WHEEL: readonly string[] = ['cp26-none-any'];

/** A release that a text tells of, or that was made up. */
export interface KnownRelease {
  readonly version: Version;
  isMadeUp: boolean;
  readonly requires: Set<string>;
  readonly extras: Set<string>;
  requiresPython: string | null;
  yanked: boolean | string;
  /** Tags of the files, when none of them fits; null when nothing is told of files. */
  wheels: readonly string[] | null;
  /** Null when nothing is told of an sdist. */
  sdist: boolean | null;
}

/** A release of which nothing else is known yet. */
export function makeRelease(version: Version, isMadeUp: boolean): KnownRelease {
  return {
    version,
    isMadeUp,
    requires: new Set(),
    extras: new Set(),
    requiresPython: null,
    yanked: false,
    wheels: null,
    sdist: null,
  };
}

/** The releases of a project, newest first. */
export function newestFirst(releases: ReadonlyMap<string, KnownRelease>): KnownRelease[] {
  return [...releases.values()].sort((left, right) => compareVersions(right.version, left.version));
}

/** Whether a version is in any of the alternatives, pre-releases included. */
export function isInside(versions: VersionAlternatives, version: Version): boolean {
  return versions.some((set) => specifierSetContains(set, version, { prereleases: true }));
}

/** Whether a set is `==` this version and nothing else. */
export function isExactly(set: SpecifierSet, version: Version): boolean {
  const [only] = set.specifiers;
  return set.specifiers.length === 1 && only?.operator === '==' && only.version?.text === version.text;
}

/** `Name[a,b]` → normalised name and extras. */
export function splitCandidate(text: string): { readonly name: string; readonly extras: readonly string[] } {
  const match = /^([^[]+)(?:\[([^\]]*)\])?$/.exec(text.trim());
  const extras = (match?.[2] ?? '').split(',').map((extra) => normalizeName(extra.trim()));
  return { name: normalizeName(match?.[1] ?? text), extras: extras.filter((extra) => extra !== '') };
}

/** `Python>=3.9` is a limit of the interpreter and no project. */
export function pythonLimit(requirement: string): string | null {
  const match = /^Python\s*([<>=!~][^;]*)$/.exec(requirement.replace(/ and (?=[<>=!~])/g, ','));
  return match !== null && parseSpecifierSet(match[1]!).ok ? match[1]! : null;
}

/** A requirement of `name[extra]` belongs to the extra, unless it says so itself. */
export function withExtra(requirement: Requirement, extras: readonly string[]): string {
  if (extras.length === 0 || /\bextra\b/.test(requirement.text)) return requirement.text;
  const condition = extras.map((extra) => `extra == "${extra}"`).join(' or ');
  const [subject = '', marker] = requirement.text.split(/;(.*)/s);
  return marker === undefined
    ? `${subject} ; ${condition}`
    : `${subject.trim()} ; (${marker.trim()}) and (${condition})`;
}

/** The extras that a requirement's marker names: it was asked for through one of them. */
export function extrasOfMarker(text: string): readonly string[] {
  const marker = text.split(/;(.*)/s)[1] ?? '';
  return [...marker.matchAll(/\bextra\s*==\s*['"]([^'"]{1,100})['"]/g)].map((match) =>
    normalizeName(match[1]!),
  );
}

/** The versions of a project that somebody asks for exactly: as good as any made up, and known to the reader. */
export function pinsOf(project: string, mentions: readonly Mention[]): readonly Version[] {
  return mentions.flatMap((mention) => {
    const only = mention.versions.length === 1 ? mention.versions[0]!.specifiers : [];
    const [specifier] = only;
    const isPin = only.length === 1 && specifier?.operator === '==' && !specifier.isWildcard;
    return mention.project === project && isPin && specifier.version !== null ? [specifier.version] : [];
  });
}

/**
 * Whether every source that asks for a project would be content with the version, which would undo the conflict that is
 * told. `isClashing`: the text says that what is asked of the project cannot be had all at once.
 */
export function wouldSatisfyAll(
  project: string,
  version: Version,
  mentions: readonly Mention[],
  isClashing: boolean,
): boolean {
  const bySource = new Map<string, boolean>();
  const limitedBy = new Set<string>();
  for (const mention of mentions) {
    if (mention.project !== project) continue;
    const isContent = isInside(mention.versions, version);
    bySource.set(mention.source, (bySource.get(mention.source) ?? false) || isContent);
    if (mention.versions.some((set) => set.specifiers.length > 0)) limitedBy.add(mention.source);
  }
  if (bySource.size < 2) return isClashing;
  // A project is disputed when the text says so, or when two sources ask for it with limits.
  return [...bySource.values()].every((isContent) => isContent) && (isClashing || limitedBy.size >= 2);
}
