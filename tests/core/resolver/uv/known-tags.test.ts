import { describe, expect, test } from 'vitest';
import { makeTargetEnvironment } from '../../../../src/core/packaging/target-environment.ts';
import { knownTags, sortTags } from '../../../../src/core/resolver/uv/known-tags.ts';
import { readWheelTags, TagTable } from '../../../../src/core/resolver/uv/wheel-tags.ts';

describe('tags in the order of uv', () => {
  test('Python tags by implementation, then by number', () => {
    expect(sortTags('python', ['pp39', 'cp310', 'cp39', 'py3', 'py39', 'cp3', 'graalpy310', 'none'])).toEqual(
      ['none', 'py3', 'py39', 'cp39', 'cp310', 'pp39', 'graalpy310', 'cp3'],
    );
  });

  test('ABI tags: the free-threaded build follows its own version', () => {
    expect(
      sortTags('abi', ['cp313t', 'pypy39_pp73', 'cp310', 'abi3', 'cp39', 'cp313', 'cp37m', 'none', 'cp39']),
    ).toEqual(['none', 'abi3', 'cp37m', 'cp39', 'cp310', 'cp313', 'cp313t', 'pypy39_pp73']);
  });

  test('platform tags: Linux by its standards, then macOS by number, then Windows', () => {
    const tags =
      'win_amd64 macosx_11_0_arm64 macosx_10_15_universal2 musllinux_1_1_x86_64 manylinux2014_x86_64 manylinux_2_17_x86_64 manylinux_2_17_aarch64 manylinux_2_5_x86_64 manylinux1_i686 linux_armv7l any';
    expect(sortTags('platform', tags.split(' '))).toEqual([
      'any',
      'manylinux_2_5_x86_64',
      'manylinux_2_17_aarch64',
      'manylinux_2_17_x86_64',
      'manylinux1_i686',
      'manylinux2014_x86_64',
      'linux_armv7l',
      'musllinux_1_1_x86_64',
      'macosx_10_15_universal2',
      'macosx_11_0_arm64',
      'win_amd64',
    ]);
  });

  test('tags of other forms are not known', () => {
    expect(knownTags('python', ['foo', 'cp', 'cp39x', 'py3', 'jy27'])).toEqual(['py3']);
    expect(knownTags('abi', ['cp39tt', 'cp39x', 'graalpy240_310_native', 'abi4'])).toEqual([
      'graalpy240_310_native',
    ]);
    expect(knownTags('platform', ['beos', 'manylinux_2_17_vax', 'android_21_arm64_v8a', 'win32'])).toEqual([
      'android_21_arm64_v8a',
      'win32',
    ]);
  });
});

describe('what is wrong with a wheel', () => {
  function mismatch(python: string, text: string): string | null {
    const target = makeTargetEnvironment({ python, platform: 'manylinux_2_17_x86_64' });
    if (!target.ok) throw new Error(target.error.message);
    return new TagTable(target.value).mismatch(readWheelTags(text)!);
  }

  test.each([
    ['3.12', 'foo-none-any', 'invalid'],
    ['3.12', 'foo.pp39-none-any', 'python'],
    ['3.12', 'cp312-foo-any', 'invalid'],
    ['3.12', 'cp312-none-beos', 'invalid'],
    ['3.12', 'cp311-cp311-manylinux_2_17_x86_64', 'abi'],
    ['3.12', 'pp310-pypy310_pp73-manylinux_2_17_x86_64', 'python'],
    ['3.12', 'cp312-cp312-win_amd64', 'platform'],
    ['3.12', 'cp39-abi3-win_amd64', 'platform'],
    ['3.13t', 'cp313-cp313-manylinux_2_17_x86_64', 'freethreaded-abi'],
    ['3.13t', 'cp39-abi3-manylinux_2_17_x86_64', 'freethreaded-abi'],
    ['3.13t', 'pp310-pypy310_pp73-win_amd64', 'freethreaded-abi'],
    ['3.13t', 'cp313-cp313t-win_amd64', 'platform'],
    ['3.13t', 'cp312-cp312t-manylinux_2_17_x86_64', 'abi'],
    ['3.13t', 'py3-none-any', null],
  ])('Python %s: %s is %s', (python, tags, expected) => {
    expect(mismatch(python, tags)).toBe(expected);
  });
});
