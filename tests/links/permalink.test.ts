import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deflate, toBase64Url } from '../../src/client/codec/deflate.ts';
import { decodeLink, encodeLink, type Link } from '../../src/client/codec/permalink.ts';
import { WORKED_EXAMPLE } from '../../src/lessons/worked-example.ts';
import { makeProblem, parseProblem } from '../../src/core/problem/problem.ts';

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
    expect(await encodeLink(example)).toMatch(/^#v2\.[\w.~/-]+$/);
  });

  test('says what decides the answer, in words', async () => {
    const link = await encodeLink({
      problem: makeProblem({ requirements: 'flask', index: { snapshot: 'pypi-2023-09-07' } }),
      view: { step: 3, trace: '412-5f3a09c2', snapshot: '9ea3b1af' },
    });
    expect(link).toMatch(
      /^#v2\.pip-[\d.]+\/[\d.]+\/linux-x86_64\/pypi-2023-09-07\/9ea3b1af\/3\/412-5f3a09c2\/[\w-]+$/,
    );
  });

  test('is short: the worked example with its run, 60 lines', async () => {
    const view = { ...WORKED_EXAMPLE.view, trace: '412-5f3a09c2-AbCdEfGhIjKlMnOp', snapshot: '9ea3b1af' };
    expect((await encodeLink({ problem: WORKED_EXAMPLE.problem, view })).length).toBeLessThanOrEqual(250);
    const lines = Array.from(
      { length: 60 },
      (_, at) =>
        `project-${((at * 7919) % 9973).toString(36)}x${at}>=${at % 7}.${(at * 13) % 30},<${(at % 7) + 2}`,
    );
    const problem = makeProblem({
      requirements: `${lines.join('\n')}\n`,
      index: { snapshot: 'pypi-2023-09-07' },
    });
    expect((await encodeLink({ problem, view })).length).toBeLessThanOrEqual(2_000);
  });

  test('carries no password or token, and still opens', async () => {
    const secret =
      'six @ git+https://ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@github.com/a/b\n--index-url https://me:pass@index.example/simple?token=abc';
    const link = await encodeLink({ problem: makeProblem({ requirements: secret }), view: {} });
    const reading = await decodeLink(link);
    expect(reading).toMatchObject({
      kind: 'link',
      link: {
        problem: {
          requirements:
            'six @ git+https://****@github.com/a/b\n--index-url https://****@index.example/simple?token=****',
        },
      },
    });
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
    expect(await decodeLink('#v3.abc')).toMatchObject({ kind: 'fault', fault: 'newer' });
    expect(await decodeLink('#v2.abc')).toMatchObject({ kind: 'fault', fault: 'damaged' });
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
    const bomb = await pack(`{"problem":{"requirements":"${' '.repeat(20_000_000)}"}}`);
    expect(bomb.length).toBeLessThan(32_000);
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

describe('bounds', () => {
  test.each([
    ['lines', { requirements: '\n'.repeat(100_000) }],
    ['the length of a line', { requirements: 'a'.repeat(100_000) }],
    [
      'depth',
      { requirements: 'a', index: { facts: JSON.parse('['.repeat(100) + ']'.repeat(100)) as unknown } },
    ],
    ['values', { requirements: 'a', options: { onlyBinary: new Array<string>(50_000).fill('a') } }],
  ])('of %s', async (_, problem) => {
    expect(await decodeLink(await pack({ problem }))).toMatchObject({ kind: 'fault', fault: 'too-large' });
  });

  test('of length: no more is read than is written', async () => {
    expect(await decodeLink(`#v1.${'a'.repeat(40_000)}`)).toMatchObject({
      kind: 'fault',
      fault: 'too-large',
    });
  });

  test('of a path: a link names no file of its reader', async () => {
    const reading = await decodeLink(
      await pack({ problem: { requirements: 'a', index: { facts: '/etc/passwd' } } }),
    );
    expect(reading).toMatchObject({ kind: 'fault', fault: 'not-a-problem' });
  });

  test.each(['3.12\u0003', '3\u202e.12', '3.12\u0085'])(
    'of characters: a short field holds none that act',
    async (python) => {
      const reading = await decodeLink(
        await pack({ problem: { requirements: 'a', environment: { python } } }),
      );
      expect(reading).toMatchObject({
        kind: 'fault',
        fault: 'not-a-problem',
        detail: expect.stringMatching(/U\+/) as unknown,
      });
    },
  );
});
