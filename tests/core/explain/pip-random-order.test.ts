/** Where the real pip reads dependencies through sets, the answer says that its order is not ours. */
import { expect, test } from 'vitest';
import { quickExplanation } from '../../../src/core/explain/quick-explanation.ts';
import { runPip, type TestIndex } from '../resolver/pip/run-pip.ts';

const TWO: TestIndex = { a: { '1.0': ['b', 'c'] }, b: { '1.0': [] }, c: { '1.0': [] } };
const ONE: TestIndex = { a: { '1.0': ['b'] }, b: { '1.0': [] } };

function notes(index: TestIndex, release: string, python = '3.11.7', root = 'a'): readonly string[] {
  const run = runPip({ index, root: [root], release, python });
  return quickExplanation({ ...run, tool: 'pip' }).tool.notes;
}

test('two dependencies are enough, one is not', () => {
  for (const release of ['19.3', '20.3', '22.0']) {
    expect(notes(TWO, release).join()).toContain('PYTHONHASHSEED');
    expect(notes(ONE, release)).toEqual([]);
  }
});

test('22.1 and later keep the order, but on Python 3.10 and older only from 23.2 on', () => {
  expect(notes(TWO, '22.1')).toEqual([]);
  expect(notes(TWO, '23.0', '3.10.13').join()).toContain('changes from run to run');
  expect(notes(TWO, '23.2', '3.10.13')).toEqual([]);
});

test('there the extras still are a set', () => {
  const index: TestIndex = {
    a: { '1.0': { requires: ['b; extra == "x"', 'c; extra == "y"'], extras: ['x', 'y'] } },
    b: { '1.0': [] },
    c: { '1.0': [] },
  };
  expect(notes(index, '26.2', '3.10.13', 'a[x,y]').join()).toContain('PYTHONHASHSEED');
  expect(notes(index, '26.2', '3.10.13', 'a[x]')).toEqual([]);
  expect(notes(index, '26.2', '3.11.7', 'a[x,y]')).toEqual([]);
});

test('pip says nothing of it itself', () => {
  expect(runPip({ index: TWO, root: ['a'], release: '21.3' }).notices).toEqual([]);
});
