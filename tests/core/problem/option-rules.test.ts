import { describe, expect, it } from 'vitest';
import { OPTION_GROUPS } from '../../../src/components/question/options/option-fields.ts';
import { reasonAgainst } from '../../../src/components/question/options/option-words.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { OPTION_RULES, optionUse, type OptionName } from '../../../src/core/problem/option-rules.ts';
import * as read from '../../../src/core/problem/option-text.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const { options } = makeProblem({ requirements: '' });

function use(name: OptionName, engine: string, changes: Partial<typeof options> = {}) {
  const id = parseEngineId(engine);
  if (!id.ok) throw new Error(id.error.message);
  return optionUse(name, id.value, { ...options, ...changes });
}

it('every option of a Problem has a rule and one control', () => {
  const names = Object.keys(options).sort();
  expect(Object.keys(OPTION_RULES).sort()).toEqual(names);
  expect(OPTION_GROUPS.flatMap(({ fields }) => fields.map(({ name }) => name)).sort()).toEqual(names);
});

it.each([
  ['allReleases', 'pip@26.0', 'used'],
  ['allReleases', 'pip@25.3', 'newer'],
  ['uploadedPriorTo', 'pip@19.3', 'newer'],
  ['uploadedPriorTo', 'uv@0.11', 'used'],
  ['uploadedPriorTo', 'zazo', 'used'],
  ['preferBinary', 'uv@0.12', 'other-tool'],
  ['resolution', 'pip@26.2', 'other-tool'],
  ['upgrade', 'zazo', 'none'],
  ['maxRounds', 'pip@19.3', 'none'],
  ['maxRounds', 'uv@0.12', 'used'],
  ['update', 'poetry@2.5', 'used'],
  ['update', 'pdm@2.29', 'none'],
  ['update', 'uv@0.13', 'used'],
  ['update', 'pip@26.3', 'none'],
  ['noDeps', 'poetry@2.5', 'none'],
  ['requiresPython', 'pdm@2.29', 'used'],
] as const)('%s with %s: %s', (name, engine, kind) => {
  expect(use(name, engine).kind).toBe(kind);
});

it('an option that depends on another waits for it', () => {
  expect(use('upgradeStrategy', 'pip@26.2')).toEqual({ kind: 'needs', option: 'upgrade' });
  expect(use('upgradeStrategy', 'pip@26.2', { upgrade: true })).toEqual({ kind: 'used' });
  expect(use('requiresPython', 'uv@0.12')).toEqual({ kind: 'needs', option: 'universal' });
});

it('says why an option does nothing', () => {
  expect(reasonAgainst(use('onlyFinal', 'pip@21.3'), 'pip 21.3')).toBe('Not in pip 21.3: pip 26 and later.');
  expect(reasonAgainst(use('noDeps', 'uv@0.12'), 'uv 0.12')).toBe('');
  expect(reasonAgainst(use('upgradeStrategy', 'pip@26.2'), 'pip 26.2')).toBe('Only with `--upgrade`.');
});

describe('typed texts', () => {
  const valueOf = <Value>(result: { ok: true; value: Value } | { ok: false }): Value | 'refused' =>
    result.ok ? result.value : 'refused';

  it.each([
    ['3.12', '3.12'],
    [' 3.11.7 ', '3.11.7'],
    ['3.13t', '3.13t'],
    ['3.14.0rc1', '3.14.0rc1'],
    ['python', 'refused'],
    ['', 'refused'],
  ])('Python %j', (text, value) => {
    expect(valueOf(read.readPython(text))).toBe(value);
  });

  it.each([
    ['', null],
    ['2023-09-07', '2023-09-07'],
    ['2023-09-07 12:00Z', '2023-09-07T12:00Z'],
    ['2023-09-07T12:00:00+02:00', '2023-09-07T12:00:00+02:00'],
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', 'refused'],
    ['2023-06-31', 'refused'],
    ['2023-13-01', 'refused'],
    ['2023-09-07T25:00:00Z', 'refused'],
    ['2023-09-07T12:00:00', 'refused'],
    ['P7D', 'refused'],
    ['2 weeks', 'refused'],
    ['7.9.2023', 'refused'],
  ])('date %j', (text, value) => {
    expect(valueOf(read.readInstant(text))).toBe(value);
  });

  it.each([
    ['Foo_Bar, six', ['foo-bar', 'six']],
    [':all:', [':all:']],
    ['', []],
    ['six==1', 'refused'],
    [':some:', 'refused'],
  ])('names %j', (text, value) => {
    expect(valueOf(read.readNames(text))).toEqual(value);
  });

  it.each([
    ['macosx_14_0_arm64', 'macos-arm64'],
    ['linux-2.17-x86_64', 'linux-2.17-x86_64'],
    ['amiga', 'refused'],
  ])('platform %j', (text, value) => {
    expect(valueOf(read.readPlatform(text))).toBe(value);
  });

  it('specifiers, versions, counts and markers', () => {
    expect(valueOf(read.readOptionalSpecifiers('>=3.9,<4'))).toBe('>=3.9,<4');
    expect(valueOf(read.readOptionalSpecifiers('3.9'))).toBe('refused');
    expect(valueOf(read.readOptionalVersion('3.9'))).toBe('3.9');
    expect(valueOf(read.readOptionalVersion('new'))).toBe('refused');
    expect(valueOf(read.readOptionalCount('200,000'))).toBe(200_000);
    expect(valueOf(read.readOptionalCount('0'))).toBe('refused');
    expect(valueOf(read.readMarkerLines('os_name == "nt"\n\nsys_platform == "linux"'))).toHaveLength(2);
    expect(valueOf(read.readMarkerLines('os_name = nt'))).toBe('refused');
  });
});
