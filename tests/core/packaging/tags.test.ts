import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { COMMON_PLATFORMS, parsePlatform } from '../../../src/core/packaging/platform.ts';
import { makeTargetEnvironment } from '../../../src/core/packaging/target-environment.ts';
import { readFixture, valueOf } from './fixtures.ts';

const table = readFixture('tags') as {
  readonly packaging: string;
  readonly platforms: Readonly<Record<string, readonly string[]>>;
  /** Implementation, Python, machine, count of tags, digest of the tags in order. */
  readonly supported: readonly (readonly [string, string, string, number, string])[];
  readonly spelled: Readonly<Record<string, readonly string[]>>;
};

describe(`as packaging ${table.packaging} orders them`, () => {
  test.each(Object.entries(table.platforms))('platform tags of %s', (name, expected) => {
    const platform = valueOf(parsePlatform(name));
    expect(platform.name).toBe(name);
    expect(platform.tags).toEqual(expected);
  });

  test(`all supported tags of ${table.supported.length} interpreters and machines`, () => {
    const ours = table.supported.map(([implementation, python, platform]) => {
      const { tags } = valueOf(makeTargetEnvironment({ python, platform, implementation }));
      const digest = createHash('sha256').update(tags.join('\n')).digest('hex').slice(0, 16);
      return [implementation, python, platform, tags.length, digest];
    });
    expect(ours).toEqual(table.supported);
  });

  test.each(Object.entries(table.spelled))('tags of %s, one by one', (label, expected) => {
    const [python = '', platform = ''] = label.split(' ');
    expect(valueOf(makeTargetEnvironment({ python, platform })).tags).toEqual(expected);
  });
});

describe('target environments', () => {
  test.each([
    ['linux-x86_64', 'posix linux Linux x86_64'],
    ['musllinux-aarch64', 'posix linux Linux aarch64'],
    ['macos-arm64', 'posix darwin Darwin arm64'],
    ['windows-amd64', 'nt win32 Windows AMD64'],
    ['windows-x86', 'nt win32 Windows x86'],
    ['windows-arm64', 'nt win32 Windows ARM64'],
    ['ios-arm64_iphoneos', 'posix ios iOS iPhone'],
    ['android-arm64_v8a', 'posix android Android aarch64'],
  ])('what markers read on %s', (platform, expected) => {
    const { markers } = valueOf(makeTargetEnvironment({ python: '3.12.4', platform }));
    expect(
      [markers.os_name, markers.sys_platform, markers.platform_system, markers.platform_machine].join(' '),
    ).toBe(expected);
    expect([markers.python_version, markers.python_full_version, markers.implementation_version]).toEqual([
      '3.12',
      '3.12.4',
      '3.12.4',
    ]);
  });

  test.each([
    ['manylinux_2_17_x86_64', 'linux-2.17-x86_64'],
    ['manylinux2014_aarch64', 'linux-2.17-aarch64'],
    ['manylinux1_i686', 'linux-2.5-i686'],
    ['linux_x86_64', 'linux-x86_64'],
    ['linux-amd64', 'linux-x86_64'],
    ['linux-glibc2.28-x86_64', 'linux-2.28-x86_64'],
    ['musllinux_1_1_x86_64', 'musllinux-1.1-x86_64'],
    ['macosx_11_0_arm64', 'macos-11-arm64'],
    ['macos-14-arm64', 'macos-arm64'],
    ['macos-10.15-x86_64', 'macos-10.15-x86_64'],
    ['macos-aarch64', 'macos-arm64'],
    ['win_amd64', 'windows-amd64'],
    ['windows-x86_64', 'windows-amd64'],
    ['win32', 'windows-x86'],
    ['ios_13_0_arm64_iphoneos', 'ios-13-arm64_iphoneos'],
    ['android_24_arm64_v8a', 'android-arm64_v8a'],
  ])('%s means %s', (spelling, name) => {
    expect(valueOf(parsePlatform(spelling)).name).toBe(name);
  });

  test('every common platform is its own standard spelling', () => {
    expect(COMMON_PLATFORMS.map((name) => valueOf(parsePlatform(name)).name)).toEqual(COMMON_PLATFORMS);
  });

  test('missing parts of a Python version are zeros; pre-releases show in markers only', () => {
    const { pythonVersion, python, markers } = valueOf(
      makeTargetEnvironment({ python: '3.14.0rc1', platform: 'linux-x86_64' }),
    );
    expect([pythonVersion, python.text, markers.python_full_version]).toEqual([
      '3.14.0',
      '3.14.0',
      '3.14.0rc1',
    ]);
    expect(valueOf(makeTargetEnvironment({ python: '3.12', platform: 'linux-x86_64' })).pythonVersion).toBe(
      '3.12.0',
    );
  });

  test('given marker values take the place of the platform’s', () => {
    const { markers } = valueOf(
      makeTargetEnvironment({
        python: '3.12',
        platform: 'linux-x86_64',
        markers: { platform_release: '5.4', os_name: undefined },
      }),
    );
    expect([markers.platform_release, markers.os_name]).toEqual(['5.4', 'posix']);
  });

  test.each([
    [{ python: 'three', platform: 'linux-x86_64' }, "Unknown Python version 'three'"],
    [{ python: '3.99999999', platform: 'linux-x86_64' }, "Unknown Python version '3.99999999'"],
    [{ python: '3.12', platform: 'macos-99999999-arm64' }, "Unknown platform 'macos-99999999-arm64'"],
    [{ python: '3.12', platform: 'solaris-sparc' }, "Unknown platform 'solaris-sparc'"],
    [
      { python: '3.12', platform: 'linux-x86_64', implementation: 'jython' },
      "Unknown implementation 'jython'",
    ],
  ])('%j is refused', (description, message) => {
    const result = makeTargetEnvironment(description);
    expect(result.ok ? '' : result.error.message).toBe(message);
  });
});
