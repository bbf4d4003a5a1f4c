/**
 * Which requirements of a package apply: overrides put in place, markers evaluated, self-extras taken apart, each
 * followed by the user's constraints on it. README.md#order-of-dependencies
 */
import type { Marker, MarkerEnvironment } from '../../packaging/marker.ts';
import { normalizeName } from '../../packaging/name.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';
import type { WorkMeter } from './work-meter.ts';
import { evaluateTree, markerTree } from './marker-from-text.ts';

/** A requirement that applies, with what is left of its marker once extras are settled. */
export interface AppliedRequirement {
  readonly requirement: Requirement;
  /** Normalised, in order, each once. */
  readonly extras: readonly string[];
  readonly marker: MarkerTree;
}

/** Where requirements are read: in one environment, or in all that a marker allows. */
export interface RequirementScope {
  /** Null in universal mode. */
  readonly environment: MarkerEnvironment | null;
  /** Universal mode: the fork's environments, and those that the Python bound allows; each must leave something. */
  readonly allowed: readonly MarkerTree[];
}

/** The requirements of the user that are laid over all others. */
export interface UserRules {
  readonly constraints: ReadonlyMap<string, readonly Requirement[]>;
  readonly overrides: ReadonlyMap<string, readonly Requirement[]>;
  /** Projects that are dropped wherever they are asked for, after overrides. */
  readonly excludes: ReadonlySet<string>;
}

/** Requirements that are asked for by the extra that is being read, null for none. */
interface RequirementsByExtra {
  of(extra: string | null): readonly Requirement[];
}

type RequirementSource = readonly Requirement[] | RequirementsByExtra;

/** A requirement waiting for its extras: the marker that led to it holds too. */
interface OpenExtra {
  readonly extra: string;
  readonly marker: MarkerTree;
}

const REQUIREMENT_WORK = 4;

export class RequirementFlattener {
  readonly #algebra: MarkerAlgebra;
  readonly #rules: UserRules;
  readonly #meter: WorkMeter | null;
  readonly #trees = new WeakMap<Marker, MarkerTree>();
  /** By tree and extra: what is left of a marker. */
  readonly #remaining = new Map<MarkerTree, Map<string, MarkerTree>>();

  constructor(algebra: MarkerAlgebra, rules: UserRules, meter: WorkMeter | null = null) {
    this.#algebra = algebra;
    this.#meter = meter;
    this.#rules = rules;
  }

  /**
   * The requirements that apply to `project` (null for the user's own list), or to one extra of it. Requirements that
   * hold without the extra belong to the project itself and are left out there.
   */
  flatten(
    requirements: RequirementSource,
    project: string | null,
    extra: string | null,
    scope: RequirementScope,
  ): readonly AppliedRequirement[] {
    const applied = this.#applicable(requirements, extra, scope);
    if (project === null) return applied;
    return this.#withoutSelfExtras(applied, requirements, project, scope);
  }

