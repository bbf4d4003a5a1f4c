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

type ConflictSet = readonly ConflictItem[];

/** An excluded project takes its extras with it, unless they are included; not its groups. */
function isPossible(item: ConflictItem, { included, excluded }: ConflictSides): boolean {
  const text = itemText(item);
  if (excluded.has(text)) return false;
  return item.kind !== 'extra' || !excluded.has(item.package) || included.has(text);
}

function names(fork: SidedFork, set: ConflictSet): boolean {
  const texts = new Set(set.map(itemText));
  return fork.dependencies.some((dependency) => {
    const item = conflictItemOf(dependency.package);
    return item !== null && texts.has(itemText(item)) && isPossible(item, fork.sides);
  });
}

/** The fork with some items in and others out; null where one would be both. */
function sided(fork: SidedFork, included: ConflictSet, excluded: ConflictSet): SidedFork | null {
  const sides = {
    included: new Set([...fork.sides.included, ...included.map(itemText)]),
    excluded: new Set([...fork.sides.excluded, ...excluded.map(itemText)]),
  };
  if ([...sides.included].some((item) => sides.excluded.has(item))) return null;
  const dependencies = fork.dependencies.filter((dependency: UvDependency) => {
    const item = conflictItemOf(dependency.package);
    return item === null || isPossible(item, sides);
  });
  return { ...fork, sides, dependencies };
}

/** Divides forks that ask for a part of a set: none of it, then each part alone. */
export function divideByConflicts(
  forks: readonly SidedFork[],
  conflicts: readonly ConflictSet[],
): readonly SidedFork[] {
  let all = forks;
  for (const set of conflicts) {
    all = all.flatMap((fork) => {
      if (!names(fork, set)) return [fork];
      const possible = set.filter((item) => isPossible(item, fork.sides));
      const meetsOthers = possible.some((item) => meetsAnother(item, set, conflicts, fork.sides));
      if (possible.length < 2 && !meetsOthers) {
        const out = set.filter((item) => !possible.includes(item));
        return [sided(fork, [], out) ?? fork];
      }
      const parts = [
        sided(fork, [], set),
        ...set.map((item) =>
          sided(
            fork,
            [item],
            set.filter((other) => other !== item),
          ),
        ),
      ];
      return parts.filter((part) => part !== null);
    });
  }
  return all;
}

function meetsAnother(
  item: ConflictItem,
  set: ConflictSet,
  conflicts: readonly ConflictSet[],
  sides: ConflictSides,
): boolean {
  const text = itemText(item);
  return conflicts.some(
    (other) =>
      other !== set &&
      other.some((member) => itemText(member) === text) &&
      other.some((member) => itemText(member) !== text && isPossible(member, sides)),
  );
}
