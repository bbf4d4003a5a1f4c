/** The laws of the search tree, on what the engines really record. Toys of the kinds that people are taught with. */
import { describe, expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';
import { EVENT_CODE } from '../../../src/core/resolver/events.ts';
import type { Trace } from '../../../src/core/resolver/trace.ts';
import { firstFolding } from '../../../src/core/search-tree/fold.ts';
import { frameAt, nodeStateIn } from '../../../src/core/search-tree/frame.ts';
import { placeSearchTree } from '../../../src/core/search-tree/placed-tree.ts';
import { isAttempt } from '../../../src/core/search-tree/search-tree.ts';
import { buildSearchTree } from '../../../src/core/search-tree/search-tree-builder.ts';
import { stackAt } from '../../../src/core/search-tree/stack.ts';

type ToyIndex = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
interface Toy {
  readonly root: readonly string[];
  readonly index: ToyIndex;
}

function versions(names: readonly string[], requires: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [name, requires]));
}

const TOYS: Readonly<Record<string, Toy>> = {
  skips: {
    root: ['tea'],
    index: {
      tea: { '1.9.8': ['spoon==2.27.0', 'cup>=1.6'] },
      spoon: { '2.27.0': [], '2.28.0': [] },
      cup: { ...versions(['3.22.0', '3.21.0', '3.20.0', '3.19.0', '3.18.0'], ['spoon>=2.28']), '3.17.0': [] },
    },
  },
  'rollback, and no solution': {
    root: ['menu>=1,<2', 'icons>=1,<2', 'intl>=5,<6'],
    index: {
      menu: {
        '1.0.0': ['dropdown>=1.0,<2'],
        ...versions(['1.1.0', '1.2.0', '1.3.0', '1.4.0', '1.5.0'], ['dropdown>=2,<3']),
      },
      dropdown: {
        '1.8.0': ['intl>=3,<4'],
        ...versions(['2.0.0', '2.1.0', '2.2.0', '2.3.0'], ['icons>=2,<3']),
      },
      icons: { '1.0.0': [], '2.0.0': [] },
      intl: { '3.0.0': [], '4.0.0': [], '5.0.0': [] },
    },
  },
  'partial satisfier': {
    root: ['foo>=1,<2', 'target>=2,<3'],
    index: {
      foo: { '1.0.0': [], '1.1.0': ['left>=1,<2', 'right>=1,<2'] },
      left: { '1.0.0': ['shared>=1'] },
      right: { '1.0.0': ['shared<2'] },
      shared: { '2.0.0': [], '1.0.0': ['target>=1,<2'] },
      target: { '2.0.0': [], '1.0.0': [] },
    },
  },
  livelock: {
    root: ['b'],
    index: { b: { '3': ['c==2.0'], '2': ['c==1.0'] }, c: { '2': ['b==2.0'], '1': ['b!=2.0'] } },
  },
  'pins that are lost unasked': {
    root: ['a'],
    index: { a: { '2': ['d'], '1': [] }, d: { '2': ['a!=2.0', 'e==3.0'], '1': [] }, e: { '3': ['d==1.0'] } },
  },
};

const ENGINES = ['pip@26.2', 'pip@25.1', 'pip@23.3', 'pip@21.3', 'pip@20.3', 'uv@0.12'];

async function record(toy: Toy, engine: string): Promise<Trace> {
  const id = parseEngineId(engine);
  if (!id.ok) throw new Error(id.error.message);
  const projects = Object.fromEntries(
    Object.entries(toy.index).map(([name, releases]) => [
      name,
      Object.fromEntries(
        Object.entries(releases).map(([version, requires]) => [version, { requires: [...requires] }]),
      ),
    ]),
  );
  const problem = makeProblem({
    engine,
    requirements: toy.root.join('\n'),
    environment: { python: '3.11.7', platform: 'linux-x86_64' },
    options: { maxRounds: 400 },
  });
  return runProblem(problem, await loadEngine(id.value), makeFactsIndex({ projects })).trace;
}

/** Candidates that stand, by the plainest reading; the user's lines as a package are left out. */
function standing(trace: Trace, step: number): number[] {
  const found = new Set<number>();
  for (let at = 0; at <= step; at++) {
    const first = trace.first[at]!;
    const kind = trace.kinds[at];
    if (kind === EVENT_CODE.pin || kind === EVENT_CODE.decide || kind === EVENT_CODE.restore)
      found.add(first);
    if (kind === EVENT_CODE.unpin) found.delete(first);
  }
  return [...found].filter((row) => trace.candidates[row]!.origin !== 'root').sort((a, b) => a - b);
}

describe.each(ENGINES)('%s', (engine) => {
  test.each(Object.entries(TOYS))('%s', async (_name, toy) => {
    const trace = await record(toy, engine);
    const tree = buildSearchTree(trace);
    const placed = placeSearchTree(tree, trace, firstFolding(tree, trace));
    const kinds = [...trace.kinds.subarray(0, trace.length)];
    const attempts = kinds.filter(
      (kind, step) =>
        kind === EVENT_CODE.reject ||
        ((kind === EVENT_CODE.pin || kind === EVENT_CODE.decide) &&
          trace.candidates[trace.first[step]!]!.origin !== 'root'),
    );
    expect(attempts.length).toBeGreaterThan(0);
    expect(
      Array.from({ length: tree.size }, (_, node) => node).filter((node) => isAttempt(tree, node)),
    ).toHaveLength(attempts.length);
    const stride = Math.max(1, Math.floor(trace.length / 200));
    for (let step = 0; step < trace.length; step += stride) {
      const stack = stackAt(tree, trace, step);
      expect(stack.map(({ candidate }) => candidate).sort((a, b) => a - b)).toEqual(standing(trace, step));
      const frame = frameAt(tree, trace, step);
      expect(nodeStateIn(frame, tree, frame.current)).not.toBe('unborn');
      expect(placed.owner[placed.owner[frame.current]!]).toBe(placed.owner[frame.current]);
    }
  });
});
