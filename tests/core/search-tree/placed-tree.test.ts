import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Trace } from '../../../src/core/resolver/trace.ts';
import { firstFolding, UNFOLDED, type Folding } from '../../../src/core/search-tree/fold.ts';
import { frameAt, nodeStateIn } from '../../../src/core/search-tree/frame.ts';
import {
  isFoldable,
  placeSearchTree,
  revealNode,
  toggleFold,
  type PlacedTree,
} from '../../../src/core/search-tree/placed-tree.ts';
import { buildSearchTree } from '../../../src/core/search-tree/search-tree-builder.ts';
import { drawFrom, randomSearch } from '../../specimens/random-search.ts';
import { longChain, rollback, skipNotBacktrack } from '../../specimens/small-searches.ts';

const anySearch = fc
  .record({ seed: fc.integer(), rounds: fc.integer({ min: 1, max: 400 }) })
  .map(({ seed, rounds }) => randomSearch(drawFrom(seed), rounds, 8));

function placeOf(trace: Trace, folding?: Folding): PlacedTree {
  const tree = buildSearchTree(trace);
  return placeSearchTree(tree, trace, folding ?? firstFolding(tree, trace));
}

function nodesOf(placed: PlacedTree): number[] {
  return Array.from({ length: placed.tree.size }, (_, node) => node);
}

