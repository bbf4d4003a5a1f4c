/** What is broken afterwards: the independent checker, pip's own warning, and `pip check`. */
import { describe, expect, test } from 'vitest';
import { answerParts } from '../../../../src/components/answer/answer-words.ts';
import { explainRun } from '../../../../src/core/explain/explain-run.ts';
import { pipCheck, pipCheckText } from '../../../../src/core/explain/pip/check-text.ts';
import type { Pin } from '../../../../src/core/resolver/outcome.ts';
import { checkPins } from '../../../../src/core/resolver/pin-checker.ts';
import { runPip, type TestIndex } from './run-pip.ts';

const INDEX: TestIndex = {
  app: { '1.0': { requires: ['lib>=2', 'opt; extra == "more"'], extras: ['more'] } },
  lib: { '1.0': [], '2.0': { requires: [], requires_python: '>=3.8' } },
  opt: { '1.0': [] },
};
const pin = (name: string, version: string): Pin => {
  const filename = `${name}-${version}-py2.py3-none-any.whl`;
  return { name, version, extras: [], filename, origin: 'index', yanked: false };
};

describe('the independent checker', () => {
  const { request } = runPip({ index: INDEX, root: ['app[more]'], constraints: ['lib<3'] });

  test('has nothing against a right answer', () => {
    expect(checkPins(request, [pin('app', '1.0'), pin('lib', '2.0'), pin('opt', '1.0')])).toEqual([]);
  });

  test('names what is missing or does not fit, and who asks for it', () => {
    expect(checkPins(request, [pin('app', '1.0'), pin('lib', '1.0')])).toEqual([
      { requirement: 'lib>=2', requiredBy: 'app 1.0', found: '1.0' },
      { requirement: 'opt; extra == "more"', requiredBy: 'app 1.0', found: null },
    ]);
  });

  test('holds pins against the user, his constraints and his Python', () => {
    const strict = runPip({
      index: INDEX,
      root: ['lib>=2'],
      constraints: ['lib!=2.0'],
      python: '3.7.0',
    }).request;
    expect(checkPins(strict, [pin('lib', '2.0')])).toEqual([
      { requirement: 'Python >=3.8', requiredBy: 'lib 2.0', found: '3.7.0' },
      { requirement: 'lib!=2.0', requiredBy: null, found: '2.0' },
    ]);
  });
});

describe('the environment', () => {
  const installed = { other: ['1.0', 'lib<2', 'gone'] } as const;
  const run = runPip({ index: INDEX, root: ['lib'], installed });

  test('pip installs what breaks a package that it did not look at, and says so', () => {
    expect(run.pins).toBe('lib==2.0');
    expect(run.notices.map(({ level, text }) => `${level}: ${text}`)).toEqual([
      "error: pip's dependency resolver does not currently take into account all the packages that are installed. " +
        'This behaviour is the source of the following dependency conflicts.\n' +
        'other 1.0 requires gone, which is not installed.\n' +
        'other 1.0 requires lib<2, but you have lib 2.0 which is incompatible.',
    ]);
  });

  test('until 26.1 dependants of dependants count, if they stand behind them', () => {
    const lines = (installed: Readonly<Record<string, readonly [string, ...string[]]>>, release: string) =>
      runPip({ index: INDEX, root: ['lib'], installed, release })
        .notices.flatMap(({ text }) => text.split('\n').slice(1))
        .map((line) => line.split(' ', 1)[0]);
    const other = ['1.0', 'lib<2'] as const;
    const further = ['1.0', 'other', 'absent'] as const;
    expect(lines({ other, further }, '26.1')).toEqual(['further', 'other']);
    expect(lines({ further, other }, '26.1')).toEqual(['other']);
    expect(lines({ other, further }, '26.2')).toEqual(['other']);
  });

  test('pip check has its own words for it', () => {
    const pins = run.outcome.kind === 'solved' ? run.outcome.pins : [];
    expect(pipCheckText(run.request, pins)).toBe(
      'other 1.0 requires gone, which is not installed.\nother 1.0 has requirement lib<2, but you have lib 2.0.',
    );
    const clean = runPip({ index: INDEX, root: ['app'] });
    const chosen = clean.outcome.kind === 'solved' ? clean.outcome.pins : [];
    expect(pipCheckText(clean.request, chosen)).toBe('No broken requirements found.');
  });

  test('the answer carries the check, with its number of complaints', () => {
    const pins = run.outcome.kind === 'solved' ? run.outcome.pins : [];
    expect(pipCheck(run.request, pins)).toMatchObject({
      problems: 2,
      notes: [expect.stringContaining('installed already')],
    });
  });

  test('what the legacy resolver breaks is the answer, not a footnote', () => {
    const index = { a: { '1.0': ['c<2'] }, b: { '1.0': ['c>=2'] }, c: { '1.0': [], '2.0': [] } };
    const legacy = runPip({ index, root: ['a', 'b'], release: '19.3' });
    const ended = { ...legacy, tool: 'pip', isRefused: false };
    const explanation = explainRun(ended, legacy.request, { rules: 'pip', resolve: null, ledgers: () => [] });
    expect(explanation.kind).toBe('broken');
    expect(explanation.sentence).toBe(
      'pip installs this, and it is broken: `b` 1.0 asks for `c>=2`, and 1.0 is chosen.',
    );
    expect(explanation.check).toEqual({
      text: 'b 1.0 has requirement c>=2, but you have c 1.0.',
      problems: 1,
      notes: [],
    });
    const [first] = answerParts(explanation, 3, 'pip').filter(({ id }) => id === 'check');
    expect(first).toMatchObject({ id: 'check', label: 'What pip check prints', note: '1' });
  });
});
