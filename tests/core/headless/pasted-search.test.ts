/** The debug output of a run, pasted: the world is rebuilt so that the same search takes place in it. */
import { describe, expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { readPaste } from '../../../src/core/headless/paste/read-paste.ts';
import { runProblem, type Run } from '../../../src/core/headless/run.ts';
import { tellingOfText } from '../../../src/core/headless/told-source.ts';
import { quickExplanation } from '../../../src/core/explain/quick-explanation.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem, type Problem } from '../../../src/core/problem/problem.ts';
import { recordedEvents } from '../../../src/core/resolver/recorded-form.ts';

const FACTS = {
  projects: {
    top: {
      '2.0': { requires: ['mid[x]>=2', 'side ; python_version > "3"', 'low'] },
      '1.0': { requires: ['mid'] },
    },
    mid: {
      '3.0': { requires: ['low>=3', "side<2 ; extra == 'x'"], extras: ['x'] },
      '2.0': { requires: ['low>=2', "gone>=1 ; extra == 'x'"], extras: ['x'] },
      '1.0': { requires: [], extras: ['x'] },
    },
    low: { '1.0': { requires: [] }, '2.0': { requires: [] }, '3.0': { requires: [] } },
    side: { '1.0': { requires: ['low<3'] }, '2.0': { requires: [] } },
  },
};

const NOTHING = makeFactsIndex({ projects: {} });

async function run(problem: Problem, index = NOTHING): Promise<Run> {
  const id = parseEngineId(problem.engine);
  if (!id.ok) throw new Error(id.error.message);
  return runProblem(problem, await loadEngine(id.value), index);
}

function pasted(text: string): Problem {
  const { problem } = readPaste([{ name: 'log', text }], makeProblem({}));
  if (problem === null) throw new Error('nothing rebuilt');
  return problem;
}

const choicesOf = (shown: Run): readonly unknown[] =>
  recordedEvents(shown.trace).filter(([kind]) => kind === 'pin' || kind === 'reject' || kind === 'backtrack');

const remarksOf = (shown: Run): string =>
  tellingOfText(shown)(quickExplanation({ ...shown, tool: 'pip' })).remarks.join('\n');

/** Older releases that the real run knew of and never looked at decided this: no log holds them. */
const OTHER_WAY = new Set(['pip@26.3 mid[x]>=2 top']);

describe.each(['pip@26.3', 'pip@23.3', 'pip@22.3'])('a log of %s', (engine) => {
  test.each([
    ['top'],
    ['top', 'side'],
    ['mid[x]>=2', 'top'],
    ['top', 'low<3'],
    ['low<2', 'mid[x]>1', 'side'],
    ['side==1.0', 'mid>=3'],
  ])('%s %s %s', async (...requirements) => {
    const problem = makeProblem({ engine, requirements: requirements.filter(Boolean) });
    const real = await run(problem, makeFactsIndex(FACTS));
    const log = [
      `Using pip ${engine.slice(4)} from /x/pip (python 3.12)`,
      ...(real.log?.() ?? []),
      real.message,
    ];
    const again = await run(pasted(log.join('\n')));
    expect(again.outcome.kind).toBe(real.outcome.kind);
    if (OTHER_WAY.has([engine, ...problem.requirements.split('\n')].join(' '))) {
      expect(remarksOf(again)).toContain('is not that of your log');
      return;
    }
    expect(choicesOf(again)).toEqual(choicesOf(real));
    expect(remarksOf(again)).toMatch(/choice for choice: all \d+ are the same/u);
  });
});

test('another search is not passed off as the one of the log', async () => {
  const real = await run(makeProblem({ requirements: ['top', 'side'] }), makeFactsIndex(FACTS));
  const problem = pasted((real.log?.() ?? []).join('\n'));
  const other = await run({ ...problem, requirements: 'top\nside<2\nlow\n' });
  expect(remarksOf(other)).toContain('is not that of your log');
});

test('a log of which the beginning is missing is read as what it proves', async () => {
  const real = await run(makeProblem({ requirements: ['top', 'side'] }), makeFactsIndex(FACTS));
  const lines = real.log?.() ?? [];
  const problem = pasted(lines.slice(Math.ceil(lines.length / 2)).join('\n'));
  expect(problem.index.overlay).not.toContain('choices');
});