  #withoutSelfExtras(
    applied: readonly AppliedRequirement[],
    requirements: RequirementSource,
    project: string,
    scope: RequirementScope,
  ): readonly AppliedRequirement[] {
    if (!applied.some((item) => item.requirement.normalizedName === project)) return applied;
    const all = [...applied];
    const seen = new Set<string>();
    const open: OpenExtra[] = applied.flatMap((item) => selfExtras(item, project));
    // The list grows while it is read.
    for (const current of open) {
      const key = `${current.extra}/${current.marker.id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const item of this.#applicable(requirements, current.extra, scope)) {
        const marked = { ...item, marker: this.#algebra.and(item.marker, current.marker) };
        if (item.requirement.normalizedName === project)
          for (const item of selfExtras(marked, project)) open.push(item);
        else all.push(marked);
      }
    }
    // A self-requirement with extras is replaced by what it brings; a limit that it states stays.
    const limits = all
      .filter((item) => isSelfExtra(item, project) && item.requirement.specifier.specifiers.length > 0)
      .map((item) => ({ ...item, extras: [] }));
    return [...all.filter((item) => !isSelfExtra(item, project)), ...limits];
  }

  #applicable(
    requirements: RequirementSource,
    extra: string | null,
    scope: RequirementScope,
  ): AppliedRequirement[] {
    const result: AppliedRequirement[] = [];
    const asked = 'of' in requirements ? requirements.of(extra) : requirements;
    this.#meter?.spend('requirements', REQUIREMENT_WORK * (asked.length + 1));
    for (const original of asked) {
      for (const { requirement, tree } of this.#overridden(original)) {
        if (this.#rules.excludes.has(requirement.normalizedName)) continue;
        const marker = this.#remainingMarker(tree, extra, scope);
        if (marker === null) continue;
        const applied = { requirement, extras: extrasOf(requirement), marker };
        result.push(applied, ...this.#constraintsOn(applied, scope));
      }
    }
    return result;
  }

  /**
   * What stands in place of a requirement: itself, or the user's overrides of its project. An override replaces the
   * environment part of the marker, not the extra that brings the requirement.
   */
  #overridden(original: Requirement): readonly { requirement: Requirement; tree: MarkerTree }[] {
    const overrides = this.#rules.overrides.get(original.normalizedName);
    const own = this.#tree(original.marker);
    if (overrides === undefined) return [{ requirement: original, tree: own }];
    const extras = this.#onlyExtras(own);
    this.#meter?.spend('requirements', REQUIREMENT_WORK * overrides.length);
    return overrides.map((requirement) => ({
      requirement,
      tree: this.#algebra.and(this.#tree(requirement.marker), extras),
    }));
  }

  #constraintsOn(applied: AppliedRequirement, scope: RequirementScope): AppliedRequirement[] {
    const result: AppliedRequirement[] = [];
    const limits = this.#rules.constraints.get(applied.requirement.normalizedName) ?? [];
    this.#meter?.spend('requirements', REQUIREMENT_WORK * limits.length);
    for (const constraint of limits) {
      const marker = this.#remainingMarker(this.#tree(constraint.marker), null, scope);
      if (marker === null) continue;
      const both = this.#algebra.and(marker, applied.marker);
      if (both === FALSE_MARKER || isOutside(this.#algebra, both, scope)) continue;
      result.push({ requirement: constraint, extras: [], marker: both });
    }
    return result;
  }

  /**
   * What is left of a marker when it applies in this scope, or null. What holds without the extra belongs to the
   * project itself, and holds with the extra only where it does not hold without.
   */
  #remainingMarker(tree: MarkerTree, extra: string | null, scope: RequirementScope): MarkerTree | null {
    let byExtra = this.#remaining.get(tree);
    if (byExtra === undefined) this.#remaining.set(tree, (byExtra = new Map<string, MarkerTree>()));
    const key = extra ?? '';
    let left = byExtra.get(key);
    if (left === undefined) byExtra.set(key, (left = this.#ofExtra(tree, extra)));
    if (left === FALSE_MARKER) return null;
    if (scope.environment !== null) return evaluateTree(left, scope.environment) ? left : null;
    return isOutside(this.#algebra, left, scope) ? null : left;
  }

  #ofExtra(tree: MarkerTree, extra: string | null): MarkerTree {
    const alone = this.#withExtra(tree, null);
    if (extra === null) return alone;
    return this.#algebra.and(this.#withExtra(tree, extra), this.#algebra.not(alone));
  }

  #tree(marker: Marker | null): MarkerTree {
    if (marker === null) return TRUE_MARKER;
    let tree = this.#trees.get(marker);
    if (tree === undefined) this.#trees.set(marker, (tree = markerTree(this.#algebra, marker)));
    return tree;
  }

  /** The tree when this extra, or none, is being read. */
  #withExtra(tree: MarkerTree, extra: string | null): MarkerTree {
    return this.#algebra.rewrite(tree, (node) =>
      node.variable.startsWith('extra:')
        ? node.children[node.variable === `extra:${extra ?? ''}` ? 1 : 0]!
        : null,
    );
  }

  /** What the tree asks of extras, in some environment. */
  #onlyExtras(tree: MarkerTree): MarkerTree {
    return this.#algebra.rewrite(tree, (node) =>
      node.variable.startsWith('extra:')
        ? null
        : node.children.reduce((any, child) => this.#algebra.or(any, child), FALSE_MARKER),
    );
  }
}

/** Whether a marker leaves nothing of the fork's environments, or of the Pythons. */
function isOutside(algebra: MarkerAlgebra, tree: MarkerTree, { allowed }: RequirementScope): boolean {
  return allowed.some((region) => algebra.isDisjoint(tree, region));
}

function extrasOf(requirement: Requirement): readonly string[] {
  return [...new Set(requirement.extras.map(normalizeName))];
}

function isSelfExtra(item: AppliedRequirement, project: string): boolean {
  return item.requirement.normalizedName === project && item.extras.length > 0;
}

function selfExtras(item: AppliedRequirement, project: string): OpenExtra[] {
  if (item.requirement.normalizedName !== project) return [];
  return item.extras.map((extra) => ({ extra, marker: item.marker }));
}
