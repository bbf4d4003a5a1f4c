import { expect, test } from 'vitest';
import { diffFacts } from '../../src/command/snapshot/diff-command.ts';
import type { ReleaseFacts } from '../../src/core/package-index/facts/facts.ts';

const differences = (first: ReleaseFacts, second: ReleaseFacts) =>
  diffFacts({ projects: { A: { '1.0': first } } }, { projects: { a: { '1.0': second } } });

test('of a release every field that differs is told, with what was and what is', () => {
  const before: ReleaseFacts = {
    requires: ['b>=1', 'c'],
    requires_python: '>=3.7',
    files: [{ filename: 'a-1.0-py3-none-any.whl', size: 1 }, { filename: 'a-1.0.tar.gz' }],
  };
  const after: ReleaseFacts = {
    requires: ['c', 'b>=2'],
    extras: ['x'],
    files: [{ filename: 'a-1.0-py3-none-any.whl', size: 2 }],
  };
  expect(differences(before, before)).toEqual([]);
  expect(differences(before, after)).toEqual([
    '~ a 1.0: requires (- b>=1, + b>=2); extras (+ x); requires-python (>=3.7 → not given); files (~ a-1.0-py3-none-any.whl, - a-1.0.tar.gz)',
  ]);
});

test('unknown is not empty, and an order is a difference', () => {
  expect(differences({ requires: [] }, { requires: [], unknown: true })).toEqual([
    '~ a 1.0: dependencies (known → unknown)',
  ]);
  expect(differences({ requires: ['b', 'c'] }, { requires: ['c', 'b'] })).toEqual([
    '~ a 1.0: requires (order)',
  ]);
});
