import { describe, expect, test } from 'vitest';
import { makeBenchmarkBoard, benchmarkTable } from '../../../src/core/compare/benchmark-board.ts';
import { runComparison } from '../../../src/core/compare/comparison.ts';
import { dateBisectTable, makeDateBisect, MAX_SOLVES } from '../../../src/core/compare/date-bisect.ts';
import { indexCheckTable, makeIndexCheck } from '../../../src/core/compare/index-check.ts';
import { makeMatrix, matrixTable } from '../../../src/core/compare/matrix.ts';
import { makeOrderFuzz, ordersOf, reordered, swapsBetween } from '../../../src/core/compare/order-fuzz.ts';
import { makeSweep, sweepTable } from '../../../src/core/compare/sweep.ts';
import { RELEASES } from '../../../src/core/manifest/tool-releases.ts';
import { ENGINE_NAMES } from '../../../src/core/problem/engine-id.ts';
import { NEWEST_PREFERENCE } from '../../../src/core/resolver/pip/preference-parts.ts';
import { answerJob, PARTIAL_SATISFIER, toyProblem, TWO_ANSWERS } from './toys.ts';

describe('a sweep', () => {
  const wrong = RELEASES.pip
    .filter((version) => Number(version) >= 23.1 && Number(version) <= 25)
    .map((version) => `pip@${version}`);

  test('finds the releases of pip that miss a solution, and proves that they do', async () => {
    const { rows, changes } = await runComparison(makeSweep(PARTIAL_SATISFIER, ENGINE_NAMES), answerJob);
    expect(rows.map(({ engine }) => engine)).toEqual(ENGINE_NAMES);
    expect(rows.filter(({ cell }) => cell?.verdict === 'wrong').map(({ engine }) => engine)).toEqual(wrong);
    expect(rows.filter(({ cell }) => cell?.verdict === 'impossible')).toEqual([]);
    expect(changes.filter(({ engine }) => engine.startsWith('pip@'))).toEqual([
      { engine: 'pip@23.1', before: 'pip@23.0' },
      { engine: 'pip@25.1', before: 'pip@25.0' },
    ]);
  });

  test('is valid before all is known', () => {
    const sweep = makeSweep(PARTIAL_SATISFIER, ENGINE_NAMES);
    expect(sweep.next()).toHaveLength(ENGINE_NAMES.length);
    expect(sweep.next()).toEqual([]);
    expect(sweep.progress()).toEqual({ done: 0, total: ENGINE_NAMES.length });
    expect(sweepTable(sweep.result()).rows).toEqual([]);
  });
});

describe('a matrix', () => {
  test('says on which Pythons it works, and why not on the others', async () => {
    const problem = toyProblem('app', 'app 1.0; python >=3.9; depends old\nold 1.0; python <3.12');
    const pythons = ['3.8', '3.9', '3.10', '3.11', '3.12'];
    const matrix = await runComparison(
      makeMatrix(problem, pythons, ['linux-x86_64', 'windows-amd64']),
      answerJob,
    );
    expect(
      matrix.stretches.slice(0, 3).map(({ from, to, verdict }) => `${from} to ${to}: ${verdict}`),
    ).toEqual(['3.8 to 3.8: impossible', '3.9 to 3.11: solved', '3.12 to 3.12: impossible']);
    expect(matrix.stretches[2]?.reason?.sentence).toContain('old');
    expect(matrixTable(matrix).rows).toHaveLength(10);
  });
});

describe('order fuzz', () => {
  test('finds the two lines whose order decides', async () => {
    const fuzz = await runComparison(makeOrderFuzz(TWO_ANSWERS), answerJob);
    expect(fuzz.rows).toHaveLength(2);
    expect(fuzz.isSame).toBe(false);
    expect(fuzz.pair).toMatchObject({ first: 0, second: 1 });
    expect(fuzz.pair?.as.cell.pins).toMatchObject({ x: '2', y: '1' });
    expect(fuzz.pair?.swapped.cell.pins).toMatchObject({ x: '1', y: '2' });
  });

  test('finds them among lines that do not matter', async () => {
    const problem = toyProblem(
      'one\nx\ntwo\ny\nthree',
      'one 1\ntwo 1\nthree 1\nx 2; depends z <2\nx 1\ny 2; depends z >=2\ny 1\nz 1, 2',
    );
    const fuzz = await runComparison(makeOrderFuzz(problem), answerJob);
    const { pair } = fuzz;
    expect(pair).not.toBeNull();
    expect([fuzz.lines[pair!.first], fuzz.lines[pair!.second]].sort()).toEqual(['x', 'y']);
  });

  test('keeps options at the head, continued lines together, and no comments', () => {
    expect(reordered('--pre\na\n# note\nb \\\n  >=1\n', [1, 0])).toBe('--pre\nb \\\n  >=1\na\n');
  });

  test('asks different orders, the written one first, and swaps neighbours only', () => {
    const orders = ordersOf(4, 24);
    expect(orders[0]).toEqual([0, 1, 2, 3]);
    expect(new Set(orders.map(String)).size).toBe(orders.length);
    const way = swapsBetween([0, 1, 2, 3], [3, 1, 0, 2]);
    expect(way.at(-1)).toEqual([3, 1, 0, 2]);
    for (const [at, order] of way.slice(1).entries()) {
      const moved = order.filter((line, place) => line !== way[at]![place]);
      expect(moved).toHaveLength(2);
    }
  });

  test('a single line has one order', async () => {
    const fuzz = await runComparison(makeOrderFuzz(toyProblem('x', 'x 1')), answerJob);
    expect(fuzz).toMatchObject({ isSame: true, pair: null });
  });
});

