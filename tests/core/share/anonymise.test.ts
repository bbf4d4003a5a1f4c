import { expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseFacts } from '../../../src/core/package-index/facts/facts.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem, type Problem } from '../../../src/core/problem/problem.ts';
import { anonymise } from '../../../src/core/share/anonymise.ts';
import { takeSameSteps } from '../../../src/core/share/same-steps.ts';
import type { Trace } from '../../../src/core/resolver/trace.ts';

const SECRET = /acme|secret|corp|internal/i;

const FACTS = makeProblem({
  requirements:
    '# the secret project\nacme-web[corp]>=1 # internal\nacme_core @ https://corp.example/secret.whl\n--index-url https://corp.example/\nother<2; python_version > "3"',
  constraints: 'acme.core<3',
  options: { onlyBinary: ['Acme-Core'] },
  index: {
    facts: {
      projects: {
        'acme-web': {
          '2.0': { requires: ['acme-core>=2', 'other>=2'], extras: ['corp'] },
          '1.0': { requires: ['acme-core'] },
        },
        'acme-core': { '2.0': { requires: [] }, '1.0': { requires: [], yanked: 'a secret reason' } },
        other: { '1.0': { requires: ['acme-core<2'] }, '2.0': { requires: [] } },
      },
    },
  },
});

const OVERLAY = makeProblem({
  requirements: 'acme-a\nacme-b',
  index: {
    overlay:
      '# internal\nacme-a 1.0..1.2; depends secret-c <2, acme-b; extra x: corp-d\nacme-b 1.0; depends secret-c >=2; yanked "secret"\nsecret-c 1.0\nsecret-c 2.0\ncorp-d 1\n',
  },
});

async function traceOf(problem: Problem): Promise<Trace> {
  const id = parseEngineId(problem.engine);
  const facts = parseFacts(problem.index.facts ?? { projects: {} });
  if (!id.ok || !facts.ok) throw new Error('no such engine, no such facts');
  return runProblem(problem, await loadEngine(id.value), makeFactsIndex(facts.value)).trace;
}

test.each([
  ['facts', { ...FACTS, requirements: 'acme-web\nother<2' }],
  ['releases by hand', OVERLAY],
])('with other names the search takes the same steps: %s', async (_, problem) => {
  const renamed = anonymise(problem)!;
  const trace = await traceOf(problem);
  expect(trace.length).toBeGreaterThan(5);
  expect(takeSameSteps(trace, await traceOf(renamed.problem))).toBe(true);
  expect(takeSameSteps(trace, await traceOf({ ...renamed.problem, requirements: 'package-1' }))).toBe(false);
});

test.each([
  ['facts', FACTS],
  ['releases by hand', OVERLAY],
])('no name, comment, address or reason is left: %s', (_, problem) => {
  const { problem: renamed, names } = anonymise(problem)!;
  expect(
    JSON.stringify({ ...renamed, x: '' })
      .replaceAll('[corp]', '')
      .replaceAll('["corp"]', ''),
  ).not.toMatch(SECRET);
  expect(renamed.requirements.split('\n')).toHaveLength(problem.requirements.split('\n').length);
  expect([...names.keys()]).toEqual([...names.keys()].sort());
});

test('nothing is promised where the index is elsewhere, or a project file tells more', () => {
  expect(anonymise(makeProblem({ requirements: 'a', index: { snapshot: 'pypi-2023-09-07' } }))).toBeNull();
  expect(anonymise({ ...OVERLAY, pyproject: '[project]' })).toBeNull();
});
