import { describe, expect, test } from 'vitest';
import { NO_PARENT } from '../../../src/core/resolver/events.ts';
import { decidingStep } from '../../../src/core/search-tree/deciding-step.ts';
import { filterSteps, NO_FILTER } from '../../../src/core/search-tree/package-steps.ts';
import { buildSearchTree } from '../../../src/core/search-tree/search-tree-builder.ts';
import { candidatesAt, stackAt } from '../../../src/core/search-tree/stack.ts';
import { workStrip } from '../../../src/core/search-tree/work-strip.ts';
import { drawFrom, randomSearch } from '../../specimens/random-search.ts';
import { backjump, skipNotBacktrack, toyConflict } from '../../specimens/small-searches.ts';

describe('the list of pins', () => {
  test('says who asked for each pin, by candidate and by line', () => {
    const trace = skipNotBacktrack();
    const stack = stackAt(buildSearchTree(trace), trace, trace.length - 1);
    expect(stack.map((entry) => `${entry.package} ${entry.version}`)).toEqual([
      'tea 1.9.8',
      'spoon 2.27.0',
      'cup 3.17.0',
    ]);
    expect(stack[0]!.askedBy).toEqual([
      { text: 'tea', parent: NO_PARENT, source: { pane: 'requirements', line: 1 } },
    ]);
    const tea = stack[0]!.candidate;
    expect(stack[1]!.askedBy).toEqual([
      { text: 'spoon==2.27.0', parent: tea, source: null },
      { text: 'spoon>=2.0', parent: stack[2]!.candidate, source: null },
    ]);
  });

  test('does not count askers that were given up', () => {
    const trace = backjump();
    const core = stackAt(buildSearchTree(trace), trace, trace.length - 1).at(-1)!;
    expect(core.askedBy.map(({ text }) => text)).toEqual(['core>=1', 'core<2']);
  });

  test('is empty before the first pin', () => {
    const trace = toyConflict();
    expect(stackAt(buildSearchTree(trace), trace, 0)).toEqual([]);
  });
});

describe('the candidates of a package', () => {
  test('say what became of each version so far', () => {
    const trace = backjump();
    const tree = buildSearchTree(trace);
    const web = trace.packages.findIndex(({ identifier }) => identifier === 'web');
    const states = (step: number): string[] =>
      candidatesAt(tree, trace, step, web).map(({ version, state }) => `${version} ${state}`);
    const jump = trace.kinds.indexOf(2);
    expect(states(0)).toEqual([]);
    expect(states(tree.bornAt.at(1) - 1)).toEqual(['5.0 trying']);
    expect(states(jump - 4)).toEqual(['5.0 pinned']);
    expect(states(jump)).toEqual(['5.0 undone']);
    expect(states(trace.length - 1)).toEqual(['5.0 undone', '4.0 pinned']);
  });

  test('count repeated attempts', () => {
    const trace = backjump();
    const log = trace.packages.findIndex(({ identifier }) => identifier === 'log');
    expect(candidatesAt(buildSearchTree(trace), trace, trace.length - 1, log)).toMatchObject([
      { version: '1.2', attempts: 2, state: 'pinned' },
    ]);
  });
});

describe('filters', () => {
  const trace = skipNotBacktrack();

  test('no filter keeps no list', () => {
    expect(filterSteps(trace, NO_FILTER)).toBeNull();
  });

  test('changes leave out what is only read or asked', () => {
    const steps = [...filterSteps(trace, { ...NO_FILTER, show: 'changes' })!];
    expect(steps).toHaveLength(9);
  });

  test('a package lists what is about it', () => {
    const cup = trace.packages.findIndex(({ identifier }) => identifier === 'cup');
    const steps = [...filterSteps(trace, { show: 'changes', package: cup, text: '' })!];
    expect(steps).toHaveLength(6);
  });

  test('text finds versions and names, whatever their case', () => {
    expect([...filterSteps(trace, { ...NO_FILTER, text: 'CUP==3.20' })!]).toHaveLength(2);
    expect([...filterSteps(trace, { ...NO_FILTER, text: 'nothing like it' })!]).toHaveLength(0);
  });
});

test('a failed search opens at its last conflict, a solved one at its end', () => {
  const failed = toyConflict();
  expect(failed.kinds[decidingStep(buildSearchTree(failed), failed)]).toBe(3);
  const solved = skipNotBacktrack();
  expect(decidingStep(buildSearchTree(solved), solved)).toBe(solved.length - 1);
});

test('the work strip counts every attempt, undoing and conflict once', () => {
  const trace = randomSearch(drawFrom(6), 2_000, 9);
  const strip = workStrip(trace, 37);
  const sum = (counts: Uint32Array): number => counts.reduce((total, count) => total + count, 0);
  expect(sum(strip.tried)).toBe(trace.count('pin') + trace.count('reject'));
  expect(sum(strip.undone)).toBe(trace.count('unpin'));
  expect(sum(strip.conflicts)).toBe(trace.count('conflict'));
});
