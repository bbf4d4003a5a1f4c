import { describe, expect, test } from 'vitest';
import { runUv, type SmallIndex, type UvRequest } from '../../resolver/uv/run-uv.ts';

function report(index: SmallIndex, requirements: readonly string[], request: UvRequest = {}): string {
  const run = runUv(index, requirements, request);
  expect(run.outcome.kind).toBe('unsolvable');
  return run.message;
}

describe("uv's report", () => {
  test('a requirement that contradicts itself makes its parent unusable', () => {
    const index = { a: { '1.0': ['b>2,<1'] }, b: { '1.0': [] } };
    expect(report(index, ['a'])).toBe(
      'Because a==1.0 depends on b>2 and b<1, which are incompatible and only a==1.0 is available, we can conclude that all versions of a cannot be used.\nAnd because you require a, we can conclude that your requirements are unsatisfiable.',
    );
    expect(report(index, ['b>2,<1'])).toBe('you require b>2 and b<1, which are incompatible');
  });

  test('versions that are unusable for one reason are told in one sentence', () => {
    const index = { a: { '1.0': { yanked: true }, '2.0': { yanked: true }, '3.0': { yanked: true } } };
    expect(report(index, ['a'])).toBe(
      'Because all versions of a were yanked and you require a, we can conclude that your requirements are unsatisfiable.',
    );
  });

  test('metadata that cannot be read, and a project without files', () => {
    expect(report({ a: { '1.0': ['b ==== 1'] } }, ['a'])).toContain('a==1.0 has invalid metadata');
    expect(report({ a: {} }, ['a'])).toBe(
      'Because there are no versions of a and you require a, we can conclude that your requirements are unsatisfiable.',
    );
  });

  test('three packages that cannot go together are a list', () => {
    const index = {
      a: { '1.0': ['d!=1.0'] },
      b: { '1.0': ['d!=2.0'] },
      c: { '1.0': ['d!=3.0'] },
      d: { '1.0': [], '2.0': [], '3.0': [] },
    };
    expect(report(index, ['a', 'b', 'c'])).toContain(
      'we can conclude that all versions of b, all versions of c, d!=1.0 are incompatible.',
    );
  });

  test('two facts in a row are told in one sentence', () => {
    const index = {
      a: { '1.0': ['b>=2', 'c'], '2.0': ['b>=2', 'c'] },
      b: { '1.0': [], '2.0': ['e<2'], '3.0': ['e<2'] },
      c: { '1.0': ['d>=2'] },
      d: { '1.0': [], '2.0': ['e>=2'] },
      e: { '1.0': [], '2.0': [] },
    };
    const text = report(index, ['a']);
    expect(text.split('\n').at(-1)).toBe(
      'And because all versions of a depend on c and you require a, we can conclude that your requirements are unsatisfiable.',
    );
  });

  test('wheel tags: the example of what would fit', () => {
    const index = { a: { '1.0': { wheels: ['cp39-cp39-manylinux_2_17_x86_64'] } } };
    const run = runUv(index, ['a'], { environment: { python: '3.12', platform: 'manylinux_2_17_x86_64' } });
    expect(run.message).toBe(
      'Because a==1.0 has no wheels with a matching Python ABI tag (e.g., `cp312`) and only a==1.0 is available, we can conclude that all versions of a cannot be used.\nAnd because you require a, we can conclude that your requirements are unsatisfiable.',
    );
    expect(run.notices.map((notice) => notice.text)).toEqual([
      'hint: You require CPython 3.12 (`cp312`), but we only found wheels for `a` (v1.0) with the following Python ABI tag: `cp39`',
    ]);
  });

  test('the requested Python, and the hint on it', () => {
    const run = runUv({ a: { '1.0': { requires_python: '>=3.11' } } }, ['a'], {
      environment: { python: '3.12' },
      options: { pythonVersion: '3.9' },
    });
    expect(run.message).toContain('the requested Python version (>=3.9) does not satisfy Python>=3.11');
    expect(run.notices[0]?.text).toBe(
      'hint: The `--python-version` value (>=3.9) includes Python versions that are not supported by your dependencies (e.g., a==1.0 only supports >=3.11). Consider using a higher `--python-version` value.',
    );
  });
});
