import { expect, test } from 'vitest';
import { ledgerOf } from '../../../src/core/ledger/problem-ledger.ts';
import { prepareRequest } from '../../../src/core/headless/request.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem, type ProblemInput } from '../../../src/core/problem/problem.ts';

const FACTS = {
  projects: {
    mod: {
      '1.0': { requires: [] },
      '2.0': { requires: [], requires_python: '>=3.13' },
      '3.0': { requires: [], wheels: [], sdist: true },
      '4.0': { requires: [] },
      '5.0b1': { requires: [] },
    },
  },
};

function summary(input: Omit<ProblemInput, 'environment'>): readonly string[] | null {
  const problem = makeProblem({ environment: { python: '3.11' }, ...input });
  const prepared = prepareRequest(problem, makeFactsIndex(FACTS));
  if (!prepared.ok) throw new Error(prepared.error.message);
  const ledger = ledgerOf(problem.engine, prepared.value.request, 'Mod');
  return ledger?.versions.map(({ version, reason }) => `${version} ${reason?.kind ?? 'candidate'}`) ?? null;
}

test('the lines, the constraints and the options of a Problem are its rules', () => {
  expect(summary({ requirements: 'mod<4\nmod==9; sys_platform == "win32"', constraints: 'mod>1' })).toEqual([
    '5.0b1 specifier',
    '4.0 specifier',
    '3.0 candidate',
    '2.0 python',
    '1.0 constraint',
  ]);
  const options = { pre: true, onlyBinary: [':all:'], ignoreRequiresPython: true };
  expect(summary({ requirements: 'mod', options })).toEqual([
    '5.0b1 candidate',
    '4.0 candidate',
    '3.0 format',
    '2.0 candidate',
    '1.0 candidate',
  ]);
});

test('uv names the limit on versions before it looks at files', () => {
  expect(summary({ engine: 'uv@0.12', requirements: 'mod>=3' })?.at(-2)).toBe('2.0 specifier');
  expect(summary({ requirements: 'mod>=3' })?.at(-2)).toBe('2.0 python');
});
