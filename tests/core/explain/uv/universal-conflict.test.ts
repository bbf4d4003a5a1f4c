import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../../../src/core/explain/explanation.ts';
import { resolveUv } from '../../../../src/core/explain/uv/uv-engine.ts';
import { sentenceForStep } from '../../../../src/core/explain/sentence.ts';
import { actionForStep } from '../../../../src/core/explain/step-words.ts';
import { explainProblemRun } from '../../../../src/core/headless/explain-problem.ts';
import { eventsOf, runUv, type SmallIndex, type UvRequest } from '../../resolver/uv/run-uv.ts';

const UNIVERSAL: UvRequest = {
  environment: { python: '3.12', platform: 'linux-x86_64' },
  options: { universal: true, requiresPython: '>=3.12,<3.15' },
};

function explain(index: SmallIndex, requirements: readonly string[]): Explanation {
  return explainProblemRun(
    runUv(index, requirements, UNIVERSAL),
    { family: 'uv', version: '0.12' },
    resolveUv,
  );
}

const CLASH: SmallIndex = {
  a: { '1.0': ['b', 'c'], '2.0': [] },
  b: { '1.0': ['d==1.0'] },
  c: { '1.0': ['d==2.0'] },
  d: { '1.0': [], '2.0': [] },
};

describe('a universal resolution that fails', () => {
  test('is explained by an environment that cannot be served, though the one at hand could be', () => {
    const explanation = explain(CLASH, ["a>=2; sys_platform == 'linux'", "a<2; sys_platform == 'darwin'"]);
    expect(explanation.kind).toBe('conflict');
    expect(explanation.remarks[0]).toBe('This is so with Python 3.12 on macOS.');
    expect(explanation.lines.map(({ line }) => line)).toEqual([2]);
    expect(explanation.sentence).toContain('d');
  });

  test('a fix is offered only if it helps in every environment', () => {
    const explanation = explain(CLASH, ["a>=2; sys_platform == 'linux'", "a<2; sys_platform == 'darwin'"]);
    expect(explanation.fixes.map(({ kind }) => kind)).toEqual(['raise', 'remove']);
    expect(explanation.fixes[0]!.pins.map(({ name, version }) => `${name}==${version}`)).toEqual(['a==2.0']);
    const both = explain(CLASH, ["a<2; sys_platform == 'darwin'", "a<2; sys_platform == 'win32'"]);
    expect(both.fixes).toEqual([]);
  });

  test('for Pythons that come later', () => {
    const index = { a: { '1.0': ["b>=2; python_version >= '3.14'"] }, b: { '1.0': [] } };
    expect(explain(index, ['a']).remarks[0]).toBe('This is so with Python 3.14 on Linux.');
  });

  test('where each environment by itself has a solution, nothing else is claimed', () => {
    const index = {
      a: { '1.0': ["c<2; sys_platform == 'linux'"] },
      b: { '1.0': ["c>=2; sys_platform == 'darwin'"] },
      c: { '1.0': [], '2.0': [] },
    };
    const { kind, remarks, fixes } = explain(index, ['a', 'b']);
    expect([kind, fixes]).toEqual(['conflict', []]);
    expect(remarks.at(-1)).toMatch(/^Each environment that was tried by itself has a solution\./u);
  });

  test('a wheel for another machine is no obstacle', () => {
    const index = {
      a: { '1.0': { requires: ['b'], wheels: ['cp312-cp312-win_amd64'] } },
      b: { '1.0': ['c>=2'] },
      c: { '1.0': [] },
    };
    expect(explain(index, ['a']).remarks[0]).toBe('This is so with Python 3.12 on Linux.');
    expect(explain(index, ['a']).sentence).not.toContain('no file for');
  });
});

test('a universal resolution that was divided says into what', () => {
  const requirements = ["a>=2; sys_platform == 'linux'", "a<2; sys_platform != 'linux'"];
  const run = runUv({ a: { '1.0': [], '2.0': [] } }, requirements, UNIVERSAL);
  expect(run.caveats).toEqual(['uv searched 2 times, for: any Python not on Linux · any Python on Linux.']);
  expect(runUv({ a: { '1.0': [] } }, ['a'], UNIVERSAL).caveats).toBeUndefined();
});

test('going on with another part of the environments is no jump back', () => {
  const requirements = ["a>=2; sys_platform == 'linux'", "a<2; sys_platform != 'linux'"];
  const run = runUv({ a: { '1.0': [], '2.0': [] } }, requirements, UNIVERSAL);
  const { trace } = run;
  const step = eventsOf(run).findIndex(({ kind }) => kind === 'fork');
  expect(eventsOf(run).filter(({ kind }) => kind === 'backjump')).toEqual([]);
  expect(run.metrics.undone).toBe(0);
  expect(actionForStep(trace, step - 1)).toBe('kept');
  expect(sentenceForStep(trace, step - 1)).toMatch(
    /stays for the part that is solved, and is left out of the next\.$/u,
  );
  expect(sentenceForStep(trace, step)).toBe(
    'Solved for a part of the environments. The search goes on for another part, from the beginning.',
  );
  expect(actionForStep(trace, step)).toBe('next part');
  const jumping = runUv({ a: { '1.0': [], '2.0': ['b>=2'] }, b: { '1.0': [] } }, ['a']);
  const jump = eventsOf(jumping).findIndex(({ kind }) => kind === 'backjump');
  expect(actionForStep(jumping.trace, jump)).toBe('went back');
});
