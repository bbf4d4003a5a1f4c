/** A group of dependencies: standard lines, Poetry's own tables, and groups that it includes. */
import { intersect } from '../constraint/operations.ts';
import type { PoetryDependency } from '../dependency.ts';
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import { extrasMarker } from '../provider/complete-package.ts';
import { InvalidProject } from './table-dependency.ts';

export class DependencyGroup {
  readonly name: string;
  /** From `[project]` or `[dependency-groups]`. */
  readonly listed: PoetryDependency[] = [];
  /** From `[tool.poetry]`. */
  readonly poetry: PoetryDependency[] = [];
  readonly includes: DependencyGroup[] = [];

  constructor(name: string) {
    this.name = name;
  }

  include(other: DependencyGroup): void {
    if (other === this || other.#reaches(this))
      throw new InvalidProject(`Cyclic dependency group include: ${this.name} -> ${other.name}`);
    this.includes.push(other);
  }

  #reaches(wanted: DependencyGroup): boolean {
    return this.includes.some((group) => group === wanted || group.#reaches(wanted));
  }

  /** What is locked for the group: standard lines, with what Poetry's tables add to them, then those it includes. */
  forLocking(algebra: MarkerAlgebra): readonly PoetryDependency[] {
    const included = this.includes.flatMap((group) =>
      group.forLocking(algebra).map((dependency) => {
        const copy = dependency.clone();
        copy.groups = [this.name];
        return copy;
      }),
    );
    return [...this.#own(algebra), ...included];
  }

  #own(algebra: MarkerAlgebra): readonly PoetryDependency[] {
    if (this.listed.length === 0) return this.poetry;
    return this.listed.flatMap((dependency) => {
      const additions = this.poetry.filter(({ name }) => name === dependency.name);
      const enriched = additions.flatMap((addition) => enrich(algebra, dependency, addition) ?? []);
      return enriched.length === 0 ? [dependency] : enriched;
    });
  }
}

/** A line with what a table says besides; null where the two never hold together. */
function enrich(
  algebra: MarkerAlgebra,
  dependency: PoetryDependency,
  addition: PoetryDependency,
): PoetryDependency | null {
  const { inExtras } = dependency;
  const own =
    inExtras.length === 0
      ? dependency.marker
      : algebra.and(dependency.marker, extrasMarker(algebra, inExtras));
  const marker = algebra.and(own, addition.marker);
  if (marker === algebra.empty) return null;
  const enriched = dependency.withConstraint(intersect(dependency.constraint, addition.constraint));
  enriched.setMarker(algebra, marker);
  enriched.allowsPrereleases = addition.allowsPrereleases ?? dependency.allowsPrereleases;
  return enriched;
}
