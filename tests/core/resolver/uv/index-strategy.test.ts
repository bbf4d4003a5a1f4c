import { expect, test } from 'vitest';
import { resolveUv } from '../../../../src/core/explain/uv/uv-engine.ts';
import { runProblem } from '../../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../../src/core/problem/problem.ts';
import { pinsOf } from './run-uv.ts';

type Strategy = 'first-index' | 'unsafe-first-match' | 'unsafe-best-match';

const OVERLAY = `closed world
tool 1.0; index https://inner.example/simple
tool 2.0rc1; index https://inner.example/simple
tool 2.0
tool 3.0`;

function chosen(requirement: string, indexStrategy: Strategy): string | null {
  const requirements = `--extra-index-url https://inner.example/simple\n${requirement}`;
  const problem = makeProblem({
    engine: 'uv@0.12',
    requirements,
    index: { overlay: OVERLAY },
    options: { indexStrategy },
  });
  return pinsOf(runProblem(problem, resolveUv, makeFactsIndex({ projects: {} })))?.['tool'] ?? null;
}

test.each([
  ['tool', { 'first-index': '1.0', 'unsafe-first-match': '1.0', 'unsafe-best-match': '3.0' }],
  ['tool>=2', { 'first-index': null, 'unsafe-first-match': '3.0', 'unsafe-best-match': '3.0' }],
  ['tool<3', { 'first-index': '1.0', 'unsafe-first-match': '1.0', 'unsafe-best-match': '2.0' }],
  // Stable versions of all indexes come before pre-releases of any.
  ['tool>1', { 'first-index': '2.0rc1', 'unsafe-first-match': '3.0', 'unsafe-best-match': '3.0' }],
] as const)('%s by index strategy', (requirement, expected) => {
  const found = Object.fromEntries(
    (Object.keys(expected) as Strategy[]).map((strategy) => [strategy, chosen(requirement, strategy)]),
  );
  expect(found).toEqual(expected);
});

test('the hint that another index was not asked', () => {
  const run = runProblem(
    makeProblem({
      engine: 'uv@0.12',
      requirements: '--extra-index-url https://inner.example/simple\ntool>=3',
      index: { overlay: OVERLAY },
    }),
    resolveUv,
    makeFactsIndex({ projects: {} }),
  );
  expect(run.notices.map(({ text }) => text)).toEqual([
    'hint: `tool` was found on https://inner.example/simple, but not at the requested version (tool>=3). A compatible version may be available on a subsequent index (e.g., the default index). By default, uv will only consider versions that are published on the first index that contains a given package, to avoid dependency confusion attacks. If all indexes are equally trusted, use `--index-strategy unsafe-best-match` to consider all versions from all indexes, regardless of the order in which they were defined.',
  ]);
});

test.each(['tool', 'absent'])(
  '%s: no hint without a range, or where no index has the project',
  (requirement) => {
    const problem = makeProblem({
      engine: 'uv@0.12',
      requirements: `--extra-index-url https://inner.example/simple\n${requirement}\nother`,
      index: { overlay: OVERLAY },
    });
    const run = runProblem(problem, resolveUv, makeFactsIndex({ projects: {} }));
    expect([run.outcome.kind, run.notices]).toEqual(['unsolvable', []]);
  },
);