describe('placement', () => {
  test('no two nodes that are shown have one place', () => {
    fc.assert(
      fc.property(anySearch, fc.boolean(), (trace, isOpen) => {
        const placed = placeOf(trace, isOpen ? UNFOLDED : undefined);
        const places = new Set([...placed.order].map((node) => `${placed.row[node]},${placed.column[node]}`));
        expect(places.size).toBe(placed.order.length);
      }),
      { numRuns: 80 },
    );
  });

  test('a node is shown or lies in one that is shown, at that one’s place', () => {
    fc.assert(
      fc.property(anySearch, (trace) => {
        const placed = placeOf(trace);
        const shown = new Set(placed.order);
        for (const node of nodesOf(placed)) {
          const owner = placed.owner[node]!;
          expect(shown.has(owner)).toBe(true);
          expect([placed.row[node], placed.column[node]]).toEqual([placed.row[owner], placed.column[owner]]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('siblings stand in the order of their birth, and below or right of their parent', () => {
    fc.assert(
      fc.property(anySearch, (trace) => {
        const placed = placeOf(trace, UNFOLDED);
        const lastRow = new Map<number, number>();
        for (const node of nodesOf(placed).slice(1)) {
          const parent = placed.tree.parent.at(node);
          expect(placed.row[node]).toBeGreaterThanOrEqual(
            Math.max(placed.row[parent]!, lastRow.get(parent) ?? 0),
          );
          if (placed.row[node] === placed.row[parent])
            expect(placed.column[node]).toBeGreaterThan(placed.column[parent]!);
          lastRow.set(parent, placed.row[node]!);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('coordinates do not depend on the step: frames move nothing and change no column', () => {
    const trace = randomSearch(drawFrom(9), 300, 8);
    const placed = placeOf(trace);
    const before = [[...placed.row], [...placed.column], [...placed.order]];
    for (let step = -1; step < trace.length; step += 7) {
      frameAt(placed.tree, trace, step);
      const again = placeSearchTree(placed.tree, trace, placed.folding);
      expect([[...again.row], [...again.column], [...again.order]]).toEqual(before);
    }
  });

  test('a tree that grows at its end keeps the place of what it had, while nothing is rolled back', () => {
    const whole = skipNotBacktrack();
    const placed = placeOf(whole, UNFOLDED);
    for (let length = 1; length < whole.length; length++) {
      const part = placeOf({ ...tablesOf(whole), length }, UNFOLDED);
      for (const node of nodesOf(part)) {
        expect([part.row[node], part.column[node]]).toEqual([placed.row[node], placed.column[node]]);
      }
    }
  });

  test('pins that are pinned again for ever do not widen the picture for ever', () => {
    const trace = randomSearch(drawFrom(2), 4_000, 6);
    expect(placeOf(trace, UNFOLDED).columns).toBeLessThan(80);
  });
});

function tablesOf(trace: Trace): Omit<Trace, 'length'> {
  const { kinds, first, second, third, unrecorded } = trace;
  const { packages, requirements, candidates, causeLists, terms, incompatibilities } = trace;
  return {
    ...{ kinds, first, second, third, unrecorded },
    ...{ packages, requirements, candidates, causeLists, terms, incompatibilities },
  };
}

describe('folding', () => {
  test('a large tree shows some hundred rows, with the way to its end open', () => {
    const trace = randomSearch(drawFrom(21), 20_000, 12);
    const placed = placeOf(trace);
    expect(placed.tree.size).toBeGreaterThan(20_000);
    expect(placed.rows).toBeLessThan(700);
    const end = frameAt(placed.tree, trace, trace.length - 1);
    for (const node of end.stack) expect(placed.owner[node]).toBe(node);
  });

  test('shown nodes account for every attempt, folded ones included', () => {
    const placed = placeOf(randomSearch(drawFrom(21), 3_000, 12));
    let covered = 0;
    const seen = new Map<number, number>();
    for (const node of nodesOf(placed))
      seen.set(placed.owner[node]!, (seen.get(placed.owner[node]!) ?? 0) + 1);
    for (const count of seen.values()) covered += count;
    expect(covered).toBe(placed.tree.size);
    expect(seen.size).toBe(placed.order.length);
  });

  test('five versions skipped for one reason fold into one row when siblings fold', () => {
    const trace = skipNotBacktrack();
    const placed = placeOf(trace, { openNodes: null, openRuns: new Set(), openChains: null });
    const head = [...placed.order].find((node) => placed.runLength[node]! > 1)!;
    expect(placed.runLength[head]).toBe(5);
    expect(placeOf(trace, toggleFold(placed, head)).rows).toBe(placeOf(trace, UNFOLDED).rows);
  });

  test('a long chain of pins is one node, and opens in place', () => {
    const trace = longChain();
    const placed = placeOf(trace);
    const head = [...placed.order].find((node) => placed.chainLength[node]! > 1)!;
    // The root, the chain, the pin before the end, the end.
    expect(placed.order.length).toBe(4);
    expect(placed.chainLength[head]).toBe(39);
    expect(placed.columns).toBe(4);
    expect(placeOf(trace, toggleFold(placed, head)).order.length).toBe(placed.tree.size);
    expect(placeOf(trace, revealNode(placed, 20)).owner[20]).toBe(20);
  });

  test('a run that is open can be folded again at its first version', () => {
    const trace = skipNotBacktrack();
    const open = placeOf(trace, UNFOLDED);
    const head = [...open.order].find((node) => isFoldable(open, node) && open.tree.firstChild.at(node) < 0)!;
    const closed = placeOf(trace, toggleFold(open, head));
    expect(closed.runLength[head]).toBe(5);
    expect(closed.rows).toBe(open.rows - 4);
  });

  test('closing a node hides its subtree and nothing else; opening brings it back', () => {
    const trace = rollback();
    const open = placeOf(trace, UNFOLDED);
    const node = [...open.order].find((one) => open.attempts[one]! > 2 && one > 0)!;
    const closed = placeSearchTree(open.tree, trace, toggleFold(open, node));
    const hidden = nodesOf(open).filter((one) => closed.owner[one] !== one);
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.every((one) => closed.owner[one] === node)).toBe(true);
    const again = placeSearchTree(open.tree, trace, toggleFold(closed, node));
    expect([...again.order]).toEqual([...open.order]);
  });

  test('any node can be revealed', () => {
    const trace = randomSearch(drawFrom(33), 2_000, 9);
    const placed = placeOf(trace);
    const hidden = nodesOf(placed).filter((node) => placed.owner[node] !== node);
    expect(hidden.length).toBeGreaterThan(100);
    for (const node of hidden.filter((_, place) => place % 97 === 0)) {
      let folding = revealNode(placed, node);
      let next = placeSearchTree(placed.tree, trace, folding);
      for (let turn = 0; turn < 12 && next.owner[node] !== node; turn++) {
        folding = revealNode(next, node);
        next = placeSearchTree(placed.tree, trace, folding);
      }
      expect(next.owner[node]).toBe(node);
    }
  });
});

describe('frames', () => {
  test('a node is unborn, then tried, then what it became', () => {
    fc.assert(
      fc.property(anySearch, fc.nat(), (trace, at) => {
        const tree = buildSearchTree(trace);
        const step = at % trace.length;
        const frame = frameAt(tree, trace, step);
        for (let node = 1; node < tree.size; node++) {
          const state = nodeStateIn(frame, tree, node);
          if (tree.bornAt.at(node) > step) expect(['unborn', 'trying']).toContain(state);
          else expect(['unborn', 'trying']).not.toContain(state);
          if (state === 'trying') expect(tree.triedAt.at(node)).toBeLessThanOrEqual(step);
        }
        expect(nodeStateIn(frame, tree, frame.current)).not.toBe('unborn');
      }),
      { numRuns: 100 },
    );
  });

  test('the node of an attempt’s step is that attempt', () => {
    const trace = skipNotBacktrack();
    const tree = buildSearchTree(trace);
    for (let node = 1; node < tree.size; node++) {
      expect(frameAt(tree, trace, tree.bornAt.at(node)).current).toBe(node);
    }
  });

  test('between the first look at a candidate and its pin, the frame is about that candidate', () => {
    const trace = skipNotBacktrack();
    const tree = buildSearchTree(trace);
    const last = tree.size - 2;
    for (let step = tree.triedAt.at(last); step < tree.bornAt.at(last); step++) {
      expect(frameAt(tree, trace, step)).toMatchObject({ current: last, trying: last });
    }
  });
});
