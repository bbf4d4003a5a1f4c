/** How fast a huge trace becomes a picture: 200,000 rounds of pins, skips, jumps and rollbacks. */
import { filterSteps, NO_FILTER } from '../../src/core/search-tree/package-steps.ts';
import { firstFolding, UNFOLDED } from '../../src/core/search-tree/fold.ts';
import { frameAt } from '../../src/core/search-tree/frame.ts';
import { placeSearchTree } from '../../src/core/search-tree/placed-tree.ts';
import { buildSearchTree } from '../../src/core/search-tree/search-tree-builder.ts';
import { workStrip } from '../../src/core/search-tree/work-strip.ts';
import { drawFrom, randomSearch } from '../specimens/random-search.ts';
import type { BenchRow } from './bench-row.ts';

const ROUNDS = 200_000;
const PACKAGES = 24;
const FRAMES = 400;

/** Milliseconds of the fastest of three runs. */
function timed(act: () => unknown): number {
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    act();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Times the search tree of a synthetic trace of 200,000 rounds; counts are exact on any machine. */
export function benchSearchTree(): BenchRow[] {
  const trace = randomSearch(drawFrom(2_026), ROUNDS, PACKAGES);
  const tree = buildSearchTree(trace);
  const folding = firstFolding(tree, trace);
  const shown = placeSearchTree(tree, trace, folding);
  let slowest = 0;
  for (let frame = 0; frame < FRAMES; frame++) {
    const step = Math.floor((frame * 7_919 * trace.length) / FRAMES) % trace.length;
    const start = performance.now();
    frameAt(tree, trace, step);
    slowest = Math.max(slowest, performance.now() - start);
  }
  const place = (how: typeof folding) => timed(() => placeSearchTree(tree, trace, how));
  return [
    { name: 'search tree: events of 200,000 rounds', value: trace.length, unit: 'events' },
    { name: 'search tree: nodes', value: tree.size, unit: 'nodes' },
    { name: 'search tree: build', value: timed(() => buildSearchTree(trace)), unit: 'ms', goal: 500 },
    {
      name: 'search tree: first folding',
      value: timed(() => firstFolding(tree, trace)),
      unit: 'ms',
      goal: 300,
    },
    { name: 'search tree: place, folded', value: place(folding), unit: 'ms', goal: 100 },
    { name: 'search tree: rows shown at first', value: shown.rows, unit: 'rows' },
    { name: 'search tree: place, all open', value: place(UNFOLDED), unit: 'ms', goal: 500 },
    { name: 'search tree: slowest of 400 frames', value: slowest, unit: 'ms', goal: 50 },
    {
      name: 'search tree: filter all steps',
      value: timed(() => filterSteps(trace, { ...NO_FILTER, text: 'package-7' })),
      unit: 'ms',
      goal: 100,
    },
    { name: 'search tree: work strip', value: timed(() => workStrip(trace, 300)), unit: 'ms', goal: 50 },
  ];
}
