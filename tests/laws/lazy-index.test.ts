/**
 * Lazy is eager: an index that hands out each fact only once it has been asked for and loaded, as the worker's does,
 * ends in the same run as one that has everything, event for event, whatever the fact is: pages, metadata of wheels and
 * sdists, what a build needs, what is installed.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadEngine } from '../../src/core/headless/engines.ts';
import { explainProblemRun } from '../../src/core/headless/explain-problem.ts';
import { runProblem, type Run } from '../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import type { Facts, ReleaseFacts } from '../../src/core/package-index/facts/facts.ts';
import type { MissingFact, PackageIndex } from '../../src/core/package-index/package-index.ts';
import { parseEngineId } from '../../src/core/problem/engine-id.ts';
import { makeProblem, type Problem } from '../../src/core/problem/problem.ts';
import { eventAt } from '../../src/core/resolver/trace.ts';
import { LazyIndex } from './lazy-facts.ts';

const NAMES = ['a', 'b', 'c', 'setuptools'];

const wish = fc
  .tuple(fc.constantFrom(...NAMES, 'gone'), fc.constantFrom('', '', '[x]', '>=2', '<2', '==2.0'))
  .map((parts) => parts.join(''));

const release: fc.Arbitrary<ReleaseFacts> = fc
  .record({
    requires: fc.array(fc.tuple(wish, fc.constantFrom('', '', "; extra == 'x'")), { maxLength: 2 }),
    form: fc.constantFrom<readonly string[]>([], [], ['py3-none-any'], ['cp37-cp37m-win_amd64']),
    build_requires: fc.constantFrom<string[] | null>(null, null, [], ['b'], ['setuptools>=2', 'c']),
    unknown: fc.constantFrom(false, false, false, false, true),
    requires_python: fc.constantFrom(null, null, '>=3.8', '>=3.13'),
  })
  .map(({ requires, form, ...rest }) => ({
    ...rest,
    requires: requires.map((parts) => parts.join('')),
    wheels: [...form],
    sdist: form.length === 0 || form[0] !== 'py3-none-any',
    extras: ['x'],
  }));

const project = fc.dictionary(fc.constantFrom('1.0', '2.0', '3.0'), release, {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
});

interface Question {
  readonly facts: Facts;
  readonly lines: readonly string[];
  readonly constraint: string;
  readonly installed: string;
  readonly noDeps: boolean;
}

const questions: fc.Arbitrary<Question> = fc.record({
  facts: fc
    .record({ projects: fc.record({ a: project, b: project, c: project }), setuptools: fc.option(project) })
    .map(({ projects, setuptools }) => ({
      projects: setuptools === null ? projects : { ...projects, setuptools },
    })),
  lines: fc.array(wish, { minLength: 1, maxLength: 3 }),
  constraint: fc.constantFrom('', '', 'a<3', 'c>=2'),
  installed: fc.constantFrom('', '', 'a==1.0', 'b==2.0\nc==1.0'),
  noDeps: fc.constantFrom(false, false, false, true),
});

async function engineOf(problem: Problem) {
  const id = parseEngineId(problem.engine);
  if (!id.ok) throw new Error(problem.engine);
  return await loadEngine(id.value);
}

/** As the page does: run, load what is missing, run again. */
function runLazily(problem: Problem, engine: Awaited<ReturnType<typeof engineOf>>, whole: PackageIndex): Run {
  const index = new LazyIndex(whole);
  for (let turn = 0; turn < 200; turn += 1) {
    const run = runProblem(problem, engine, index);
    const { outcome } = run;
    const missing = outcome.kind === 'incomplete' ? outcome.missing.filter(({ loadable }) => loadable) : [];
    if (missing.length === 0) return run;
    for (const fact of missing) index.load(fact);
  }
  throw new Error('it asks for facts without end');
}

const told = ({ outcome, message, notices, metrics, trace, caveats, packages }: Run) => ({
  outcome,
  message,
  notices,
  metrics,
  caveats,
  packages,
  events: Array.from({ length: trace.length }, (_, step) => eventAt(trace, step)),
});

const ENGINES = ['pip@26.3', 'pip@24.0', 'pip@20.3', 'pip@19.3', 'zazo', 'uv@0.13', 'uv@0.11'];
const LOCKERS = ['poetry@2.5', 'pdm@2.29', 'uv@0.13'];

describe.each(ENGINES)('%s', (engine) => {
  test('runs the same where facts come one by one', async () => {
    const resolver = await engineOf(makeProblem({ engine, requirements: 'a' }));
    fc.assert(
      fc.property(questions, ({ facts, lines, constraint, installed, noDeps }) => {
        const problem = makeProblem({
          engine,
          requirements: lines.join('\n'),
          ...(constraint === '' ? {} : { constraints: constraint }),
          ...(installed === '' ? {} : { installed }),
          options: { noDeps, maxRounds: 300 },
        });
        const index = makeFactsIndex(facts);
        expect(told(runLazily(problem, resolver, index))).toEqual(told(runProblem(problem, resolver, index)));
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(LOCKERS)('a lock of %s', (engine) => {
  test('is the same where facts come one by one', async () => {
    const resolver = await engineOf(makeProblem({ engine, requirements: 'a' }));
    fc.assert(
      fc.property(questions, ({ facts, lines }) => {
        const pyproject = `[project]\nname = "p"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = [${lines.map((line) => JSON.stringify(line)).join(', ')}]\n`;
        const problem = makeProblem({ engine, requirements: '', pyproject, options: { maxRounds: 300 } });
        const index = makeFactsIndex(facts);
        expect(told(runLazily(problem, resolver, index))).toEqual(told(runProblem(problem, resolver, index)));
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(['pip@26.3', 'uv@0.13'])('an answer of %s', (engine) => {
  test('is the same where what it has to read besides comes later', async () => {
    const id = parseEngineId(engine);
    if (!id.ok) throw new Error(engine);
    const resolver = await loadEngine(id.value);
    fc.assert(
      fc.property(questions, ({ facts, lines, constraint }) => {
        const problem = makeProblem({
          engine,
          requirements: lines.join('\n'),
          ...(constraint === '' ? {} : { constraints: constraint }),
          options: { maxRounds: 300 },
        });
        const whole = makeFactsIndex(facts);
        const index = new LazyIndex(whole, true);
        const load = (missing: readonly MissingFact[]): boolean => {
          const loadable = missing.filter((fact) => fact.loadable);
          for (const fact of loadable) index.load(fact);
          return loadable.length > 0;
        };
        let run = runProblem(problem, resolver, index);
        while (run.outcome.kind === 'incomplete' && load(run.outcome.missing))
          run = runProblem(problem, resolver, index);
        let lazy = explainProblemRun(run, id.value, resolver);
        while (load(lazy.missing)) lazy = explainProblemRun(run, id.value, resolver);
        const eager = explainProblemRun(runProblem(problem, resolver, whole), id.value, resolver);
        expect(lazy).toEqual(eager);
      }),
      { numRuns: 15 },
    );
  });
});
