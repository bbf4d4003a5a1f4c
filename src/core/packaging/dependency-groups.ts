/** Dependency groups: the table `[dependency-groups]` of pyproject.toml, and what a group asks for. PEP 735. */
import { normalizeName } from './name.ts';
import { parseRequirement, type Requirement } from './requirement.ts';
import { type Result, success } from './result.ts';

/** The table as TOML has it. Its values are lists of requirement texts and `{"include-group": name}`; any may be wrong. */
export type DependencyGroups = Readonly<Record<string, unknown>>;

export interface GroupRequirement {
  readonly requirement: Requirement;
  /** Key of the group in whose list it stands, and its place there. */
  readonly group: string;
  readonly index: number;
}

export interface DependencyGroupError {
  readonly kind: 'duplicate' | 'missing' | 'not-a-list' | 'invalid-item' | 'invalid-requirement' | 'cycle';
  /** In the words of `packaging.dependency_groups`. */
  readonly message: string;
  /** Key of the group where the error stands; null when it stands in no group. */
  readonly group: string | null;
  /** Place in that group's list; null when it concerns the group as a whole. */
  readonly index: number | null;
}

/**
 * What the named groups ask for, in order, includes in their place. A group included twice is there twice. All errors
 * are found, not just the first: a name that is missing, an item that is neither text nor include, a cycle.
 */
export function resolveDependencyGroups(
  groups: DependencyGroups,
  names: readonly string[],
): Result<readonly GroupRequirement[], readonly DependencyGroupError[]> {
  const resolution = new GroupResolution(groups);
  const requirements = names.flatMap((name) => resolution.requirementsOf(name, name, []));
  const { errors } = resolution;
  return errors.length > 0 ? { ok: false, error: errors } : success(requirements);
}

class GroupResolution {
  readonly errors: DependencyGroupError[] = [];
  readonly #groups: DependencyGroups;
  readonly #keys = new Map<string, string>();
  /** Derived: of groups that have been read without an error. */
  readonly #resolved = new Map<string, readonly GroupRequirement[]>();

  constructor(groups: DependencyGroups) {
    this.#groups = groups;
    for (const key of Object.keys(groups)) {
      const name = normalizeName(key);
      const earlier = this.#keys.get(name);
      if (earlier !== undefined)
        this.#fail('duplicate', `Duplicate dependency group names: ${name} (${earlier}, ${key})`, key, null);
      this.#keys.set(name, key);
    }
  }

  /** `path` holds the normalised names of the groups that led here, outermost first. */
  requirementsOf(name: string, requested: string, path: readonly string[]): readonly GroupRequirement[] {
    const normalized = normalizeName(name);
    const known = this.#resolved.get(normalized);
    if (known !== undefined) return known;
    const key = this.#keys.get(normalized);
    if (key === undefined) {
      const message = `Dependency group '${normalized}' not found`;
      return this.#fail('missing', message, path.at(-1) ?? null, null);
    }
    const items = this.#groups[key];
    if (!Array.isArray(items)) {
      const what =
        typeof items === 'string' ? 'contained a string rather than a list.' : 'is not a sequence type.';
      return this.#fail('not-a-list', `Dependency group '${normalized}' ${what}`, key, null);
    }
    const errorCount = this.errors.length;
    const requirements = items.flatMap((item: unknown, index) =>
      typeof item === 'string'
        ? this.#requirement(item, key, index)
        : this.#included(item, key, index, requested, [...path, normalized]),
    );
    if (this.errors.length === errorCount) this.#resolved.set(normalized, requirements);
    return requirements;
  }

  #requirement(text: string, group: string, index: number): readonly GroupRequirement[] {
    const parsed = parseRequirement(text);
    if (parsed.ok) return [{ requirement: parsed.value, group, index }];
    return this.#fail('invalid-requirement', parsed.error.message, group, index);
  }

  #included(
    item: unknown,
    group: string,
    index: number,
    requested: string,
    path: readonly string[],
  ): readonly GroupRequirement[] {
    const name = includedName(item);
    if (name === null)
      return this.#fail(
        'invalid-item',
        `Invalid dependency group item: ${JSON.stringify(item)}`,
        group,
        index,
      );
    if (!path.includes(normalizeName(name))) return this.requirementsOf(name, requested, path);
    const own = path.at(-1) ?? group;
    const reason =
      normalizeName(name) === own ? `${own} includes itself` : `${name} -> ${own}, ${own} -> ${name}`;
    const message = `Cyclic dependency group include while resolving ${normalizeName(requested)}: ${reason}`;
    return this.#fail('cycle', message, group, index);
  }

  #fail(
    kind: DependencyGroupError['kind'],
    message: string,
    group: string | null,
    index: number | null,
  ): readonly [] {
    this.errors.push({ kind, message, group, index });
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
