import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveUv } from '../../src/core/explain/uv/uv-engine.ts';
import { prepareRequest } from '../../src/core/headless/request.ts';
import { runProblem, type Run } from '../../src/core/headless/run.ts';
import type { ReleaseFacts } from '../../src/core/package-index/facts/facts.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import { evaluateMarker, parseMarker } from '../../src/core/packaging/marker.ts';
import {
  makeTargetEnvironment,
  type TargetEnvironment,
} from '../../src/core/packaging/target-environment.ts';
import { makeProblem, type ProblemInput } from '../../src/core/problem/problem.ts';
import type { ResolveRequest } from '../../src/core/resolver/engine.ts';
import type { Pin } from '../../src/core/resolver/outcome.ts';
import { checkPins } from '../../src/core/resolver/pin-checker.ts';
import { smallProblems, withoutSelfLimits, type SmallProblem } from './problem-universe.ts';

const RUNS = {
  numRuns: Number(process.env['LAW_RUNS'] ?? 200),
  seed: Number(process.env['LAW_SEED'] ?? 20260821),
};

type Projects = SmallProblem['facts']['projects'];

function problemOf(problem: SmallProblem, more: Partial<ProblemInput> = {}) {
  return makeProblem({
    engine: 'uv@0.12',
    requirements: [...problem.requirements],
    constraints: problem.constraints.join('\n'),
    installed: problem.installed.join('\n'),
    environment: { python: '3.12' },
    ...more,
  });
}

function solve(problem: SmallProblem, projects: Projects = problem.facts.projects): Run {
  return runProblem(problemOf(problem), resolveUv, makeFactsIndex({ projects }));
}

function pinsOf(run: Run): readonly string[] | null {
  if (run.outcome.kind !== 'solved') return null;
  return run.outcome.pins.map(({ name, version }) => `${name}==${version}`);
}

/** The projects with each release rewritten; null leaves it out. */
function rewritten(
  projects: Projects,
  rewrite: (facts: ReleaseFacts, name: string, version: string) => ReleaseFacts | null,
): Projects {
  const result: Record<string, Record<string, ReleaseFacts>> = {};
  for (const [name, releases] of Object.entries(projects)) {
    result[name] = {};
    for (const [version, facts] of Object.entries(releases)) {
      const kept = rewrite(facts, name, version);
      if (kept !== null) result[name][version] = kept;
    }
  }
  return result;
}

describe("uv's engine", () => {
  test('takes the same steps on every run', () => {
    fc.assert(
      fc.property(smallProblems, (problem) => {
        const steps = (): unknown => {
          const { trace, outcome, message, notices } = solve(problem);
          const { kinds, first, second, third, length, terms, incompatibilities } = trace;
          const columns = [kinds, first, second, third].map((column) => [...column.slice(0, length)]);
          return { columns, terms, incompatibilities, outcome, message, notices };
        };
        expect(steps()).toEqual(steps());
      }),
      RUNS,
    );
  });

  test('can still solve what has a dependency less', () => {
    let removals = 0;
    fc.assert(
      fc.property(smallProblems.map(withoutSelfLimits), fc.nat(), (problem, pick) => {
        const { projects } = problem.facts;
        fc.pre(pinsOf(solve(problem)) !== null);
        const places = Object.entries(projects).flatMap(([name, releases]) =>
          Object.entries(releases).flatMap(([version, { requires }]) =>
            requires.map((_, at) => ({ name, version, at })),
          ),
        );
        fc.pre(places.length > 0);
        const removed = places[pick % places.length]!;
        const smaller = rewritten(projects, (facts, name, version) =>
          name === removed.name && version === removed.version
            ? { ...facts, requires: facts.requires.filter((_, at) => at !== removed.at) }
            : facts,
        );
        expect(pinsOf(solve(problem, smaller))).not.toBeNull();
        removals += 1;
      }),
      RUNS,
    );
    expect(removals).toBeGreaterThan(RUNS.numRuns / 2);
  });

  test('chooses the same where only what it chose is published', () => {
    fc.assert(
      // Without what is installed: that it was not chosen may be what the index says of it.
      fc.property(smallProblems, (found) => {
        const problem = { ...found, installed: [] };
        const pins = pinsOf(solve(problem));
        fc.pre(pins !== null);
        const smaller = rewritten(problem.facts.projects, (facts, name, version) =>
          pins.includes(`${name}==${version}`) ? facts : null,
        );
        expect(pinsOf(solve(problem, smaller))).toEqual(pins);
      }),
      RUNS,
    );
  });
});

