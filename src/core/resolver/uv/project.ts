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

/** The requirements of a project as its metadata has them: those of extras with the extra as a condition. */
export function requiresDist({ requirements, extras }: UvMember): readonly Requirement[] {
  const ofExtras = [...extras].flatMap(([extra, list]) =>
    list.map((requirement) => ({ ...requirement, marker: withExtra(requirement.marker, extra) })),
  );
  return [...requirements, ...ofExtras];
}

/** All that the project, its extras and its groups ask for. */
export function projectRequirements(member: UvMember): readonly Requirement[] {
  return [...requiresDist(member), ...[...member.groups.values()].flat()];
}

function withExtra(marker: Marker | null, extra: string): Marker | null {
  const condition = parseMarker(`extra == "${extra}"`);
  if (!condition.ok) return marker;
  return marker === null ? condition.value : { kind: 'group', alternatives: [[marker, condition.value]] };
}

/** What the root asks for: the project with all of its extras, and all of its groups. Everything is locked. */
export function rootDependencies({ member, conflicts }: UvProject): readonly UvDependency[] {
  const { name } = member;
  const extras = [...member.extras.keys()].sort();
  const groups = [...member.groups.keys()].sort();
  const base: UvPackage = packageOf(name, null, TRUE_MARKER);
  const parts = (kind: ConflictKind, names: readonly string[]): readonly UvPackage[] => {
    const isInConflict = names.some((part) =>
      conflicts.some((set) =>
        set.some((item) => item.package === name && item.kind === kind && item.name === part),
      ),
    );
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
