import { expect, test } from 'vitest';
import { SpokenSteps } from '../../../src/components/player/spoken-steps.ts';

const counts = (conflicts: number) => ({ pinned: 0, skipped: 0, undone: 0, conflicts, jumps: 0 });

test('a step that is asked for is spoken, with its number', () => {
  expect(new SpokenSteps().asked(36, counts(0), 'Skipped cup 3.22.0.', 0)).toBe(
    'Step 37: Skipped cup 3.22.0.',
  );
});

test('playing speaks one summary each five seconds, of what has passed since the last', () => {
  const speech = new SpokenSteps();
  speech.asked(0, counts(0), '', 0);
  const spoken: string[] = [];
  for (let tick = 1; tick <= 30; tick++) {
    const message = speech.played(tick * 4, counts(Math.floor(tick / 5)), 6, tick * 350);
    if (message !== null) spoken.push(message);
  }
  expect(spoken).toEqual(['60 steps, 3 conflicts, 6 pins stand', '60 steps, 3 conflicts, 6 pins stand']);
});

test('nothing is said at the first tick', () => {
  expect(new SpokenSteps().played(5, counts(1), 2, 12_000)).toBeNull();
});
