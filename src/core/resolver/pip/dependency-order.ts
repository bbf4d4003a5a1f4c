/** Dependencies in the order of pkg_resources, which older pips read metadata with. */
import type { Requirement } from '../../packaging/requirement.ts';
import type { TargetEnvironment } from '../../packaging/target-environment.ts';
import type { PipEra } from './era.ts';

/** Whether metadata is read with pkg_resources: by releases before 22.1, and by all on Python 3.10 and older. */
export function readsLikePkgResources(era: PipEra, { python }: TargetEnvironment): boolean {
  const [major = 0, minor = 0] = python.release;
  return era.groupsByExtra || major < 3 || (major === 3 && minor < 11);
}

/** Dependencies in the order in which the engines take them. */
export interface OrderedDependencies {
  readonly dependencies: readonly Requirement[];
  /** Whether the tool's own order would change from run to run. */
  readonly isRandom: boolean;
}

/**
 * Each once: the plain ones first, then those of each extra that are not plain ones. pkg_resources keeps them in sets
 * whose order changes from run to run (`usesSets`; lists since pip 23.2, but the extras themselves still are a set); here
 * they keep the order in which metadata lists them, and the extras that of their names.
 */
export function dependenciesByExtra(
  dependencies: readonly Requirement[],
  extras: readonly string[],
  holds: (requirement: Requirement, extras: readonly string[]) => boolean,
  usesSets: boolean,
): OrderedDependencies {
  const texts = new Set<string>();
  const distinct = dependencies.filter(({ text }) => !texts.has(text) && texts.add(text));
  const plain = distinct.filter((requirement) => holds(requirement, []));
  const groups = extras.map((extra) => {
    return distinct.filter((requirement) => !plain.includes(requirement) && holds(requirement, [extra]));
  });
  const isLong = plain.length > 1 || groups.some((group) => group.length > 1);
  return { dependencies: [...plain, ...groups.flat()], isRandom: extras.length > 1 || (usesSets && isLong) };
}
