import { describe, expect, test } from 'vitest';
import { makeIndexOpener } from '../../../src/command/problem-index.ts';
import { answerProblem } from '../../../src/command/resolve/answer.ts';
import { readQueries } from '../../../src/command/resolve/queries.ts';
import { parseProblem } from '../../../src/core/problem/problem.ts';

const PROJECTS = {
  pot: { '1.0': { requires: ["spoon<2.28; extra == 'hot'"], extras: ['hot'] } },
  tea: { '1.9.8': { requires: ['spoon==2.27.0', 'cup>=1.6'] } },
  spoon: { '2.27.0': { requires: [] }, '2.28.0': { requires: [] } },
  cup: { '3.17.0': { requires: ['spoon>=2.0'] }, '3.18.0': { requires: ['spoon>=2.28'] } },
  urllib3: { '1.26': { requires: [] }, '2.0': { requires: [], requires_python: '>=3.12' } },
};

async function ask(
  requirements: string,
  values: Parameters<typeof readQueries>[0],
  engine = 'pip@26.2',
): Promise<readonly string[]> {
  const problem = parseProblem({
    engine,
    requirements,
    environment: { python: '3.11.7', platform: 'linux-x86_64' },
    index: { facts: { projects: PROJECTS } },
  });
  const queries = readQueries(values);
  if (!problem.ok || !queries.ok) throw new Error('no question');
  const flags = { events: false, explain: false, queries: queries.value };
  const report = await answerProblem(problem.value, makeIndexOpener('.'), flags);
  if (!report.ok) throw new Error(report.error.message);
  return (report.value.answers ?? []).flatMap(({ texts }) => texts);
}

describe.each(['pip@26.2', 'uv@0.12'])('questions about a package of a run of %s', (engine) => {
  test('why it is there', async () => {
    expect(await ask('tea', { why: ['spoon'] }, engine)).toEqual([
      'Line 1 asks for `tea`.',
      '`tea` 1.9.8 needs `spoon==2.27.0`.',
      'So `spoon` is there, at 2.27.0.',
    ]);
    expect(await ask('tea', { why: ['urllib3'] }, engine)).toEqual(['`urllib3` is not part of the answer.']);
  });

  test('why a version is not, tried out', async () => {
    expect(await ask('tea', { 'why-not': ['cup 3.18.0'] }, engine)).toEqual([
      '`cup==3.18.0` cannot be had with your lines. `cup` 3.18.0 needs `spoon` 2.28 or newer. Line 1 brings in `tea` 1.9.8, which needs `spoon` 2.27.0.',
    ]);
    expect(await ask('cup', { 'why-not': ['cup 3'] }, engine)).toEqual([
      'It is what the run takes: `cup` 3.18.0.',
    ]);
    expect((await ask('cup', { 'why-not': ['cup 3.17'] }, engine))[0]).toMatch(
      /^`cup==3\.17\.\*` can be had: `cup` 3\.17\.0 fits with all lines/u,
    );
  });

  test('what only an extra brings is said of the extra', async () => {
    expect(await ask('pot[hot]', { 'who-limits': ['spoon'] }, engine)).toEqual([
      '`pot[hot]` 1.0 needs `spoon<2.28`.',
      'Of 2 versions of `spoon`, 1 is left.',
    ]);
  });

  test('who limits it, and what the index leaves out', async () => {
    expect(await ask('urllib3<2.1', { 'who-limits': ['urllib3'] }, engine)).toEqual([
      'Line 1 asks for `urllib3<2.1`.',
      '1 version needs Python `>=3.12`, and this is 3.11.7.',
      'Of 2 versions of `urllib3`, 1 is left.',
    ]);
  });

  test('of a run that fails', async () => {
    const failed = 'tea\nspoon>=2.28';
    expect((await ask(failed, { why: ['spoon'] }, engine))[0]).toBe('Line 2 asks for `spoon>=2.28`.');
    expect(await ask(failed, { 'why-not': ['spoon 2.27.0'] }, engine)).toEqual([
      '`spoon==2.27.0` cannot be had with your lines. You ask for `spoon` 2.27.0. Line 2 asks for `spoon` 2.28 or newer.',
    ]);
  });
});

test('a question without a version is refused', () => {
  expect(readQueries({ 'why-not': ['urllib3'] })).toMatchObject({ ok: false });
});