/** What is asked for in an environment, and what in all others. */
const DIVISIONS = [
  ["sys_platform == 'linux'", "sys_platform != 'linux'"],
  ["sys_platform == 'win32'", "sys_platform != 'win32'"],
  ["python_version < '3.13'", "python_version >= '3.13'"],
  ["sys_platform == 'linux' and python_version >= '3.14'", "python_version < '3.14'"],
] as const;

/** How a line is written: as it is, under a marker, or as two lines of which each environment has one at most. */
const writings = fc.constantFrom<(line: string) => string[]>(
  (line) => [line],
  ...DIVISIONS.flatMap(([here, elsewhere]) => {
    const nameOf = (line: string): string => /^\w+/u.exec(line)![0];
    return [
      (line: string) => [`${line}; ${here}`],
      (line: string) => [`${nameOf(line)}<2; ${here}`, `${nameOf(line)}>=2; ${elsewhere}`],
    ];
  }),
);

/** The same problem with markers on what is asked for, by the user and by releases. */
const markedProblems = fc
  .tuple(smallProblems.map(withoutSelfLimits), fc.array(writings, { minLength: 5, maxLength: 20 }))
  .map(([problem, ways]): SmallProblem => {
    let turn = 0;
    const marked = (line: string): string[] =>
      line.includes(';') ? [line] : ways[turn++ % ways.length]!(line);
    const projects = rewritten(problem.facts.projects, (facts) => ({
      ...facts,
      requires_python: null,
      requires: facts.requires.flatMap(marked),
    }));
    const requirements = problem.requirements.flatMap(marked);
    return { facts: { projects }, requirements, constraints: [], installed: [] };
  });

const TARGETS = ['3.12', '3.13', '3.14'].flatMap((python) =>
  ['linux-x86_64', 'windows-amd64', 'macos-arm64'].map((platform) => {
    const target = makeTargetEnvironment({ python, platform });
    if (!target.ok) throw new Error(target.error.message);
    return target.value;
  }),
);

function requestOf(problem: SmallProblem): ResolveRequest {
  const prepared = prepareRequest(problemOf(problem), makeFactsIndex(problem.facts));
  if (!prepared.ok) throw new Error(prepared.error.message);
  return prepared.value.request;
}

function holds(pin: Pin, target: TargetEnvironment): boolean {
  if (pin.marker === undefined) return true;
  const marker = parseMarker(pin.marker);
  if (!marker.ok) throw new Error(marker.error.message);
  return evaluateMarker(marker.value, target.markers);
}

describe("uv's universal mode", () => {
  test('what it chose holds in every environment, with one version of a project in each', () => {
    let divided = 0;
    fc.assert(
      fc.property(markedProblems, (problem) => {
        const options = { universal: true, requiresPython: '>=3.12' } as const;
        const { outcome } = runProblem(
          problemOf(problem, { options }),
          resolveUv,
          makeFactsIndex(problem.facts),
        );
        fc.pre(outcome.kind === 'solved');
        const names = outcome.pins.map(({ name }) => name);
        if (new Set(names).size < names.length) divided += 1;
        const request = requestOf(problem);
        for (const target of TARGETS) {
          const pins = outcome.pins.filter((pin) => holds(pin, target));
          const where = `${target.pythonVersion} ${target.platform} ${JSON.stringify(pins)}`;
          expect(new Set(pins.map(({ name }) => name)).size, where).toBe(pins.length);
          expect(checkPins({ ...request, target }, pins), where).toEqual([]);
        }
      }),
      { ...RUNS, numRuns: RUNS.numRuns / 2 },
    );
    expect(divided).toBeGreaterThan(10);
  });
});
