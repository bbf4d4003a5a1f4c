import { describe, expect, test } from 'vitest';
import { pinsOf, runUv, type SmallIndex, type UvRequest } from './run-uv.ts';

const ARCHIVE = 'https://files.example/app-2.5.zip';
const OTHER = 'https://files.example/other/app-2.6.zip';

const index: SmallIndex = {
  app: {
    '1.0': [],
    '3.0': [],
    '2.5': { requires: ['lib>=2'], url: ARCHIVE },
    '2.6': { requires: [`lib @ https://files.example/lib-9.tar.gz`], url: OTHER },
  },
  lib: { '1.0': [], '2.0': [], '9': { url: 'https://files.example/lib-9.tar.gz' } },
  user: { '1.0': [`app @ ${ARCHIVE}`] },
};

function message(requirements: readonly string[], request: UvRequest = {}): string {
  const run = runUv(index, requirements, request);
  expect(run.outcome.kind).toBe('invalid');
  return run.message;
}

describe('a requirement with an address', () => {
  test('stands for the version behind it, whatever the index lists', () => {
    const run = runUv(index, [`app @ ${ARCHIVE}`]);
    expect(pinsOf(run)).toEqual({ app: '2.5', lib: '2.0' });
    expect(run.outcome).toMatchObject({ pins: [{ origin: 'url', url: ARCHIVE }, { origin: 'index' }] });
  });

  test('is held against ranges that others ask for', () => {
    expect(pinsOf(runUv(index, [`app @ ${ARCHIVE}`, 'app>=2']))).toEqual({ app: '2.5', lib: '2.0' });
    const run = runUv(index, [`app @ ${ARCHIVE}`, 'app>=3']);
    expect(run.outcome.kind).toBe('unsolvable');
    expect(run.message).toContain('you require app>=3');
  });

  test('that nobody knows is missing, not guessed', () => {
    const run = runUv(index, ['app @ https://files.example/app-7.zip']);
    expect(run.outcome).toMatchObject({
      kind: 'incomplete',
      missing: [{ missing: 'metadata', project: 'app', loadable: false }],
    });
  });

  test('may come from a package only if the user names the same, or gave the package by its address', () => {
    expect(message(['user'])).toBe(
      `Package \`app\` was included as a URL dependency. URL dependencies must be expressed as direct requirements or constraints. Consider adding \`app @ ${ARCHIVE}\` to your dependencies or constraints file.`,
    );
    expect(pinsOf(runUv(index, ['user', `app @ ${ARCHIVE}`]))).toMatchObject({ app: '2.5', user: '1.0' });
    const constrained = runUv(index, ['user'], { constraints: `app @ ${ARCHIVE}` });
    expect(pinsOf(constrained)).toMatchObject({ app: '2.5' });
    expect(pinsOf(runUv(index, [`app @ ${OTHER}`]))).toEqual({ app: '2.6', lib: '9' });
  });

  test('clashes with another address, unless they are for different environments', () => {
    expect(message([`app @ ${OTHER}`, `app @ ${ARCHIVE}`])).toBe(
      `Requirements contain conflicting URLs for package \`app\`:\n- ${ARCHIVE}\n- ${OTHER}`,
    );
    const options = { universal: true, requiresPython: '>=3.12' };
    expect(message([`app @ ${OTHER}`, `app @ ${ARCHIVE}`], { options })).toBe(
      `Requirements contain conflicting URLs for package \`app\` in all marker environments:\n- ${ARCHIVE}\n- ${OTHER}`,
    );
    const split = [`app @ ${ARCHIVE} ; sys_platform == 'linux'`, "app<2 ; sys_platform != 'linux'"];
    const run = runUv(index, split, { options });
    expect(run.outcome.kind === 'solved' ? run.outcome.pins.map((pin) => pin.version) : run.message).toEqual([
      '1.0',
      '2.5',
      '2.0',
    ]);
  });
});
