import { describe, expect, test } from 'vitest';
import { markerText } from '../../../../src/core/resolver/uv/marker-text.ts';
import { MarkerAlgebra } from '../../../../src/core/resolver/uv/marker-tree.ts';
import { WheelCoverage } from '../../../../src/core/resolver/uv/wheel-coverage.ts';
import { readWheelTags } from '../../../../src/core/resolver/uv/wheel-tags.ts';
import { runUv, type SmallIndex, type UvRequest } from './run-uv.ts';

const LINUX = 'py3-none-manylinux_2_17_x86_64';
const MAC = 'py3-none-macosx_11_0_arm64';
const WINDOWS = 'py3-none-win_amd64';

function universal(options: NonNullable<UvRequest['options']> = {}): UvRequest {
  return { options: { universal: true, requiresPython: '>=3.12', ...options } };
}

function pins(index: SmallIndex, requirements: readonly string[], request = universal()): readonly string[] {
  const run = runUv(index, requirements, request);
  if (run.outcome.kind !== 'solved') return [run.message];
  return run.outcome.pins.map(
    ({ name, version, marker }) => `${name}==${version}${marker === undefined ? '' : ` ; ${marker}`}`,
  );
}

describe('the environments of wheels', () => {
  test.each([
    ['py3-none-any', "python_full_version >= '3' and python_full_version < '4'"],
    ['none-none-any', null],
    [
      'cp312-cp312-win_amd64',
      "python_full_version == '3.12.*' and platform_machine == 'AMD64' and platform_python_implementation == 'CPython' and sys_platform == 'win32'",
    ],
    [
      'cp39-abi3-musllinux_1_1_aarch64',
      "python_full_version >= '3.9' and platform_machine == 'aarch64' and platform_python_implementation == 'CPython' and sys_platform == 'linux'",
    ],
    [
      'none-none-macosx_10_9_universal2',
      "(platform_machine == 'arm64' and sys_platform == 'darwin') or (platform_machine == 'x86_64' and sys_platform == 'darwin')",
    ],
    ['py3-none-commodore64', "python_version < '0'"],
  ])('%s', (tags, marker) => {
    const covered = new WheelCoverage(new MarkerAlgebra('versions-first')).of([readWheelTags(tags)!]);
    expect(markerText(covered)).toBe(marker);
  });
});

describe('a local version that serves fewer systems than its public one', () => {
  const torch = { '1.0': { wheels: [LINUX, MAC] }, '1.0+cpu': { wheels: [LINUX] } };

  test('is chosen where it has wheels, the public one elsewhere', () => {
    expect(pins({ torch }, ['torch==1.0'])).toEqual([
      "torch==1.0 ; sys_platform == 'darwin'",
      "torch==1.0+cpu ; sys_platform != 'darwin'",
    ]);
  });

  test('is not chosen where it serves nobody, and stands alone where the other adds nothing', () => {
    expect(pins({ torch }, ["torch==1.0 ; sys_platform == 'darwin'"])).toEqual([
      "torch==1.0 ; sys_platform == 'darwin'",
    ]);
    expect(pins({ torch }, ["torch==1.0 ; sys_platform == 'linux'"])).toEqual([
      "torch==1.0+cpu ; sys_platform == 'linux'",
    ]);
  });

  test('with a source distribution serves everybody', () => {
    const built = { ...torch, '1.0+cpu': { wheels: [LINUX], sdist: true } };
    expect(pins({ torch: built }, ['torch==1.0'])).toEqual(['torch==1.0+cpu']);
  });
});

describe('environments that the user requires', () => {
  const requireBoth = universal({
    requiredEnvironments: ["sys_platform == 'linux'", "sys_platform == 'win32'"],
  });

  test('are searched by themselves when a version has no wheels for them', () => {
    const index = { a: { '1.0': { wheels: [LINUX, WINDOWS] }, '2.0': { wheels: [LINUX] } } };
    expect(pins(index, ['a'], requireBoth)).toEqual([
      "a==1.0 ; sys_platform == 'win32'",
      "a==2.0 ; sys_platform != 'win32'",
    ]);
    expect(pins(index, ['a'])).toEqual(['a==2.0']);
  });

  test('matter only where the package is needed', () => {
    const index = { a: { '1.0': { wheels: [WINDOWS] } } };
    expect(pins(index, ["a ; sys_platform == 'win32'"], requireBoth)).toEqual([
      "a==1.0 ; sys_platform == 'win32'",
    ]);
  });

  test('are looked at again when a package is needed in more of them', () => {
    const index = {
      a: { '1.0': { wheels: [WINDOWS] } },
      b: { '1.0': ["a ; sys_platform == 'linux'"] },
    };
    const run = runUv(index, ["a ; sys_platform == 'win32'", 'b'], requireBoth);
    expect(run.message).toContain("a{sys_platform == 'linux'}==1.0 has no Linux-compatible wheels");
  });

  test('without a name of their own are told as markers; cycles of dependencies end', () => {
    const index = {
      a: { '1.0': { requires: ['b'], wheels: [LINUX] } },
      b: { '1.0': { requires: ['a'], wheels: [LINUX] } },
    };
    const arm = universal({ requiredEnvironments: ["platform_machine == 'aarch64'"] });
    expect(runUv(index, ['a'], arm).message).toContain(
      "a==1.0 has no `platform_machine == 'aarch64'`-compatible wheels",
    );
  });
});

describe('lowest-direct', () => {
  const index = {
    root: { '3.0': ['dep>=2'] },
    dep: { '2.0': [], '3.0': [], '3.1': [] },
  };

  test('chooses the lowest only where the user asks for the project', () => {
    const request = universal({ resolution: 'lowest-direct' });
    expect(pins(index, ['root', "dep>=3 ; python_version >= '3.14'"], request)).toEqual([
      "dep==3.0 ; python_full_version >= '3.14'",
      "dep==3.1 ; python_full_version < '3.14'",
      'root==3.0',
    ]);
  });

  test('in one environment a marker that does not hold asks for nothing', () => {
    const options = { resolution: 'lowest-direct' } as const;
    expect(pins(index, ['root', "dep>=2 ; python_version < '3'"], { options })).toEqual([
      'dep==3.1',
      'root==3.0',
    ]);
    expect(pins(index, ['root', 'dep>=2'], { options })).toEqual(['dep==2.0', 'root==3.0']);
  });
});