/** Uploads that change nothing, one an hour. */
const NOISE = Array.from({ length: 150 }, (_, at) => {
  const time = new Date(Date.UTC(2024, 0, 1, at * 7)).toISOString().slice(0, 19);
  return `base 1.0.${at + 1}; uploaded ${time}Z`;
});

describe('date bisect', () => {
  const good = Date.UTC(2024, 0, 1);
  const bad = Date.UTC(2024, 3, 1);
  // A pre-release stands in only as long as there is no final release.
  const problem = toyProblem(
    'lib\nhelper>=1\nbase>=2',
    [
      'base 1.0, 2.0; uploaded 2023-01-01',
      ...NOISE,
      'lib 1.0; uploaded 2023-12-01; depends helper',
      'helper 2.0rc1; uploaded 2023-12-01; depends base',
      'helper 2.0; uploaded 2024-02-03T07:30:00Z; depends base <2, extra-bound >=1',
      'extra-bound 1.0; uploaded 2023-01-01',
    ].join('\n'),
  );

  test.each(['pip@26.2', 'pip@26.0'])('lands on one upload of many, in %s', async (engine) => {
    const bisect = await runComparison(makeDateBisect({ ...problem, engine }, good, bad), answerJob);
    expect(bisect.status).toBe('found');
    expect(bisect.brokeAt).toBe(Date.UTC(2024, 1, 3, 7, 30));
    expect(bisect.culprits).toEqual([
      {
        project: 'helper',
        version: '2.0',
        before: '2.0rc1',
        added: ['base <2', 'extra-bound >=1'],
        dropped: ['base'],
      },
    ]);
    expect(bisect.solves).toBeLessThanOrEqual(MAX_SOLVES);
    expect(dateBisectTable(bisect).rows).toHaveLength(bisect.solves);
  });

  test('says when both ends come to the same', async () => {
    const bisect = await runComparison(makeDateBisect(problem, good, good + 1), answerJob);
    expect(bisect).toMatchObject({ status: 'same', solves: 2, culprits: [] });
  });
});

describe('an index check', () => {
  test('groups what does not install by its cause', async () => {
    const problem = toyProblem(
      '',
      `good 1.0; depends base
base 1.0
bad 1.0; depends base <1
worse 2.0; depends base <1
gone 1.0; depends nowhere
new 1.0; python >=3.12
old 2.0a1
old 1.0; yanked "bad"`,
    );
    const projects = ['good', 'base', 'bad', 'worse', 'gone', 'new', 'old'];
    const check = await runComparison(makeIndexCheck(problem, projects, ['3.11', '3.12']), answerJob);
    expect(check.checked).toBe(7);
    expect(check.failing.map(({ project }) => project)).toEqual(['bad', 'worse', 'gone', 'new']);
    expect(check.groups[0]).toMatchObject({
      cause: { kind: 'no-version-in-range', package: 'base' },
      projects: [{ project: 'bad', pythons: ['3.11', '3.12'] }, { project: 'worse' }],
    });
    expect(
      check.failing.find(({ project }) => project === 'new')?.pythons.map(({ verdict }) => verdict),
    ).toEqual(['impossible', 'solved']);
    expect(indexCheckTable(check).rows).toHaveLength(7);
  });
});

describe('the benchmark board', () => {
  const scenarios = [
    { name: 'partial satisfier', problem: PARTIAL_SATISFIER },
    { name: 'two answers', problem: TWO_ANSWERS },
  ];

  test('pip’s own order changes nothing', async () => {
    const board = await runComparison(
      makeBenchmarkBoard(scenarios, 'pip@26.2', NEWEST_PREFERENCE),
      answerJob,
    );
    expect(board.rows.map(({ hasSameAnswer }) => hasSameAnswer)).toEqual([true, true]);
    expect(board.after).toBe(board.before);
    for (const { before, after } of board.rows) expect(after).toEqual(before);
  });

  test('another order is really another search', async () => {
    const problem = toyProblem('x\ny<3', 'x 2; depends z <2\nx 1\ny 2; depends z >=2\ny 1\nz 1, 2');
    const order = ['promoted', 'direct', 'pinned', 'order', 'upper-bound', 'operators'] as const;
    const board = await runComparison(
      makeBenchmarkBoard([{ name: 'capped', problem }], 'pip@26.2', order),
      answerJob,
    );
    const [row] = board.rows;
    expect(row?.before?.pins).toMatchObject({ x: '1', y: '2' });
    expect(row?.after?.pins).toMatchObject({ x: '2', y: '1' });
    expect(benchmarkTable(board).rows[0]?.at(-1)).toBe('no');
  });
});
