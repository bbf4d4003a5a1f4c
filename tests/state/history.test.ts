import { expect, test } from 'vitest';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { History, whatChanged } from '../../src/state/history.svelte.ts';

const asked = (requirements: string) => makeProblem({ requirements });

test('letters typed in a row are one entry; what is undone can be redone until something else is done', () => {
  const history = new History();
  history.record(asked(''), 'Opened the example');
  for (const text of ['s', 'si', 'six']) history.record(asked(text), 'Typed in Requirements', true);
  history.record({ ...asked('six'), engine: 'uv@0.13' }, 'Changed the tool to uv 0.13');
  expect(history.entries.map(({ what }) => what)).toEqual([
    'Opened the example',
    'Typed in Requirements',
    'Changed the tool to uv 0.13',
  ]);
  expect(history.canRedo).toBe(false);
  expect(history.goTo(history.place - 1)?.requirements).toBe('six');
  expect(history.canRedo).toBe(true);
  expect(history.goTo(history.place - 1)?.requirements).toBe('');
  expect(history.goTo(history.place - 1)).toBeNull();
  expect(history.canUndo).toBe(false);
  history.record(asked('b'), 'Changed Requirements');
  expect(history.canRedo).toBe(false);
  expect(history.entries).toHaveLength(2);
});

test('an entry says what was done', () => {
  const before = asked('six');
  expect(whatChanged(before, asked('sixt'), true)).toBe('Typed in Requirements');
  const environment = { ...before.environment, python: '3.9' };
  expect(whatChanged(before, { ...before, environment }, false)).toBe('Changed Python to 3.9');
  expect(whatChanged(before, { ...before, engine: 'uv@0.13' }, false)).toBe('Changed the tool to uv 0.13');
  expect(whatChanged(before, { ...before, index: { overlay: 'a 1' } }, false)).toBe('Changed Toy index');
});

test('a long visit keeps the last hundred', () => {
  const history = new History();
  for (let at = 0; at < 300; at++) history.record(asked(`a${at}`), `Changed ${at}`);
  expect(history.entries).toHaveLength(100);
  expect(history.entries.at(-1)?.problem.requirements).toBe('a299');
});
