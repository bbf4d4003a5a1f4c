import { expect, test } from 'vitest';
import { explainProblemRun } from '../../../src/core/headless/explain-problem.ts';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import type { Facts } from '../../../src/core/package-index/facts/facts.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import type { PackageIndex } from '../../../src/core/package-index/package-index.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';
import { readSharedJson, sharedData, SHARED_DATA_MISSING } from '../../shared-data.ts';

const POETRY = { family: 'poetry', version: '2.5' } as const;

async function remarksOf(pyproject: string, index: PackageIndex): Promise<readonly string[]> {
  const engine = await loadEngine(POETRY);
  const run = runProblem(makeProblem({ engine: 'poetry@2.5', pyproject }), engine, index);
  return explainProblemRun(run, POETRY, engine).remarks;
}

test('nothing is said of hash seeds where none changes anything', async () => {
  const index = makeFactsIndex({
    projects: {
      a: { '1': { requires: ['c<2'] } },
      b: { '1': { requires: ['c>=2'] } },
      c: { '1': { requires: [] }, '2': { requires: [] } },
    },
  });
  const pyproject = '[project]\nname = "x"\nversion = "1"\ndependencies = ["a", "b"]\n';
  expect((await remarksOf(pyproject, index)).join()).not.toContain('PYTHONHASHSEED');
});

test.skipIf(sharedData === null)(
  `a run whose steps hang on the hash seed says so (or ${SHARED_DATA_MISSING})`,
  async () => {
    const recordings = readSharedJson('recordings/poetry-2.5.1-lock.json') as readonly {
      readonly name: string;
      readonly pyproject: string;
    }[];
    const { pyproject } = recordings.find(({ name }) => name === 'poetry-pypi-2023-09-07-known-33-093')!;
    const index = makeFactsIndex(readSharedJson('facts/pypi-2023-09-07-known.json') as Facts);
    const told = (await remarksOf(pyproject, index)).filter((remark) => remark.includes('PYTHONHASHSEED'));
    expect(told).toEqual([expect.stringContaining('they are others and come to the same')]);
  },
);
