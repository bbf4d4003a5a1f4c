/**
 * Links that were handed out, each with the whole Problem that it opens as. Only ever added to. What is stored says
 * everything, so that no later default can change it; a field that came later has its default of today.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeLink, encodeLink } from '../../src/client/codec/permalink.ts';
import { parseProblem, type Problem } from '../../src/core/problem/problem.ts';

interface StoredLink {
  readonly name: string;
  readonly fragment: string;
  readonly problem: Problem;
  readonly view: unknown;
}

function stored(file: string): readonly StoredLink[] {
  return JSON.parse(readFileSync(resolve(import.meta.dirname, file), 'utf8')) as readonly StoredLink[];
}

describe.each(['v1.json', 'v2.json'])('%s', (file) => {
  test.each(stored(file))('$name', async ({ fragment, problem, view }) => {
    const reading = await decodeLink(fragment);
    if (reading.kind !== 'link') throw new Error(JSON.stringify(reading));
    const opened = reading.link.problem;
    expect(opened).toMatchObject(problem);
    const expected = parseProblem(problem);
    if (!expected.ok) throw new Error(expected.error.message);
    expect(JSON.stringify(opened, null, 2)).toBe(JSON.stringify(expected.value, null, 2));
    expect(reading.link.view).toEqual(view);
  });

  test.each(stored(file))('$name, sent on', async ({ fragment }) => {
    const first = await decodeLink(fragment);
    if (first.kind !== 'link') throw new Error(JSON.stringify(first));
    expect(await decodeLink(await encodeLink(first.link))).toEqual(first);
  });
});

test('an old link means pip 26.2 under Python 3.12 on Linux, whatever is the default today', async () => {
  const [shortest] = stored('v1.json');
  expect(await decodeLink(shortest!.fragment)).toMatchObject({
    link: { problem: { engine: 'pip@26.2', environment: { python: '3.12', platform: 'linux-x86_64' } } },
  });
});
