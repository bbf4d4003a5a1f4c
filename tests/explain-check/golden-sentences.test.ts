/** The voice: 150 sentences of real answers, to be read aloud. A change of words shows here, and is looked at. */
import { expect, test } from 'vitest';
import { ENGINES, generate, KINDS } from './generate.ts';
import { explainProblem } from './explain-problem.ts';

const WANTED = 150;
const MAX_WORDS = 40;
/** Telegraphic bounds, bare versions after a comma, "and" for "or", sentences that end in the air. */
const AWKWARD = [
  / needs? not /u,
  / needs? any /u,
  /any version exists/u,
  /, \d[\w.]*[.,]/u,
  /asks for\.$/u,
  /older than \d[^.]*,/u,
];

test('are short, name packages, and stand as they were read', async () => {
  const sentences = new Set<string>();
  for (let seed = 100; sentences.size < WANTED && seed < 140; seed += 1)
    for (const kind of KINDS) {
      const engine = ENGINES[(seed + KINDS.indexOf(kind)) % ENGINES.length]!;
      const { conflict, solution } = await explainProblem(generate(kind, engine, seed));
      const told = conflict ?? solution;
      if (told && !/^Solved: /u.test(told.sentence) && sentences.size < WANTED) sentences.add(told.sentence);
    }
  expect(sentences.size).toBe(WANTED);
  for (const sentence of sentences) {
    expect(sentence.split(/\s+/u).length, sentence).toBeLessThanOrEqual(MAX_WORDS);
    expect(sentence).toMatch(/`[^`]+`/u);
    for (const awkward of AWKWARD) expect(sentence).not.toMatch(awkward);
    expect(sentence).toMatch(/[.]$/u);
  }
  await expect([...sentences].sort().join('\n')).toMatchFileSnapshot('golden-sentences.txt');
}, 60_000);
