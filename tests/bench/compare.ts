/** Comparisons: how long until the whole table is there. One thread; the page has a pool of workers. */
import { doJob } from '../../src/core/compare/do-job.ts';
import { runComparison, type Comparison } from '../../src/core/compare/comparison.ts';
import { makeIndexCheck } from '../../src/core/compare/index-check.ts';
import type { Answer, Job } from '../../src/core/compare/job.ts';
import { makeMatrix } from '../../src/core/compare/matrix.ts';
import { makeSweep } from '../../src/core/compare/sweep.ts';
import {
  openSnapshotFromDisk,
  readManifest,
  SNAPSHOT_FOLDER,
} from '../../src/command/snapshot/snapshot-files.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import type { PackageIndex } from '../../src/core/package-index/package-index.ts';
import { ENGINE_NAMES } from '../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import type { BenchRow } from './bench-row.ts';

const TOY = makeProblem({
  requirements: 'foo>=1,<2\ntarget>=2,<3',
  index: {
    overlay: `closed world
foo 1.0.0
foo 1.1.0; depends left >=1,<2, right >=1,<2
left 1.0.0; depends shared >=1
right 1.0.0; depends shared <2
shared 2.0.0
shared 1.0.0; depends target >=1,<2
target 1.0.0, 2.0.0`,
  },
});

/** A conflict of the 2020 index that costs a search. */
const REAL = makeProblem({
  requirements: 'sphinx\nflask<1\njinja2>=2.11\ndocutils<0.12',
  environment: { python: '3.8' },
  index: { snapshot: 'pypi-2020-11-17' },
});

const SWEEP_BUDGET = 5_000;
const CHECK_SNAPSHOT = 'pypi-2020-11-17';
const CHECK_PYTHONS = ['3.6', '3.7', '3.8', '3.9'];
const MATRIX_PYTHONS = ['3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];
const MATRIX_PLATFORMS = ['linux-x86_64', 'macos-arm64', 'windows-amd64'];

async function time<Result>(comparison: Comparison<Result>, index: PackageIndex): Promise<number> {
  const answer = async (job: Job): Promise<Answer> => {
    const done = await doJob(job, index);
    if (done.kind === 'missing') throw new Error('a fact is missing that could be loaded');
    return done.answer;
  };
  const start = performance.now();
  await runComparison(comparison, answer);
  return performance.now() - start;
}

function snapshot(id: string) {
  const opened = openSnapshotFromDisk(id);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

export async function benchCompare(): Promise<readonly BenchRow[]> {
  const toys = makeFactsIndex({ projects: {} });
  // The first sweep loads the engines.
  await time(makeSweep(TOY, ENGINE_NAMES), toys);
  const known = readManifest(SNAPSHOT_FOLDER);
  const rows: BenchRow[] = [
    {
      name: `sweep of a lesson over ${ENGINE_NAMES.length} engines`,
      value: await time(makeSweep(TOY, ENGINE_NAMES), toys),
      unit: 'ms',
      goal: 300,
    },
  ];
  if (!known.ok || !known.value.snapshots.some(({ id }) => id === CHECK_SNAPSHOT)) return rows;
  const index = snapshot(CHECK_SNAPSHOT);
  rows.push({
    name: `sweep of a conflict of the 2020 index over ${ENGINE_NAMES.length} engines`,
    value: await time(makeSweep(REAL, ENGINE_NAMES, SWEEP_BUDGET), index),
    unit: 'ms',
    goal: 5_000,
  });
  rows.push({
    name: 'matrix of 8 Pythons × 3 platforms',
    value: await time(makeMatrix(REAL, MATRIX_PYTHONS, MATRIX_PLATFORMS), index),
    unit: 'ms',
    goal: 3_000,
  });
  const projects = index.directory.entries.map(({ name }) => name);
  rows.push({
    name: `check of ${projects.length} projects on ${CHECK_PYTHONS.length} Pythons, one thread`,
    value:
      (await time(makeIndexCheck(makeProblem({ requirements: '' }), projects, CHECK_PYTHONS), index)) / 1_000,
    unit: 's',
    goal: 240,
  });
  return rows;
}
