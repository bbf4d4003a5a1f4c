/** A project as `uv lock` resolves it: its extras and groups are packages of their own. README.md#projects */
import { parseMarker, type Marker } from '../../packaging/marker.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import type { Version } from '../../packaging/version.ts';
import type { UvDependency } from './dependencies.ts';
import { VersionRange } from '../../packaging/version-range.ts';
import { TRUE_MARKER } from './marker-tree.ts';
import { packageOf, type UvPackage } from './package.ts';

export type ConflictKind = 'extra' | 'group' | 'project';

/** A part of a project that a declared conflict names; `name` is '' for the project itself. */
export interface ConflictItem {
  readonly package: string;
  readonly kind: ConflictKind;
  readonly name: string;
}

export interface UvMember {
  /** Normalised. */
  readonly name: string;
  readonly version: Version;
  readonly requirements: readonly Requirement[];
  /** By normalised name, in the order of declaration. */
  readonly extras: ReadonlyMap<string, readonly Requirement[]>;
  /** By normalised name; what a group includes stands in it. */
  readonly groups: ReadonlyMap<string, readonly Requirement[]>;
  readonly defaultGroups: readonly string[];
}

export interface UvProject {
  readonly member: UvMember;
  /** Sets of parts of which at most one is installed at a time. */
  readonly conflicts: readonly (readonly ConflictItem[])[];
  /** `tool.uv.environments`, as written. */
  readonly environments: readonly string[];
}

/** A group is written as an extra with a colon before it, which no extra's name has. */
export function groupKey(group: string): string {
  return `:${group}`;
}

/**
 * What a project asks for, by the extra that is being read: its own requirements without one, those of the extra with
 * the extra as a condition. Made once for a project, since the search asks for each extra in every fork.
 */
export class MemberRequirements {
  readonly #member: UvMember;
  readonly #ofExtras = new Map<string, readonly Requirement[]>();
  /** The project's own that may hold under an extra alone. */
  readonly #own: readonly Requirement[];

  /** `mayNeedExtra`: whether what stands in a requirement's place has a condition on an extra that it has not itself. */
  constructor(member: UvMember, mayNeedExtra: (requirement: Requirement) => boolean = () => false) {
    this.#member = member;
    this.#own = member.requirements.filter(
      (requirement) =>
        mayNeedExtra(requirement) || (requirement.marker !== null && namesExtra(requirement.marker)),
    );
  }

  /** Null: without any extra. */
  of(extra: string | null): readonly Requirement[] {
    if (extra === null) return this.#member.requirements;
    let known = this.#ofExtras.get(extra);
    if (known === undefined)
      this.#ofExtras.set(extra, (known = [...this.#own, ...this.#withCondition(extra)]));
    return known;
  }

  /** As the project's metadata has them. */
  requiresDist(): readonly Requirement[] {
    const { requirements, extras } = this.#member;
    return [...requirements, ...[...extras.keys()].flatMap((extra) => this.#withCondition(extra))];
  }

  /** All that the project, its extras and its groups ask for. */
  all(): readonly Requirement[] {
    return [...this.requiresDist(), ...[...this.#member.groups.values()].flat()];
  }

  #withCondition(extra: string): readonly Requirement[] {
    const condition = parseMarker(`extra == "${extra}"`);
    const list = this.#member.extras.get(extra) ?? [];
    if (!condition.ok) return list;
    const alone = condition.value;
    return list.map((requirement) => ({
      ...requirement,
      marker:
        requirement.marker === null ? alone : { kind: 'group', alternatives: [[requirement.marker, alone]] },
    }));
  }
}

export function namesExtra(marker: Marker): boolean {
  return marker.alternatives.some((atoms) =>
    atoms.some((atom) => (atom.kind === 'group' ? namesExtra(atom) : atom.variable === 'extra')),
  );
}

/** What the root asks for: the project with all of its extras, and all of its groups. Everything is locked. */
export function rootDependencies({ member, conflicts }: UvProject): readonly UvDependency[] {
  const { name } = member;
  const extras = [...member.extras.keys()].sort();
  const groups = [...member.groups.keys()].sort();
  const base: UvPackage = packageOf(name, null, TRUE_MARKER);
  const inConflict = new Set(conflicts.flat().map(itemText));
  const parts = (kind: ConflictKind, names: readonly string[]): readonly UvPackage[] => {
    const isInConflict = names.some((part) => inConflict.has(itemText({ package: name, kind, name: part })));
    const proxies = names.map((part) =>
      packageOf(name, kind === 'group' ? groupKey(part) : part, TRUE_MARKER),
    );
    return isInConflict ? [base, ...proxies] : proxies;
  };
  const wanted = [...(extras.length === 0 ? [base] : parts('extra', extras)), ...parts('group', groups)];
  return wanted.map((item) => ({
    package: item,
    range: VersionRange.FULL,
    requirement: null,
    isDirectUrl: true,
  }));
}

/** The part of a project that a package stands for, if it stands for one. */
export function conflictItemOf(item: UvPackage): ConflictItem | null {
  if (item.kind === 'root' || item.kind === 'python' || item.kind === 'marker') return null;
  const { name, extra } = item;
  if (extra === null) return { package: name, kind: 'project', name: '' };
  return extra.startsWith(':')
    ? { package: name, kind: 'group', name: extra.slice(1) }
    : { package: name, kind: 'extra', name: extra };
}

/** Names an item, and tells it from all others: `sample[cpu]`, `sample[group:dev]`, `sample`. */
export function itemText({ package: project, kind, name }: ConflictItem): string {
  if (kind === 'project') return project;
  return `${project}[${kind === 'group' ? 'group:' : ''}${name}]`;
}

/** The extra that stands for an item in markers of a lock file: `extra-6-sample-cpu`. */
export function encodedItem({ package: project, kind, name }: ConflictItem): string {
  const end = kind === 'project' ? '' : `-${name}`;
  return `${kind}-${project.length}-${project}${end}`;
}
