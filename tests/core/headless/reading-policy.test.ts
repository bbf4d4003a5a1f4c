/** Each engine reads requirements as its own tool did. */
import { describe, expect, test } from 'vitest';
import { resolvePipTelling } from '../../../src/core/explain/pip/tell.ts';
import { prepareRequest } from '../../../src/core/headless/request.ts';
import { readingPolicy } from '../../../src/core/ledger/engine-era.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseProblem } from '../../../src/core/problem/problem.ts';
import { runProblem } from '../../../src/core/headless/run.ts';

const FACTS = {
  projects: {
    pytz: { '2010a': { requires: [] }, '2011k': { requires: [] }, '2012.1': { requires: [] } },
    a: { '1.0': { requires: ['pytz>=2011k'] } },
  },
};
const index = makeFactsIndex(FACTS);

function problem(engine: string, fields: Record<string, unknown> = {}) {
  const parsed = parseProblem({
    engine,
    requirements: 'pytz>=2011k\n',
    environment: { python: '3.11', platform: 'linux-x86_64' },
    index: { facts: FACTS },
    ...fields,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

test('pip 24.1 and 22.0 carry other rules than their neighbours', () => {
  expect(readingPolicy('pip@26.2')).toBe('packaging-26');
  expect(readingPolicy('pip@25.3')).toBe('packaging-25');
  expect(readingPolicy('pip@24.1')).toBe('packaging-24');
  expect(readingPolicy('pip@24.0')).toBe('packaging-20');
  expect(readingPolicy('pip@19.3')).toBe('packaging-20');
  expect(readingPolicy('uv@0.12')).toBe('packaging-26');
});

test('a pin of a lock file is installed where its marker holds', () => {
  const installed = 'a==1.0 ; python_version < "3.12"\na==2.0 ; python_version >= "3.12"\n';
  const request = prepareRequest(problem('pip@26.2', { installed }), index);
  expect(request.ok && request.value.request.installed.map(({ version }) => version)).toEqual(['1.0']);
});

describe('a specifier that PEP 440 does not know', () => {
  const prepared = (engine: string, fields?: Record<string, unknown>) => {
    const request = prepareRequest(problem(engine, fields), index);
    if (!request.ok) throw new Error(request.error.message);
    return request.value;
  };

  test('is a requirement until pip 24.0, with a warning', () => {
    const { request, diagnostics, isRefused } = prepared('pip@24.0');
    expect(isRefused).toBe(false);
    expect(request.requirements.map(({ requirement }) => requirement.text)).toEqual(['pytz>=2011k']);
    expect(diagnostics.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'outdated-requirement'],
    ]);
    expect(diagnostics[0]?.message).toMatch(/^pip 24\.1 and later refuse this: /u);
    expect(diagnostics[0]?.span).toMatchObject({ start: 4, end: 10 });
  });

  test('is refused since 24.1', () => {
    const { request, diagnostics, isRefused } = prepared('pip@24.1');
    expect(isRefused).toBe(true);
    expect(request.requirements).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['invalid-requirement']);
  });

  test('holds in constraints and names what is installed, too', () => {
    const { request, isRefused } = prepared('pip@23.3', {
      requirements: 'a',
      constraints: 'pytz!=2012.x',
      installed: 'pytz==2011k',
    });
    expect(isRefused).toBe(false);
    expect(request.constraints.map(({ requirement }) => requirement.text)).toEqual(['pytz!=2012.x']);
    expect(request.installed.map(({ version }) => version)).toEqual(['2011k']);
  });

  test('decides as it did', () => {
    const pins = (engine: string): string => {
      const { outcome } = runProblem(problem(engine, { requirements: 'a' }), resolvePipTelling, index);
      return outcome.kind === 'solved'
        ? outcome.pins.map(({ name, version }) => `${name}==${version}`).join(' ')
        : outcome.kind;
    };
    expect(pins('pip@24.0')).toBe('a==1.0 pytz==2012.1');
    expect(pins('pip@24.1')).toBe('unsolvable');
  });
});

test('before packaging 22 a comma could not stand at the end', () => {
  const refused = (engine: string): boolean => {
    const request = prepareRequest(problem(engine, { requirements: 'a>=1.0,' }), index);
    return request.ok && request.value.isRefused;
  };
  expect(refused('pip@24.0')).toBe(true);
  expect(refused('pip@24.1')).toBe(false);
});
