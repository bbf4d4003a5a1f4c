import { worldOfProblem } from '../../src/core/headless/world-of-problem.ts';
import { expect, test } from 'vitest';
import { parseOverlay } from '../../src/core/package-index/overlay/overlay-parse.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { expectationText, problemOfWorld, readToyWorlds, writeWorld } from '../../src/state/toy-worlds.ts';

test.each([
  [null, ''],
  [{ isSolvable: true, pins: ['a==1.0', 'b==2.0'], explanation: '' }, 'Its authors expect a 1.0, b 2.0.'],
  [{ isSolvable: true, pins: [], explanation: '' }, 'Its authors expect a solution.'],
  [
    { isSolvable: false, pins: [], explanation: 'There is no b.' },
    'Its authors expect no solution. There is no b.',
  ],
  [
    { isSolvable: false, pins: [], explanation: 'have b 1.0, want b 2.0\nhave b 3.0, want b 2.0' },
    'Its authors expect no solution: have b 1.0, want b 2.0; have b 3.0, want b 2.0.',
  ],
])('%j reads “%s”', (expected, text) => {
  expect(expectationText(expected)).toBe(text);
});

const QUESTION = makeProblem({
  engine: 'uv@0.12',
  requirements: 'a>=1 # a comment\n\nb',
  installed: 'b==1.0',
  options: { resolution: 'lowest', universal: true, requiredEnvironments: ["sys_platform == 'linux'"] },
  index: { overlay: 'closed world\na 1.0; depends b\nb 1.0..1.1' },
});

test('a question is a world, and the world asks the same question again', () => {
  const world = worldOfProblem(QUESTION);
  expect(world).toMatchObject({ requirements: ['a>=1', 'b'], installed: ['b==1.0'] });
  const again = problemOfWorld(world, QUESTION);
  expect(again.options).toEqual(QUESTION.options);
  expect(again).toMatchObject({ engine: 'uv@0.12', requirements: 'a>=1\nb', installed: 'b==1.0' });
  expect(parseOverlay(again.index.overlay ?? '').errors).toEqual([]);
});

test.each(['packse', 'pip', 'zazo'] as const)('saved as %s it is read back', async (form) => {
  const { text } = await writeWorld(QUESTION, form);
  const worlds = await readToyWorlds(text, form);
  expect(worlds.ok && worlds.value.at(-1)?.requirements).toEqual(['a>=1', 'b']);
});

test.each([
  ['linux-x86_64', undefined],
  ['windows-amd64', 'x86_64-pc-windows-msvc'],
  ['aarch64-manylinux_2_28', 'aarch64-manylinux_2_28'],
])('the platform %s is %s in a scenario', (platform, triple) => {
  const asked = makeProblem({ requirements: 'a', environment: { python: '3.12', platform } });
  expect(worldOfProblem(asked).options.platform).toBe(triple);
});

test('what of the question no form holds is named', async () => {
  const asked = makeProblem({
    requirements: 'a',
    constraints: 'b<2',
    options: { uploadedPriorTo: '2024-05-01', noDeps: true },
    index: { overlay: 'a 1.0' },
  });
  expect((await writeWorld(asked, 'pip')).lost).toEqual(['the constraints', '--uploaded-prior-to']);
});
