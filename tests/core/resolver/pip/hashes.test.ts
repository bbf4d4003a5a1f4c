/** --require-hashes. */
import { describe, expect, test } from 'vitest';
import { prepareRequest } from '../../../../src/core/headless/request.ts';
import { makeFactsIndex } from '../../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../../src/core/problem/problem.ts';
import { runPip, type TestIndex } from './run-pip.ts';

const file = (name: string, version: string, sha256: string, requires: readonly string[] = []) => ({
  requires: [...requires],
  files: [{ filename: `${name}-${version}-py3-none-any.whl`, sha256 }],
});

const INDEX: TestIndex = {
  a: { '1.0': file('a', '1.0', 'aa10'), '2.0': file('a', '2.0', 'aa20') },
  parent: { '1.0': file('parent', '1.0', 'cc10', ['a']) },
};
const options = { requireHashes: true };

test('a file with an allowed hash is preferred to a newer one without', () => {
  const run = runPip({ index: INDEX, root: ['a --hash=sha256:aa10'] });
  expect(run.pins).toBe('a==1.0');
});

test('what is not pinned is refused, until 26.1 made hashes a pin', () => {
  const root = ['a --hash=sha256:aa10'];
  expect(runPip({ index: INDEX, root, options }).pins).toBe('a==1.0');
  const { message } = runPip({ index: INDEX, root, options, release: '26.0' });
  expect(message).toContain('all requirements must have their versions pinned with ==. These do not:');
  expect(message).toContain('    a from ');
});

test('a dependency without hashes is refused, unless a constraint brings them', () => {
  const root = ['parent==1.0 --hash=sha256:cc10'];
  expect(runPip({ index: INDEX, root, options }).outcome.kind).toBe('unsolvable');
  const constraints = ['a==2.0 --hash=sha256:aa20'];
  expect(runPip({ index: INDEX, root, options, constraints }).pins).toBe('a==2.0 parent==1.0');
});

test('another hash than the one allowed ends everything', () => {
  const { message } = runPip({ index: INDEX, root: ['a==1.0 --hash=sha256:ffff'], options });
  expect(message).toMatch(/^ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE\./u);
  expect(message).toContain('        Expected sha256 ffff\n             Got        aa10');
});

test('a missing hash is told with the one that the file has', () => {
  const { message } = runPip({ index: INDEX, root: ['a==1.0'], options });
  expect(message).toContain('    a==1.0 --hash=sha256:aa10');
});

describe('several lists of hashes', () => {
  const both: TestIndex = {
    a: {
      '1.0': {
        requires: [],
        files: [
          { filename: 'a-1.0.tar.gz', sha256: 'cc01' },
          { filename: 'a-1.0-py3-none-any.whl', sha256: 'dd02' },
        ],
      },
    },
  };
  const file = (root: readonly string[], constraints: readonly string[] = []): string => {
    const { outcome, message } = runPip({ index: both, root, constraints, options });
    return outcome.kind === 'solved' ? (outcome.pins[0]?.filename ?? '') : message;
  };

  test('allow what they have in common', () => {
    const wide = 'a==1.0 --hash=sha256:cc01 --hash=sha256:dd02';
    expect(file([wide, wide])).toBe('a-1.0-py3-none-any.whl');
    expect(file([wide, 'a==1.0 --hash=sha256:cc01'])).toBe('a-1.0.tar.gz');
    expect(file([wide], ['a==1.0 --hash=sha256:cc01'])).toBe('a-1.0.tar.gz');
  });

  test('with nothing in common are a mismatch', () => {
    const lines = ['a==1.0 --hash=sha256:cc01', 'a==1.0 --hash=sha256:dd02'];
    expect(file(lines)).toContain('THESE PACKAGES DO NOT MATCH THE HASHES');
    expect(file([lines[0]!], [lines[1]!])).toContain('THESE PACKAGES DO NOT MATCH THE HASHES');
  });

  test('with nothing in common among constraints are as good as none', () => {
    const constraints = ['a==1.0 --hash=sha256:cc01', 'a==1.0 --hash=sha256:dd02'];
    expect(file(['a==1.0'], constraints)).toContain('Hashes are required in --require-hashes mode');
  });
});

test('a hash in a constraint turns checking on, unless that is turned off', () => {
  const index = makeFactsIndex({ projects: {} });
  const required = (requirements: string, constraints = ''): boolean | null => {
    const prepared = prepareRequest(makeProblem({ requirements, constraints }), index);
    return prepared.ok ? prepared.value.request.options.requireHashes : null;
  };
  const hash = `--hash=sha256:${'a'.repeat(64)}`;
  expect(required('a==1.0')).toBe(false);
  expect(required(`a==1.0 ${hash}`)).toBe(true);
  expect(required('a==1.0', `a==1.0 ${hash}`)).toBe(true);
  expect(required(`--no-require-hashes\na==1.0 ${hash}`)).toBe(false);
});
