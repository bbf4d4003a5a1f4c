import { expect, test } from 'vitest';
import { resolvePoetry } from '../../../../src/core/explain/poetry/poetry-engine.ts';
import { explainProblemRun } from '../../../../src/core/headless/explain-problem.ts';
import { reportRun } from '../../../../src/core/headless/report.ts';
import { runProblem, type Run } from '../../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../../src/core/problem/problem.ts';
import type { TraceChunk } from '../../../../src/core/resolver/trace.ts';

const VARIABLES = [
  ...['sys_platform', 'platform_machine', 'os_name', 'implementation_name', 'platform_system'],
  ...['platform_python_implementation', 'platform_version', 'implementation_version'],
  ...['platform_release', 'python_version'],
];

/** A project in which each of so many variables asks for two versions of a package: two runs, each time. */
function runOf(variables: number, onChunk?: (chunk: TraceChunk) => void): Run {
  const names = VARIABLES.slice(0, variables);
  const isVersion = (name: string): boolean => ['platform_release', 'python_version'].includes(name);
  const lines = names.flatMap((name, at) => {
    const [yes, no] = isVersion(name) ? [`< '3.11'`, `>= '3.11'`] : [`== 'q'`, `!= 'q'`];
    return [`"p${at}<2 ; ${name} ${yes}"`, `"p${at}>=2 ; ${name} ${no}"`];
  });
  const pyproject = `[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = [${lines.join(', ')}]\n`;
  const releases = { '1.0': { requires: [] }, '2.0': { requires: [] } };
  const index = makeFactsIndex({ projects: Object.fromEntries(names.map((_, at) => [`p${at}`, releases])) });
  const problem = makeProblem({ engine: 'poetry@2.5', pyproject });
  return runProblem(problem, resolvePoetry, index, onChunk === undefined ? {} : { onChunk });
}

test('a few are all run', () => {
  const { outcome, packages } = runOf(5);
  expect(outcome.kind).toBe('solved');
  expect(packages).toHaveLength(10);
});

test('too many are told while they run, stopped, and what is known of them is kept', () => {
  let chunks = 0;
  const run = runOf(10, () => chunks++);
  expect(chunks).toBeGreaterThan(1);
  expect(run.outcome).toMatchObject({ kind: 'stopped', reason: 'budget' });
  const report = reportRun(run, { events: false });
  expect(report.pins).toBeNull();
  expect(Object.keys(report.partial?.pins ?? {})).toHaveLength(10);
  const { sentence, remarks } = explainProblemRun(run, { family: 'poetry', version: '2.5' }, resolvePoetry);
  expect(sentence).toMatch(/^Stopped after \d+ runs that found versions/);
  expect(remarks.join()).toContain('fewer runs');
});
