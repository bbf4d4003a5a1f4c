/**
 * Which requirements of a package apply: overrides put in place, markers evaluated, self-extras taken apart, each
 * followed by the user's constraints on it. README.md#order-of-dependencies
 */
import { evaluateMarker, type Marker, type MarkerEnvironment } from '../../packaging/marker.ts';
import { normalizeName } from '../../packaging/name.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';
import { markerTree } from './marker-from-text.ts';

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

/** A requirement waiting for its extras: the marker that led to it holds too. */
interface OpenExtra {
  readonly extra: string;
  readonly marker: MarkerTree;
}

export class RequirementFlattener {
  readonly #algebra: MarkerAlgebra;
  readonly #rules: UserRules;
  readonly #trees = new WeakMap<Marker, MarkerTree>();
  readonly #settledMarkers = new WeakMap<Marker, Map<string, MarkerTree | null>>();

  constructor(algebra: MarkerAlgebra, rules: UserRules) {
    this.#algebra = algebra;
    this.#rules = rules;
  }

  /**
   * The requirements that apply to `project` (null for the user's own list), or to one extra of it. Requirements that
   * hold without the extra belong to the project itself and are left out there.
   */
  flatten(
    requirements: readonly Requirement[],
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
    requirements: readonly Requirement[],
    project: string,
    scope: RequirementScope,
  ): readonly AppliedRequirement[] {
    if (!applied.some((item) => item.requirement.normalizedName === project)) return applied;
    const all = [...applied];
    const seen = new Set<string>();
    const open: OpenExtra[] = applied.flatMap((item) => selfExtras(item, project));
    for (let current = open.shift(); current !== undefined; current = open.shift()) {
      const key = `${current.extra}/${current.marker.id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const item of this.#applicable(requirements, current.extra, scope)) {
        const marked = { ...item, marker: this.#algebra.and(item.marker, current.marker) };
        if (item.requirement.normalizedName === project) open.push(...selfExtras(marked, project));
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
    requirements: readonly Requirement[],
    extra: string | null,
    scope: RequirementScope,
  ): AppliedRequirement[] {
    const result: AppliedRequirement[] = [];
    for (const original of requirements) {
      for (const requirement of this.#overridden(original, extra)) {
        if (this.#rules.excludes.has(requirement.normalizedName)) continue;
        const marker = this.#remainingMarker(requirement, extra, scope);
        if (marker === null) continue;
        const applied = { requirement, extras: extrasOf(requirement), marker };
        result.push(applied, ...this.#constraintsOn(applied, scope));
      }
    }
    return result;
  }

  /** What stands in place of a requirement: itself, or the user's overrides of its project. */
  #overridden(original: Requirement, extra: string | null): readonly Requirement[] {
    const overrides = this.#rules.overrides.get(original.normalizedName);
    if (overrides === undefined) return [original];
    const tree = this.#tree(original.marker);
    // An override replaces the environment part of the marker, not the extra that brings the requirement.
    return this.#needsExtra(tree)
      ? this.#withExtra(tree, extra) === FALSE_MARKER
        ? []
        : overrides
      : overrides;
  }

  #constraintsOn(applied: AppliedRequirement, scope: RequirementScope): AppliedRequirement[] {
    const result: AppliedRequirement[] = [];
    for (const constraint of this.#rules.constraints.get(applied.requirement.normalizedName) ?? []) {
      const marker = this.#remainingMarker(constraint, null, scope);
      if (marker === null) continue;
      const both = this.#algebra.and(marker, applied.marker);
      if (both !== FALSE_MARKER) result.push({ requirement: constraint, extras: [], marker: both });
    }
    return result;
  }

  /** What is left of the marker when it applies in this scope, or null. */
  #remainingMarker(
    requirement: Requirement,
    extra: string | null,
    scope: RequirementScope,
  ): MarkerTree | null {
    const { marker } = requirement;
    if (marker === null) return extra === null ? TRUE_MARKER : null;
    if (scope.environment !== null) return this.#settled(marker, extra, scope.environment);
    const tree = this.#tree(marker);
    const settled = this.#withExtra(tree, extra);
    if (extra !== null && this.#algebra.implies(settled, this.#withExtra(tree, null))) return null;
    const isExcluded = scope.allowed.some((allowed) => this.#algebra.isDisjoint(settled, allowed));
    return isExcluded ? null : this.#withoutExtras(tree);
  }

  /** One environment: versions of a project repeat each other's markers, so each is evaluated once. */
  #settled(marker: Marker, extra: string | null, environment: MarkerEnvironment): MarkerTree | null {
    let byExtra = this.#settledMarkers.get(marker);
    if (byExtra === undefined)
      this.#settledMarkers.set(marker, (byExtra = new Map<string, MarkerTree | null>()));
    const key = extra ?? '';
    let tree = byExtra.get(key);
    if (tree === undefined) {
      const holdsAlone = evaluateMarker(marker, environment, '');
      const applies = extra === null ? holdsAlone : !holdsAlone && evaluateMarker(marker, environment, extra);
      byExtra.set(key, (tree = applies ? this.#withoutExtras(this.#tree(marker)) : null));
    }
    return tree;
  }

  #tree(marker: Marker | null): MarkerTree {
    if (marker === null) return TRUE_MARKER;
    let tree = this.#trees.get(marker);
    if (tree === undefined) this.#trees.set(marker, (tree = markerTree(this.#algebra, marker)));
    return tree;
  }

  #needsExtra(tree: MarkerTree): boolean {
    return this.#withExtra(tree, null) === FALSE_MARKER && tree !== FALSE_MARKER;
  }

  /** The tree when this extra, or none, is being read. */
  #withExtra(tree: MarkerTree, extra: string | null): MarkerTree {
    return this.#algebra.rewrite(tree, (node) =>
      node.variable.startsWith('extra:')
        ? node.children[node.variable === `extra:${extra ?? ''}` ? 1 : 0]!
        : null,
    );
  }

  /** The tree when every extra is being read: extras are tracked as packages instead. */
  #withoutExtras(tree: MarkerTree): MarkerTree {
    return this.#algebra.rewrite(tree, (node) =>
      node.variable.startsWith('extra:') ? node.children[1]! : null,
    );
  }
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
