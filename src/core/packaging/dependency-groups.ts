/** Dependency groups: the table `[dependency-groups]` of pyproject.toml, and what a group asks for. PEP 735. */
import { normalizeName } from './name.ts';
import { parseRequirement, type Requirement } from './requirement.ts';

/** The table as TOML has it. Its values are lists of requirement texts and `{"include-group": name}`; any may be wrong. */
export type DependencyGroups = Readonly<Record<string, unknown>>;

/** Where something stands: the key of a group as written, and the place in its list (null: the group as a whole). */
export interface GroupPlace {
  readonly group: string;
  readonly index: number | null;
}

export interface GroupRequirement {
  readonly requirement: Requirement;
  readonly group: string;
  readonly index: number;
}

export interface DependencyGroupError {
  readonly kind:
    'duplicate' | 'missing' | 'not-a-list' | 'invalid-item' | 'invalid-requirement' | 'cycle' | 'too-many';
  /** In the words of `packaging.dependency_groups`. */
  readonly message: string;
  /** Null for a group that was asked for and is missing. */
  readonly place: GroupPlace | null;
  /** Of a cycle the names of the groups, the first again at the end; else empty. */
  readonly cycle: readonly string[];
}

export interface DependencyGroupResolution {
  /** What could be read, in order, includes in their place. What is included twice is there twice. */
  readonly requirements: readonly GroupRequirement[];
  /** All of them, not just the first. */
  readonly errors: readonly DependencyGroupError[];
}

/** Groups that include others twice double with each level; nobody means that beyond this. */
const MAX_REQUIREMENTS = 10_000;
/** Groups that include one another in a row. */
const MAX_DEPTH = 30;

/** What the named groups ask for: `packaging.dependency_groups.resolve_dependency_groups`, but recovering from errors. */
export function resolveDependencyGroups(
  groups: DependencyGroups,
  names: readonly string[],
): DependencyGroupResolution {
  const reader = new GroupReader(groups);
  const requirements = names.flatMap((name) => reader.requirementsOf(name, null, [normalizeName(name)]));
  return { requirements, errors: reader.errors };
}

class GroupReader {
  readonly errors: DependencyGroupError[] = [];
  readonly #groups: DependencyGroups;
  /** Keys as written, by normalised name. */
  readonly #keys = new Map<string, string>();
  /** Derived: of groups that have been read. */
  readonly #requirements = new Map<string, readonly GroupRequirement[]>();

  constructor(groups: DependencyGroups) {
    this.#groups = groups;
    for (const key of Object.keys(groups)) {
      const name = normalizeName(key);
      const earlier = this.#keys.get(name);
      if (earlier !== undefined) {
        const message = `Duplicate dependency group names: ${name} (${earlier}, ${key})`;
        this.#fail('duplicate', message, { group: key, index: null });
      }
      this.#keys.set(name, key);
    }
  }

  /** `place` is where the group is included; `path` holds the normalised names that lead there, its own last. */
  requirementsOf(
    name: string,
    place: GroupPlace | null,
    path: readonly string[],
  ): readonly GroupRequirement[] {
    const normalized = normalizeName(name);
    let requirements = this.#requirements.get(normalized);
    if (requirements === undefined) {
      const key = this.#keys.get(normalized);
      if (key === undefined)
        return this.#fail('missing', `Dependency group '${normalized}' not found`, place);
      requirements = this.#readGroup(key, path);
      this.#requirements.set(normalized, requirements);
    }
    return requirements;
  }

  #readGroup(key: string, path: readonly string[]): readonly GroupRequirement[] {
    const items = this.#groups[key];
    const place = { group: key, index: null };
    const quoted = `Dependency group '${normalizeName(key)}'`;
    if (typeof items === 'string')
      return this.#fail('not-a-list', `${quoted} contained a string rather than a list.`, place);
    if (!Array.isArray(items)) return this.#fail('not-a-list', `${quoted} is not a sequence type.`, place);
    const requirements = items.flatMap((item: unknown, index) =>
      typeof item === 'string'
        ? this.#readRequirement(item, key, index)
        : this.#readInclude(item, { group: key, index }, path),
    );
    if (requirements.length <= MAX_REQUIREMENTS) return requirements;
    return this.#fail('too-many', `${quoted} holds more than ${MAX_REQUIREMENTS} requirements`, place);
  }

  #readRequirement(text: string, group: string, index: number): readonly GroupRequirement[] {
    const parsed = parseRequirement(text);
    if (parsed.ok) return [{ requirement: parsed.value, group, index }];
    return this.#fail('invalid-requirement', parsed.error.message, { group, index });
  }

  #readInclude(item: unknown, place: GroupPlace, path: readonly string[]): readonly GroupRequirement[] {
    const name = includedName(item);
    if (name === null)
      return this.#fail('invalid-item', `Invalid dependency group item: ${JSON.stringify(item)}`, place);
    const normalized = normalizeName(name);
    if (path.length >= MAX_DEPTH) {
      const message = `Dependency group '${path[0]!}' includes others more than ${MAX_DEPTH} deep`;
      return this.#fail('too-many', message, place);
    }
    if (!path.includes(normalized)) return this.requirementsOf(name, place, [...path, normalized]);
    const own = path.at(-1)!;
    const reason = normalized === own ? `${own} includes itself` : `${name} -> ${own}, ${own} -> ${name}`;
    const message = `Cyclic dependency group include while resolving ${path[0]!}: ${reason}`;
    return this.#fail('cycle', message, place, [...path.slice(path.indexOf(normalized)), normalized]);
  }

  #fail(
    kind: DependencyGroupError['kind'],
    message: string,
    place: GroupPlace | null,
    cycle: readonly string[] = [],
  ): readonly [] {
    this.errors.push({ kind, message, place, cycle });
    return [];
  }
}

/** The group that an item includes; null when the item is anything but `{"include-group": text}`. */
function includedName(item: unknown): string | null {
  if (typeof item !== 'object' || item === null) return null;
  const [entry, ...others] = Object.entries(item);
  const isInclude = others.length === 0 && entry?.[0] === 'include-group' && typeof entry[1] === 'string';
  return isInclude ? (entry[1] as string) : null;
}
