/** The search by itself, on integers: it knows nothing of Python. */
import { expect, test } from 'vitest';
import { ExcludedPool } from '../../../../src/core/resolver/backtracking/excluded-candidates.ts';
import type { Provider } from '../../../../src/core/resolver/backtracking/provider.ts';
import type { SearchReporter } from '../../../../src/core/resolver/backtracking/reporter.ts';
import { Search, type SearchResult } from '../../../../src/core/resolver/backtracking/search.ts';
import { SEARCH_VARIANTS, type SearchVersion } from '../../../../src/core/resolver/backtracking/variants.ts';

interface Wish {
  readonly identifier: number;
  readonly allowed: readonly number[];
}
interface Choice {
  readonly identifier: number;
  readonly serial: number;
  readonly value: number;
}
/** For each identifier, for each value (tried from the last), what it wishes. */
type Universe = readonly (readonly (readonly Wish[])[])[];

const wish = (identifier: number, ...allowed: readonly number[]): Wish => ({ identifier, allowed });

function solve(universe: Universe, roots: readonly Wish[], version: SearchVersion) {
  const choices = universe.map((values, identifier) =>
    values.map((_, value): Choice => ({ identifier, value, serial: identifier * 100 + value })),
  );
  const provider: Provider<Wish, Choice> = {
    revision: 0,
    identifierText: String,
    narrow: (identifiers) => identifiers,
    preference: (identifier) => identifier,
    isSatisfiedBy: ({ allowed }, { value }) => allowed.includes(value),
    dependencies: ({ identifier, value }) => universe[identifier]![value]!,
    findMatches: (identifier, information, excluded) => {
      const found = choices[identifier]!.toReversed().filter((choice) => {
        if (excluded.members.has(choice)) return false;
        return information.every(({ requirement }) => requirement.allowed.includes(choice.value));
      });
      return { isEmpty: () => found.length === 0, candidates: () => found };
    },
  };
  const told: string[] = [];
  const reporter: SearchReporter<Wish, Choice> = {
    startingRound: () => told.push('round'),
    addingRequirement: () => undefined,
    pinning: ({ identifier, value }) => told.push(`pin ${identifier}=${value}`),
    rejectingCandidate: (_, { identifier, value }) => told.push(`reject ${identifier}=${value}`),
    backtracking: ({ identifier, value }) => told.push(`backtrack ${identifier}=${value}`),
    resolvingConflicts: () => told.push('conflict'),
    unpinning: ({ identifier, value }) => told.push(`unpin ${identifier}=${value}`),
    restoring: ({ identifier, value }) => told.push(`restore ${identifier}=${value}`),
    backjumping: (from, to) => told.push(`backjump ${from}→${to}`),
    rollingBack: (from, to) => told.push(`rollback ${from}→${to}`),
  };
  const limits = { maxRounds: 1_000, budget: null };
  const result: SearchResult<Wish, Choice> = new Search(
    provider,
    reporter,
    SEARCH_VARIANTS[version],
    limits,
  ).resolve(roots);
  return { result, told };
}

/** 0 and 3 cannot both be at their best; 1 and 2 lie between them and have nothing to do with it. */
const FAR: Universe = [[[], [wish(4, 0)]], [[], [], []], [[], [], []], [[wish(4, 1)]], [[], []]];
const ROOTS = [wish(0, 0, 1), wish(1, 0, 1, 2), wish(2, 0, 1, 2), wish(3, 0)];

test.each(Object.keys(SEARCH_VARIANTS) as SearchVersion[])('resolvelib %s finds the answer', (version) => {
  const { result } = solve(FAR, ROOTS, version);
  const pins =
    result.kind === 'solved' ? result.pins.map(({ identifier, value }) => [identifier, value]) : [];
  expect(pins.toSorted(([a], [b]) => a! - b!)).toEqual([
    [0, 0],
    [1, 2],
    [2, 2],
    [3, 0],
    [4, 1],
  ]);
});

test('from 1.0 on it jumps over what has nothing to do with the conflict', () => {
  const undone = (version: SearchVersion): number =>
    solve(FAR, ROOTS, version).told.filter((line) => line.startsWith('unpin')).length;
  expect(undone('0.8')).toBeGreaterThan(10);
  expect(undone('1.0.1')).toBeLessThan(undone('0.8'));
  expect(undone('1.2.1')).toBeLessThan(undone('0.8'));
  expect(solve(FAR, ROOTS, '1.2.1').told.some((line) => line.startsWith('backjump'))).toBe(true);
});

test('a conflict among the roots is told without a round', () => {
  const { result, told } = solve([[[], []]], [wish(0, 0), wish(0, 1)], '1.2.1');
  expect(result).toMatchObject({ kind: 'impossible' });
  expect(told).toEqual([]);
});

test('equal sets of excluded candidates are one, whatever the way to them', () => {
  const pool = new ExcludedPool<Choice>();
  const choice = (serial: number): Choice => ({ identifier: 0, serial, value: serial });
  const [a, b, c] = [pool.only(choice(1)), pool.only(choice(2)), pool.only(choice(3))];
  expect(pool.union(pool.union(a, b), c).id).toBe(pool.union(c, pool.union(b, a)).id);
  expect(pool.union(pool.none, a)).toBe(a);
  expect(pool.union(a, a)).toBe(a);
  expect(pool.union(pool.union(a, b), a).members.size).toBe(2);
});
