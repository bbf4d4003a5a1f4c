import { describe, expect, test } from 'vitest';
import { boundsAt } from '../../../src/core/search-tree/bounds.ts';
import { fittingView } from '../../../src/core/search-tree/fitting-view.ts';
import {
  countOfAttempts,
  depthLanes,
  packageLanes,
  sliceAt,
  type Lanes,
} from '../../../src/core/search-tree/lanes.ts';
import { buildSearchTree } from '../../../src/core/search-tree/search-tree-builder.ts';
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
    const attempts = countOfAttempts(tree);
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
