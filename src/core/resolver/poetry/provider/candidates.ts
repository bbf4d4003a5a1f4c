/**
 * Candidates of a dependency during a run: lists that only narrow while the search goes down, and come back when it goes
 * back. poetry 2.5, `DependencyCache` of `mixology/version_solver.py`. All extras of a project share its lists.
 */
import { allows } from '../constraint/constraint.ts';
import { constraintText } from '../constraint/constraint-text.ts';
import type { PoetryDependency } from '../dependency.ts';
import type { Release, Repository } from '../repository.ts';

/** A version, with the wish that it was found for, which all candidates of one look into the index share. */
export interface Candidate {
  readonly release: Release;
  readonly holder: PoetryDependency;
}

const REMEMBERED = 128;
const NO_EXTRAS = { extras: [], writtenExtras: [] };

export class Candidates {
  readonly #repository: Repository;
  /** By project: the lists of the levels. */
  readonly #lists = new Map<string, (readonly Candidate[])[]>();
  readonly #projectsByLevel = new Map<number, string[]>();
  /** Least recently used first. */
  readonly #memo = new Map<string, readonly Candidate[]>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** Versions that a dependency can still have, best first. */
  search(dependency: PoetryDependency, level: number): readonly Candidate[] {
    const { name } = dependency;
    const found = this.#remembered(dependency);
    const lists = this.#listsOf(name);
    if (lists.at(-1) !== found) {
      lists.push(found);
      const projects = this.#projectsByLevel.get(level);
      if (projects === undefined) this.#projectsByLevel.set(level, [name]);
      else projects.push(name);
    }
    if (dependency.extras.length === 0 || found.length === 0) return found;
    const holder = found[0]!.holder.withExtrasOf(dependency);
    return found.map(({ release }) => ({ release, holder }));
  }

  /** Forgets what was found at a level. Levels are cleared from the highest down. */
  clearLevel(level: number): void {
    const projects = this.#projectsByLevel.get(level);
    if (projects === undefined) return;
    this.#projectsByLevel.delete(level);
    this.#memo.clear();
    for (const name of projects) this.#listsOf(name).pop();
  }

  #remembered(dependency: PoetryDependency): readonly Candidate[] {
    const key = `${dependency.name} ${constraintText(dependency.constraint)}`;
    let found = this.#memo.get(key);
    if (found !== undefined) this.#memo.delete(key);
    found ??= this.#narrowed(dependency);
    this.#memo.set(key, found);
    if (this.#memo.size > REMEMBERED) this.#memo.delete(this.#memo.keys().next().value!);
    return found;
  }

  #narrowed(dependency: PoetryDependency): readonly Candidate[] {
    const current = this.#listsOf(dependency.name).at(-1);
    const left = current?.filter(({ release }) => allows(dependency.constraint, release.version)) ?? [];
    if (left.length > 0) return left;
    const holder = dependency.extras.length > 0 ? dependency.withExtrasOf(NO_EXTRAS) : dependency;
    return this.#repository.find(dependency).map((release) => ({ release, holder }));
  }

  #listsOf(name: string): (readonly Candidate[])[] {
    let lists = this.#lists.get(name);
    if (lists === undefined) this.#lists.set(name, (lists = []));
    return lists;
  }
}
