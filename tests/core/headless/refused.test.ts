import { expect, test } from 'vitest';
import { resolvePipTelling } from '../../../src/core/explain/pip/tell.ts';
import { mergedControls } from '../../../src/core/headless/control-lists.ts';
import { reportRun, type RunReport } from '../../../src/core/headless/report.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem, type ProblemInput } from '../../../src/core/problem/problem.ts';

const INDEX = makeFactsIndex({
  projects: {
    a: {
      '1.0': { requires: [], wheels: ['py3-none-any'], sdist: true },
      '0.9': { requires: [], wheels: ['py3-none-any'] },
    },
  },
});

function report(input: Partial<ProblemInput>): RunReport {
  const problem = makeProblem({ engine: 'pip@26.3', requirements: ['a'], ...input });
  return reportRun(runProblem(problem, resolvePipTelling, INDEX), { events: false });
}

test.each([
  [
    { requirements: ['a', 'a=='] },
    "ERROR: Invalid requirement: 'a==': Expected semicolon (after name with no version specifier) or end\n    a==\n     ^ (from line 2 of requirements.txt)",
  ],
  [{ constraints: './foo' }, 'ERROR: Unnamed requirements are not allowed as constraints'],
  [{ constraints: '-e ./foo' }, 'ERROR: Editable requirements are not allowed as constraints'],
])('%j is refused in pip’s own words, without pins', (input, message) => {
  expect(report(input)).toMatchObject({ outcome: 'invalid', pins: null, message });
});

test('of options that exclude each other the text’s, which come later, win', () => {
  expect(mergedControls({ first: ['a'], second: [] }, { first: [], second: ['a'] })).toEqual({
    first: [],
    second: ['a'],
  });
  expect(mergedControls({ first: ['a', 'b'], second: [] }, { first: [], second: [':all:'] })).toEqual({
    first: [],
    second: [':all:'],
  });
  expect(mergedControls({ first: [':all:'], second: [] }, { first: [':none:'], second: [] })).toEqual({
    first: [],
    second: [],
  });
});
