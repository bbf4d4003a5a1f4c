/** A lock as uv writes it: packages in order, with their conditions; and what `uv export` and `uv pip compile` print. */
import { assumeItems } from './lock-conflicts.ts';
import { pushReach, simplified, type LockEdge, type LockNode, type UvLock } from './lock-graph.ts';
import { versionTree, evaluateTree } from './marker-from-text.ts';
import { markerText } from './marker-text.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerTree } from './marker-tree.ts';
import { withoutItems } from './lock-conflicts.ts';
import { encodedItem, groupKey, itemText, type UvProject } from './project.ts';
import type { MarkerEnvironment } from '../../packaging/marker.ts';
import { compareVersions } from '../../packaging/version.ts';
import { versionOf } from '../../packaging/version-cut.ts';

export interface LockedDependency {
  readonly name: string;
  /** Only where the name is locked more than once. */
  readonly version?: string;
  readonly extra?: readonly string[];
  readonly marker?: string;
}

/** The fields of a `[[package]]` of `uv.lock`. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly 'resolution-markers'?: readonly string[];
  readonly dependencies?: readonly LockedDependency[];
  readonly 'optional-dependencies'?: Readonly<Record<string, readonly LockedDependency[]>>;
  readonly 'dev-dependencies'?: Readonly<Record<string, readonly LockedDependency[]>>;
}

export interface LockDocument {
  readonly requires_python: string;
  readonly resolution_markers: readonly string[];
  readonly packages: readonly LockedPackage[];
}

interface Writer {
  readonly lock: UvLock;
  readonly versions: ReadonlyMap<string, ReadonlySet<string>>;
  readonly outgoing: ReadonlyMap<LockNode | null, readonly LockEdge[]>;
  readonly all: MarkerTree;
}

function groupBy<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const known = groups.get(key);
    if (known) known.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/**
 * The texts of forks' markers, without those that are always true: of the forks' environments alone where these are
 * disjoint, else with the parts of the project that they are for.
 */
function forkTexts(lock: UvLock, forks: UvLock['forks']): readonly string[] {
  const { algebra } = lock;
  const plain = [...new Set(forks.map(({ marker }) => simplified(lock, marker)))];
  const areDisjoint = plain.every((one, place) =>
    plain.slice(place + 1).every((other) => algebra.isDisjoint(one, other)),
  );
  const shown = areDisjoint ? plain : forks.map(({ sided }) => simplified(lock, sided));
  return shown.flatMap((tree) => markerText(tree) ?? []);
}

export function lockDocument(lock: UvLock): LockDocument {
  const { algebra, nodes, edges, forks, python } = lock;
  const bases = nodes.filter(({ part }) => part === null);
  const versions = new Map<string, Set<string>>();
  for (const { name, version } of bases) {
    const known = versions.get(name);
    if (known) known.add(version.text);
    else versions.set(name, new Set([version.text]));
  }
  const all = simplified(
    lock,
    forks.reduce((any, { marker }) => algebra.or(any, marker), FALSE_MARKER),
  );
  const outgoing = groupBy(edges, ({ from }) => from);
  const writer: Writer = { lock, versions, outgoing, all };
  const parts = groupBy(
    nodes.filter(({ part }) => part !== null),
    ({ name, version }) => `${name}|${version.text}`,
  );
  return {
    requires_python: python.targetText,
    resolution_markers: forkTexts(lock, forks),
    packages: bases.map((node) =>
      lockedPackage(writer, node, parts.get(`${node.name}|${node.version.text}`) ?? []),
    ),
  };
}

