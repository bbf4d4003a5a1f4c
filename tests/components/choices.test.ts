import { expect, test } from 'vitest';
import { engineGroups, indexWithoutSnapshot, withEngine } from '../../src/components/question/choices.ts';
import { ENGINE_NAMES } from '../../src/core/problem/engine-id.ts';

test('an engine that the menu does not list is shown as it is named', () => {
  const groups = engineGroups();
  expect(withEngine(groups, ENGINE_NAMES[0]!)).toBe(groups);
  expect(withEngine(groups, 'uv@0.13.9')[0]!.choices).toMatchObject([
    { value: 'uv@0.13.9', label: 'uv 0.13.9' },
  ]);
});

test('a question that brings its own index does not say that it asks a live one', () => {
  expect(indexWithoutSnapshot({ overlay: 'a 1.0' })).toBe('Toy index alone');
  expect(indexWithoutSnapshot({ overlay: 'a 1.0', live: true })).toBe('Live index, as it is now');
  expect(indexWithoutSnapshot({})).toBe('Live index, as it is now');
});
