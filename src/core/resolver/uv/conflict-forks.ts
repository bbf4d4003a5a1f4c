/**
 * Parts of a project that exclude each other, by declaration: each combination that can be installed is a fork.
 * README.md#projects
 */
import type { UvDependency } from './dependencies.ts';
import type { Fork } from './forks.ts';
import { conflictItemOf, itemText, type ConflictItem } from './project.ts';

/** Items by their texts. */
export interface ConflictSides {
  readonly included: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
}

export const NO_SIDES: ConflictSides = { included: new Set(), excluded: new Set() };

export interface SidedFork extends Fork {
  readonly sides: ConflictSides;
}

interface ConflictDivision {
  readonly forks: readonly SidedFork[];
  /** Too many combinations: `forks` are those with one part each, and the one with none. */
  readonly isCut: boolean;
}

interface Item {
  readonly text: string;
  /** An excluded project takes its extras with it, unless they are included; not its groups. Null for all others. */
  readonly owner: string | null;
}

type ConflictSet = readonly Item[];

/**
 * Independent sets multiply: k pairs make 3^k combinations, each of which uv resolves by itself. It knows no limit; we
 * do not even list more than so many.
 */
export const MAX_COMBINATIONS = 4096;

function isPossible({ text, owner }: Item, { included, excluded }: ConflictSides): boolean {
  if (excluded.has(text)) return false;
  return owner === null || !excluded.has(owner) || included.has(text);
}

/** The sides with some items in and others out; null where one would be both. */
function sided(sides: ConflictSides, inside: ConflictSet, outside: ConflictSet): ConflictSides | null {
  const included = new Set(sides.included);
  const excluded = new Set(sides.excluded);
  for (const { text } of inside) included.add(text);
  for (const { text } of outside) excluded.add(text);
  for (const text of included) if (excluded.has(text)) return null;
  return { included, excluded };
}

function toItem(item: ConflictItem): Item {
  return { text: itemText(item), owner: item.kind === 'extra' ? item.package : null };
}

/** A set that is declared twice says nothing new. */
function distinctSets(conflicts: readonly (readonly ConflictItem[])[]): readonly ConflictSet[] {
  const sets = new Map<string, ConflictSet>();
  for (const set of conflicts) {
    const items = set.map(toItem);
    sets.set(items.map(({ text }) => text).join('\n'), items);
  }
  return [...sets.values()];
}

export class ConflictForks {
  readonly #sets: readonly ConflictSet[];
  readonly #setsOf = new Map<string, ConflictSet[]>();
  readonly #items = new Map<string, Item>();

  constructor(conflicts: readonly (readonly ConflictItem[])[]) {
    this.#sets = distinctSets(conflicts);
    for (const set of this.#sets) {
      for (const item of set) {
        this.#items.set(item.text, item);
        const known = this.#setsOf.get(item.text);
        if (known === undefined) this.#setsOf.set(item.text, [set]);
        else known.push(set);
      }
    }
  }

  /** Divides forks that ask for a part of a set: none of it, then each part alone. */
  divide(forks: readonly SidedFork[]): ConflictDivision {
    if (this.#sets.length === 0) return { forks, isCut: false };
    const all: SidedFork[] = [];
    for (const fork of forks) {
      const sides = this.#combinations(fork);
      if (sides === null || all.length + sides.length > MAX_COMBINATIONS)
        return { forks: forks.flatMap((each) => this.#oneByOne(each)), isCut: true };
      for (const side of sides) all.push(this.#withSides(fork, side));
    }
    return { forks: all, isCut: false };
  }

  /** Null where there are too many. */
  #combinations(fork: SidedFork): readonly ConflictSides[] | null {
    const asked = this.#askedBy(fork);
    let all: readonly ConflictSides[] = [fork.sides];
    for (const set of this.#sets) {
      if (!set.some(({ text }) => asked.has(text))) continue;
      all = all.flatMap((sides) => this.#divideSides(sides, set, asked));
      if (all.length > MAX_COMBINATIONS) return null;
    }
    return all;
  }

  #askedBy({ dependencies }: SidedFork): ReadonlySet<string> {
    const asked = new Set<string>();
    for (const dependency of dependencies) {
      const text = this.#itemOf(dependency)?.text;
      if (text !== undefined) asked.add(text);
    }
    return asked;
  }

  #divideSides(sides: ConflictSides, set: ConflictSet, asked: ReadonlySet<string>): readonly ConflictSides[] {
    if (!set.some((item) => asked.has(item.text) && isPossible(item, sides))) return [sides];
    const possible = set.filter((item) => isPossible(item, sides));
    if (possible.length < 2 && !possible.some((item) => this.#meetsAnother(item, set, sides))) {
      const out = set.filter((item) => !possible.includes(item));
      return [sided(sides, [], out) ?? sides];
    }
    const parts = [
      sided(sides, [], set),
      ...set.map((item) =>
        sided(
          sides,
          [item],
          set.filter((other) => other !== item),
        ),
      ),
    ];
    return parts.filter((part) => part !== null);
  }

  #meetsAnother({ text }: Item, set: ConflictSet, sides: ConflictSides): boolean {
    return this.#setsOf
      .get(text)!
      .some(
        (other) => other !== set && other.some((member) => member.text !== text && isPossible(member, sides)),
      );
  }

  /** Where all combinations are too many: each part without all others, and none of them. They are uv's forks, too. */
  #oneByOne(fork: SidedFork): readonly SidedFork[] {
    const asked = this.#askedBy(fork);
    const items = [...this.#items.values()].filter((item) => asked.has(item.text));
    const lone = items.filter((item) => isPossible(item, fork.sides)).slice(0, MAX_COMBINATIONS);
    return [null, ...lone].flatMap((item) => {
      const others = items.filter((other) => other !== item && !fork.sides.included.has(other.text));
      const sides = sided(fork.sides, item === null ? [] : [item], others);
      return sides === null ? [] : [this.#withSides(fork, sides)];
    });
  }

  #withSides(fork: SidedFork, sides: ConflictSides): SidedFork {
    if (sides === fork.sides) return fork;
    const dependencies = fork.dependencies.filter((dependency) => {
      const item = this.#itemOf(dependency);
      return item === null || isPossible(item, sides);
    });
    return { ...fork, sides, dependencies };
  }

  /** The part that a dependency asks for, if it asks for one; also of projects that no conflict names. */
  #itemOf({ package: needed }: UvDependency): Item | null {
    const item = conflictItemOf(needed);
    if (item === null) return null;
    const known = this.#items.get(itemText(item));
    return known ?? (item.kind === 'extra' && this.#items.has(item.package) ? toItem(item) : null);
  }
}