function lockedPackage(writer: Writer, node: LockNode, parts: readonly LockNode[]): LockedPackage {
  const { lock, versions } = writer;
  const markers =
    versions.get(node.name)!.size > 1
      ? forkTexts(
          lock,
          lock.forks.filter(({ sided }) => !lock.algebra.isDisjoint(sided, node.reach)),
        )
      : [];
  const dependencies = dependenciesOf(writer, node);
  const tables = (isGroup: boolean): Readonly<Record<string, readonly LockedDependency[]>> => {
    const own = parts.filter(({ part }) => part!.startsWith(':') === isGroup);
    const entries = own
      .map((part) => [part.part!.replace(/^:/u, ''), dependenciesOf(writer, part)] as const)
      .filter(([, list]) => list.length > 0);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const optional = tables(false);
  const groups = tables(true);
  return {
    name: node.name,
    version: node.version.text,
    ...(markers.length === 0 ? {} : { 'resolution-markers': markers }),
    ...(dependencies.length === 0 ? {} : { dependencies }),
    ...(Object.keys(optional).length === 0 ? {} : { 'optional-dependencies': optional }),
    ...(Object.keys(groups).length === 0 ? {} : { 'dev-dependencies': groups }),
  };
}

function dependenciesOf(writer: Writer, node: LockNode): readonly LockedDependency[] {
  const { lock, versions, all, outgoing } = writer;
  const { algebra } = lock;
  const reach = simplified(lock, withoutItems(algebra, node.reach));
  const entries = new Map<string, { to: LockNode; extras: string[]; marker: string | null }>();
  for (const { to, marker } of outgoing.get(node) ?? []) {
    const own = simplified(lock, marker);
    const shown = markerText(algebra.restrict(algebra.restrict(own, reach), all));
    const key = `${to.name}|${to.version.text}|${shown ?? ''}`;
    const entry = entries.get(key) ?? { to, extras: [], marker: shown };
    // An extra that brings nothing is not in the lock.
    if (to.part !== null && (outgoing.get(to) ?? []).length > 0) entry.extras.push(to.part);
    entries.set(key, entry);
  }
  return [...entries.values()]
    .map(({ to, extras, marker }) => ({
      name: to.name,
      ...(versions.get(to.name)!.size > 1 ? { version: to.version.text } : {}),
      ...(extras.length === 0 ? {} : { extra: extras.toSorted() }),
      ...(marker === null ? {} : { marker }),
    }))
    .sort((a, b) => order(a, b));
}

/** By name, version, extras, marker. */
function order(a: LockedDependency, b: LockedDependency): number {
  if (a.name === b.name && a.version !== undefined && b.version !== undefined && a.version !== b.version)
    return compareVersions(versionOf(a.version), versionOf(b.version));
  const keys = (dependency: LockedDependency): readonly string[] => [
    dependency.name,
    (dependency.extra ?? []).join(),
    dependency.marker ?? '',
  ];
  const [left, right] = [keys(a), keys(b)];
  for (const [index, text] of left.entries()) {
    if (text !== right[index]!) return text < right[index]! ? -1 : 1;
  }
  return 0;
}

/** What is installed of a project: all of its extras or none, and its default groups. */
export interface ExportChoice {
  readonly project: UvProject;
  readonly allExtras: boolean;
}

/**
 * Where each version is installed when these parts of the project are; null where some of them exclude each other.
 * Nodes without a part, in order, the project itself left out.
 */
export function installedWhere(
  lock: UvLock,
  { project, allExtras }: ExportChoice,
): readonly { readonly node: LockNode; readonly marker: MarkerTree }[] | null {
  const { algebra, nodes, edges, forks, python } = lock;
  const { member, conflicts } = project;
  const groups = member.defaultGroups.map(groupKey);
  const extras = allExtras ? [...member.extras.keys()] : [];
  const chosen = new Set<string | null>([null, ...extras, ...groups]);
  const active = new Set(
    conflicts
      .flat()
      .filter(({ package: owner, kind, name }) => {
        return (
          owner === member.name &&
          chosen.has(kind === 'project' ? null : kind === 'group' ? `:${name}` : name)
        );
      })
      .map(itemText),
  );
  if (conflicts.some((set) => set.filter((item) => active.has(itemText(item))).length > 1)) return null;
  const activeVariables = new Set(
    conflicts
      .flat()
      .filter((item) => active.has(itemText(item)))
      .map((item) => `extra:${encodedItem(item)}`),
  );
  const settle = (tree: MarkerTree): MarkerTree =>
    assumeItems(algebra, tree, (variable) => activeVariables.has(variable));
  const isRoot = ({ from, to }: LockEdge): boolean => from === null && to.name === member.name;
  const copies = new Map(nodes.map((node) => [node, { ...node }]));
  const own = edges
    .filter((edge) => !isRoot(edge) || chosen.has(edge.to.part))
    .map(({ from, to, marker }) => ({
      from: from === null ? null : copies.get(from)!,
      to: copies.get(to)!,
      marker: settle(marker),
    }));
  const pythonMarker = versionTree(algebra, 'python_full_version', python.target);
  const start = algebra.and(
    forks.reduce((any, { marker }) => algebra.or(any, marker), FALSE_MARKER),
    pythonMarker,
  );
  const held = [...copies.values()];
  const base = held.find((node) => node.name === member.name && node.part === null);
  if (base !== undefined && !own.some((edge) => edge.from === null && edge.to === base))
    own.push({ from: null, to: base, marker: TRUE_MARKER });
  pushReach(algebra, held, own, start);
  return held
    .filter((node) => node.part === null && node.name !== member.name && node.reach !== FALSE_MARKER)
    .map((node) => ({ node, marker: simplified(lock, node.reach) }));
}

/** The lines of `uv export --frozen --no-hashes --no-header --no-annotate --no-emit-project --all-extras`. */
export function exportLines(lock: UvLock, project: UvProject): readonly string[] {
  return (installedWhere(lock, { project, allExtras: true }) ?? []).map(({ node, marker }) => {
    const text = markerText(marker);
    return `${node.name}==${node.version.text}${text === null ? '' : ` ; ${text}`}`;
  });
}

/** Versions that one environment would install, by name: without extras, with default groups. */
export function pinsIn(
  lock: UvLock,
  project: UvProject,
  environment: MarkerEnvironment,
): ReadonlyMap<string, string> {
  const installed = installedWhere(lock, { project, allExtras: false }) ?? [];
  return new Map(
    installed
      .filter(({ marker }) => evaluateTree(marker, environment))
      .map(({ node }) => [node.name, node.version.text]),
  );
}
