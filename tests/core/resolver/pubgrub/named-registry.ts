/** A tiny builder for worked examples: packages by name, versions by number, dependencies as `name lowest-highest`. */
import { derivationTree } from '../../../../src/core/resolver/pubgrub/derivation-tree.ts';
import type { Incompatibility } from '../../../../src/core/resolver/pubgrub/incompatibility.ts';
import {
  highestInteger,
  integer,
  INTEGER_SETS,
  integersFromRuns,
  type IntegerSet,
} from '../../../../src/core/resolver/pubgrub/integer-sets.ts';
import { solve } from '../../../../src/core/resolver/pubgrub/solve.ts';

/** Name → version → what it needs: name → allowed versions, inclusive. */
export type NamedRegistry = Readonly<
  Record<string, Readonly<Record<number, Readonly<Record<string, readonly [number, number]>>>>>
>;

export interface NamedRun {
  /** Null when there is no solution. */
  readonly versions: Readonly<Record<string, number>> | null;
  readonly decisions: readonly string[];
  readonly learned: readonly string[];
  readonly backjumps: readonly (readonly [number, number])[];
  readonly conflicts: number;
  /** Every leaf of the proof. */
  readonly facts: readonly string[];
}

/** Solves for `root` version 0, packages in the order in which they are named, highest version first. */
export function runNamed(registry: NamedRegistry): NamedRun {
  const names = Object.keys(registry);
  const number = (name: string): number => names.indexOf(name);
  const size = (id: number): number => Math.max(...Object.keys(registry[names[id]!]!).map(Number)) + 1;
  const decisions: string[] = [];
  const learned: string[] = [];
  const backjumps: (readonly [number, number])[] = [];
  let conflicts = 0;
  const text = ({ packages, terms }: Incompatibility<IntegerSet, string>): string =>
    packages
      .map(
        (id, index) =>
          `${terms[index]!.isPositive ? '' : 'not '}${names[id]!} ${setText(terms[index]!.versions)}`,
      )
      .sort()
      .join(', ');
  const solution = solve<IntegerSet, string>(
    INTEGER_SETS,
    number('root'),
    integer(0),
    {
      prioritize: (id) => -id,
      chooseVersion(id, versions) {
        for (let limit = size(id); limit > 0;) {
          const version = highestInteger(versions, limit);
          if (version < 0) return null;
          if (registry[names[id]!]![version] !== undefined) return integer(version);
          limit = version;
        }
        return null;
      },
      readVersion(id, versions) {
        decisions.push(`${names[id]!} ${versions[0]!}`);
        const needs = registry[names[id]!]![versions[0]!]!;
        const dependencies = Object.entries(needs).map(([name, [lowest, highest]]) => ({
          package: number(name),
          versions: integersFromRuns([[lowest, highest]]),
        }));
        return { kind: 'available', versions, dependencies };
      },
    },
    {
      maxDecisions: 1000,
      observer: {
        added: () => undefined,
        derived: () => undefined,
        clashed: () => (conflicts += 1),
        learned: (incompatibility) => learned.push(text(incompatibility)),
        undone: () => undefined,
        backjumped: (from, to) => backjumps.push([from, to]),
      },
    },
  );
  const versions =
    solution.kind === 'solved'
      ? Object.fromEntries([...solution.versions].map(([id, set]) => [names[id]!, set[0]!]))
      : null;
  const facts = solution.kind === 'failed' ? leaves(derivationTree(solution.incompatibility), names) : [];
  return { versions, decisions, learned, backjumps, conflicts, facts };
}

function setText(set: IntegerSet): string {
  const parts: string[] = [];
  for (let index = 0; index < set.length; index += 2) {
    const end = set[index + 1];
    parts.push(
      end === undefined
        ? `${set[index]!}-`
        : end === set[index]! + 1
          ? `${set[index]!}`
          : `${set[index]!}-${end - 1}`,
    );
  }
  return parts.length === 0 ? 'none' : parts.join('|');
}

function leaves(
  tree: ReturnType<typeof derivationTree<IntegerSet, string>>,
  names: readonly string[],
): readonly string[] {
  if (tree.kind === 'derived')
    return [...new Set([...leaves(tree.first, names), ...leaves(tree.second, names)])].sort();
  const { cause } = tree;
  if (cause.kind === 'root') return ['root'];
  if (cause.kind === 'dependency') {
    const { dependent, versions, dependency, required } = cause;
    return [`${names[dependent]!} ${setText(versions)} needs ${names[dependency]!} ${setText(required)}`];
  }
  return [`no ${names[cause.package]!} ${setText(cause.versions)}`];
}
