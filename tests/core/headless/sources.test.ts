/** Several indexes in a Problem: named by the texts, stated by the toy index. */
import { describe, expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { changeOfManifest } from '../../../src/core/manifest/manifest-change.ts';
import { readPipCommand } from '../../../src/core/manifest/command/pip-command.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const OVERLAY = `closed world
private 1.0
private 9.0; index https://inner.example/simple
tool 1.0; depends private
tool 1.5; index ./wheels; depends private <2`;

/** Pins, or how the run ended. */
async function pins(requirements: string, engine = 'pip@26.2'): Promise<string> {
  const problem = makeProblem({ engine, requirements, index: { overlay: OVERLAY } });
  const id = parseEngineId(engine);
  if (!id.ok) throw new Error(id.error.message);
  const { outcome } = runProblem(problem, await loadEngine(id.value), makeFactsIndex({ projects: {} }));
  if (outcome.kind !== 'solved') return outcome.kind;
  return outcome.pins
    .map(({ name, version }) => `${name}==${version}`)
    .toSorted()
    .join(' ');
}

describe('pip', () => {
  test('takes the newest of all indexes', async () => {
    expect(await pins('private')).toBe('private==1.0');
    expect(await pins('--extra-index-url https://inner.example/simple\nprivate')).toBe('private==9.0');
    expect(await pins('-f ./wheels\ntool')).toBe('private==1.0 tool==1.5');
  });

  test('finds nothing but links without an index', async () => {
    expect(await pins('--no-index\n--find-links ./wheels\ntool')).toBe('unsolvable');
    expect(await pins('--index-url https://inner.example/simple/\nprivate')).toBe('private==9.0');
  });

  test('an index of which nothing is known changes nothing', async () => {
    expect(await pins('--index-url https://mirror.example/simple\nprivate')).toBe('private==1.0');
  });
});

describe('uv', () => {
  test('stops at the first index that has the project, further ones first', async () => {
    const text = '--extra-index-url https://inner.example/simple\nprivate<5';
    expect(await pins(text, 'uv@0.12')).toBe('unsolvable');
    expect(await pins(text)).toBe('private==1.0');
  });
});

test('a pasted command keeps where it looks', () => {
  const manifest = readPipCommand(
    'pip install --extra-index-url=https://inner.example/simple -f ./wheels tool',
  );
  expect(changeOfManifest(manifest).requirements).toBe(
    '--extra-index-url https://inner.example/simple\n--find-links ./wheels\ntool\n',
  );
});
