import { describe, expect, test } from 'vitest';
import { boundsAt } from '../../../src/core/search-tree/bounds.ts';
import { fittingView } from '../../../src/core/search-tree/fitting-view.ts';
import {
  depthLanes,
  hotSpots,
  LANE_ORDERS,
  packageLanes,
  sliceAt,
  type Lanes,
} from '../../../src/core/search-tree/lanes.ts';
import type { Trace } from '../../../src/core/resolver/trace.ts';
import { isAttempt } from '../../../src/core/search-tree/search-tree.ts';
import { buildSearchTree, SearchTreeBuilder } from '../../../src/core/search-tree/search-tree-builder.ts';
import { drawFrom, randomSearch } from '../../specimens/random-search.ts';
import { backjump, skipNotBacktrack, toyConflict } from '../../specimens/small-searches.ts';

/** Of each lane, that its slices follow each other and end after they begin. */
function expectOrdered({ count, start, from, to }: Lanes): void {
  for (let lane = 0; lane < count; lane++) {
    for (let at = start[lane]!; at < start[lane + 1]!; at++) {
      expect(to[at]).toBeGreaterThan(from[at]!);
      if (at + 1 < start[lane + 1]!) expect(from[at + 1]).toBeGreaterThanOrEqual(from[at]!);
    }
  }
}

describe('lanes', () => {
  test.each([1, 2, 3, 4, 5])('hold every attempt once, in the order of steps (seed %i)', (seed) => {
    const trace = randomSearch(drawFrom(seed), 400, 9);
    const tree = buildSearchTree(trace);
    const attempts = tree.attempts;
    expect(attempts).toBeGreaterThan(100);
    for (const lanes of [
      depthLanes(tree),
      packageLanes(tree, trace, 'first pin'),
      packageLanes(tree, trace, 'name'),
    ]) {
      expect(lanes.node.length).toBe(attempts);
      expect(new Set(lanes.node).size).toBe(attempts);
      expectOrdered(lanes);
    }
  });

  test.each([1, 2, 3])('of a tree that grew in pieces are those of the whole tree (seed %i)', (seed) => {
    const whole = randomSearch(drawFrom(seed), 400, 9);
    const trace = Object.create(whole, { length: { value: 0, writable: true } }) as Trace & {
      length: number;
    };
    const builder = new SearchTreeBuilder(trace);
    for (let length = 0; length < whole.length; length += 37) {
      trace.length = length;
      builder.extend();
      // What was asked meanwhile changes nothing.
      packageLanes(builder.tree, trace, 'churn');
    }
    trace.length = whole.length;
    builder.extend();
    const { tree } = builder;
    const once = buildSearchTree(whole);
    expect(depthLanes(tree)).toEqual(depthLanes(once));
    for (const order of LANE_ORDERS)
      expect(packageLanes(tree, trace, order)).toEqual(packageLanes(once, whole, order));
    expect(hotSpots(tree, trace)).toEqual(hotSpots(once, whole));
  });

  test.each([1, 2, 3])(
    'count what the nodes of the tree say, each package from its first attempt (seed %i)',
    (seed) => {
      const trace = randomSearch(drawFrom(seed), 400, 9);
      const tree = buildSearchTree(trace);
      const attempts = [...Array(tree.size).keys()].filter((node) => isAttempt(tree, node));
      const packageOf = (node: number): number => trace.candidates[tree.candidate.at(node)]!.package;
      const lanes = packageLanes(tree, trace, 'first pin');
      expect(tree.attempts).toBe(attempts.length);
      expect([...lanes.packages]).toEqual([...new Set(attempts.map(packageOf))]);
      for (const [lane, row] of lanes.packages.entries())
        expect([...lanes.node.subarray(lanes.start[lane], lanes.start[lane + 1])]).toEqual(
          attempts.filter((node) => packageOf(node) === row),
        );
      for (const spot of hotSpots(tree, trace).spots) {
        const own = attempts.filter((node) => packageOf(node) === spot.package);
        expect([spot.attempts, spot.first]).toEqual([own.length, own[0]]);
      }
    },
  );

  test('a slice is found by its step; after the last there is none', () => {
    const trace = randomSearch(drawFrom(7), 200, 6);
    const lanes = packageLanes(buildSearchTree(trace), trace, 'churn');
    for (let lane = 0; lane < lanes.count; lane++) {
      for (let at = lanes.start[lane]!; at < lanes.start[lane + 1]!; at++)
        expect(lanes.from[sliceAt(lanes, lane, lanes.from[at]!)]).toBe(lanes.from[at]);
      expect(sliceAt(lanes, lane, trace.length + 1)).toBe(lanes.start[lane + 1]);
    }
  });

  test('by churn the package that was tried most stands first', () => {
    const trace = randomSearch(drawFrom(3), 300, 8);
    const lanes = packageLanes(buildSearchTree(trace), trace, 'churn');
    const sizes = [...Array(lanes.count).keys()].map((lane) => lanes.start[lane + 1]! - lanes.start[lane]!);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });
});

describe('bounds', () => {
  test('name who limits a package, and leave the versions that the text leaves', () => {
    const trace = skipNotBacktrack();
    const tree = buildSearchTree(trace);
    const reject = trace.kinds.indexOf(8);
    const names = trace.packages.map(({ identifier }) => identifier);
    const bounds = boundsAt(tree, trace, reject, names.indexOf('spoon'));
    expect(bounds.some(({ isTried, specifier }) => isTried && specifier.includes('>=2.28'))).toBe(true);
    const tried = bounds.find(({ isTried, specifier }) => isTried && specifier.includes('>=2.28'))!;
    expect([tried.allows('2.27.0'), tried.allows('2.28')]).toEqual([false, true]);
  });
});

test('a conflict opens as a tree, a long search as a timeline', () => {
  expect(fittingView(buildSearchTree(toyConflict()))).toBe('search');
  expect(fittingView(buildSearchTree(backjump()))).toBe('search');
  expect(fittingView(buildSearchTree(randomSearch(drawFrom(1), 2_000, 9)))).toBe('timeline');
});
