import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deflate, toBase64Url } from '../../src/client/codec/deflate.ts';
import { decodeLink, encodeLink, type Link } from '../../src/client/codec/permalink.ts';
import { makeProblem, parseProblem } from '../../src/core/problem/problem.ts';

interface HistoricalLink {
  readonly name: string;
  readonly fragment: string;
  readonly problem: unknown;
  readonly view: unknown;
}

/** Links that were once handed out. Only ever added to. */
const HISTORICAL = JSON.parse(
  readFileSync(resolve(import.meta.dirname, 'historical-links.json'), 'utf8'),
) as readonly HistoricalLink[];

const example: Link = {
  problem: makeProblem({ requirements: 'flask\nwerkzeug<2\n', index: { snapshot: 'pypi-2023-09-07' } }),
  view: { step: 37, panel: 'steps' },
};

const pack = async (value: unknown): Promise<string> =>
  `#v1.${toBase64Url(await deflate(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))))}`;

describe('a link', () => {
  test('brings back the problem and the view', async () => {
    expect(await decodeLink(await encodeLink(example))).toEqual({ kind: 'link', link: example });
  });

  test('does so for any texts and options', async () => {
    const problems = fc.record({
      requirements: fc.string({ unit: 'grapheme' }),
      constraints: fc.string(),
      engine: fc.constantFrom('pip@26.2', 'pip@20.3'),
      options: fc.record({ pre: fc.boolean(), maxRounds: fc.option(fc.integer({ min: 1, max: 9 })) }),
    });
    await fc.assert(
      fc.asyncProperty(problems, fc.nat(1e6), async (input, step) => {
        const link: Link = { problem: makeProblem(input), view: { step } };
        expect(await decodeLink(await encodeLink(link))).toEqual({ kind: 'link', link });
      }),
      { numRuns: 50 },
    );
  });

  test('is the same for equal problems, whatever the order of their keys', async () => {
    const again = parseProblem({
      index: { snapshot: 'pypi-2023-09-07' },
      requirements: 'flask\nwerkzeug<2\n',
    });
    if (!again.ok) throw new Error(again.error.message);
    expect(await encodeLink({ view: { panel: 'steps', step: 37 }, problem: again.value })).toBe(
      await encodeLink(example),
    );
  });

  test('uses only characters that survive chats and mail', async () => {
    expect(await encodeLink(example)).toMatch(/^#v1\.[\w-]+$/);
  });

  test('leaves defaults out: the shortest question takes less than 100 characters', async () => {
    const link = await encodeLink({ problem: makeProblem({ requirements: 'flask' }), view: {} });
    expect(link.length).toBeLessThan(100);
  });

  test('never switches on the live index for its reader', async () => {
    const live = makeProblem({ requirements: 'flask', index: { live: true } });
    const ours = await decodeLink(await encodeLink({ problem: live, view: {} }));
    const theirs = await decodeLink(
      await pack({ problem: { requirements: 'flask', index: { live: true } } }),
    );
    for (const reading of [ours, theirs])
      expect(reading).toMatchObject({ kind: 'link', link: { problem: { index: {} } } });
    expect(JSON.stringify([ours, theirs])).not.toContain('live');
  });

  test('is read although a mail program escaped it once more', async () => {
    const fragment = (await encodeLink(example)).replaceAll('-', '%2D').replaceAll('_', '%5F');
    expect(await decodeLink(fragment)).toEqual({ kind: 'link', link: example });
  });

  test('with a view that is not understood keeps the question', async () => {
    const reading = await decodeLink(
      await pack({ problem: { requirements: 'a' }, view: { panel: 'hologram' } }),
    );
    expect(reading).toMatchObject({ kind: 'link', link: { problem: { requirements: 'a' }, view: {} } });
  });
});

describe('a fragment that is no good', () => {
  test('of a later format is told from a damaged one', async () => {
    expect(await decodeLink('#v2.abc')).toMatchObject({ kind: 'fault', fault: 'newer' });
    expect(await decodeLink('#v1.abc')).toMatchObject({ kind: 'fault', fault: 'damaged' });
    expect(await decodeLink('#v1.(((')).toMatchObject({ kind: 'fault', fault: 'damaged' });
  });

  test('that was cut anywhere is damaged, never half a question', async () => {
    const whole = await encodeLink(example);
    for (let length = 5; length < whole.length; length += 3) {
      expect(await decodeLink(whole.slice(0, length))).toMatchObject({ kind: 'fault', fault: 'damaged' });
    }
  });

  test('that unpacks to more than 1 MiB is refused', async () => {
    const bomb = await pack(`{"problem":{"requirements":"${' '.repeat(30_000_000)}"}}`);
    expect(bomb.length).toBeLessThan(60_000);
    expect(await decodeLink(bomb)).toMatchObject({ kind: 'fault', fault: 'too-large' });
  });

  test('that holds no problem says which field is wrong', async () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [{ problem: { requirements: 7 } }, 'requirements'],
      [{ problem: { requirements: 'a', engine: 'pip@9.9' } }, 'engine'],
      [{ problem: { requirements: 'a', surprise: 1 } }, 'surprise'],
      [[], 'the whole value'],
    ];
    for (const [value, field] of cases) {
      const reading = await decodeLink(await pack(value));
      expect(reading).toMatchObject({ kind: 'fault', fault: 'not-a-problem' });
      expect(reading.kind === 'fault' ? reading.detail : '').toContain(field);
    }
    expect(await decodeLink(await pack('not json'))).toMatchObject({ kind: 'fault', fault: 'damaged' });
  });

  test('is not a link at all when it does not claim to be', async () => {
    for (const fragment of ['', '#', '#answer', '#version', '#v.x', '#v1'])
      expect(await decodeLink(fragment)).toEqual({ kind: 'none' });
  });

  test('never throws, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect((await decodeLink(`#v1.${text}`)).kind).not.toBe('none');
      }),
      { numRuns: 100 },
    );
  });
});

describe('historical links', () => {
  test.each(HISTORICAL)('$name', async ({ fragment, problem, view }) => {
    const expected = parseProblem(problem);
    if (!expected.ok) throw new Error(expected.error.message);
    expect(await decodeLink(fragment)).toEqual({ kind: 'link', link: { problem: expected.value, view } });
  });
});
