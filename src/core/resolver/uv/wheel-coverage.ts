/**
 * For which environments wheels are made, as a marker: the way back from tags.
 *
 *     cp312-abi3-win_amd64      python_full_version >= '3.12' and platform_python_implementation == 'CPython'
 *                               and platform_machine == 'AMD64' and sys_platform == 'win32'
 *     py3-none-any              python_full_version >= '3' and python_full_version < '4'
 *
 * Source: uv-distribution-types/prioritized_distribution, `implied_markers`.
 */
import { assert } from '../../packaging/assert.ts';
import { readMarkerTree } from './marker-from-text.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';
import type { WheelTags } from './wheel-tags.ts';

/** Machines as `platform_machine` names them, by the end of a macOS tag that is not a machine's own name. */
const MAC_MACHINES: Readonly<Record<string, readonly string[]>> = {
  universal2: ['x86_64', 'arm64'],
  universal: ['x86_64', 'i386', 'ppc64', 'ppc'],
  intel: ['x86_64', 'i386'],
  fat: ['i386', 'ppc'],
  fat3: ['x86_64', 'i386', 'ppc'],
  fat32: ['x86_64', 'i386', 'ppc', 'ppc64'],
  fat64: ['x86_64', 'ppc64'],
};

const WINDOWS_MACHINES: Readonly<Record<string, string>> = {
  win32: 'x86',
  win_amd64: 'AMD64',
  win_arm64: 'ARM64',
};

const IMPLEMENTATIONS: Readonly<Record<string, string>> = {
  cp: 'CPython',
  pp: 'PyPy',
  graalpy: 'GraalPy',
  pyston: 'Pyston',
};

const MAC_TAG = /^macosx_\d+_\d+_(\w+)$/u;
const LINUX_TAG = /^(?:manylinux(?:1|2010|2014|_\d+_\d+)|musllinux_\d+_\d+|linux)_(\w+)$/u;
const PYTHON_TAG = /^(py|cp|pp|graalpy|pyston)(\d)(\d*)$/u;

function anyOf(variable: string, values: readonly string[]): string {
  return `(${values.map((value) => `${variable} == '${value}'`).join(' or ')})`;
}

/** The condition of one platform tag; '' when it fits everywhere, null when uv does not know it. */
function platformCondition(tag: string): string | null {
  if (tag === 'any') return '';
  const windows = WINDOWS_MACHINES[tag];
  if (windows !== undefined) return `sys_platform == 'win32' and platform_machine == '${windows}'`;
  const mac = MAC_TAG.exec(tag)?.[1];
  if (mac !== undefined) {
    return `sys_platform == 'darwin' and ${anyOf('platform_machine', MAC_MACHINES[mac] ?? [mac])}`;
  }
  const linux = LINUX_TAG.exec(tag)?.[1];
  return linux === undefined ? null : `sys_platform == 'linux' and platform_machine == '${linux}'`;
}

/** The condition of one Python tag. With the stable ABI it is the lowest Python rather than the only one. */
function pythonCondition(tag: string, isStableAbi: boolean): string | null {
  if (tag === 'none') return '';
  const match = PYTHON_TAG.exec(tag);
  if (match === null) return null;
  const [, kind = '', major = '', minor = ''] = match;
  const low = minor === '' ? major : `${major}.${minor}`;
  const next = minor === '' ? String(Number(major) + 1) : `${major}.${String(Number(minor) + 1)}`;
  const from = `python_full_version >= '${low}'`;
  const versions = isStableAbi ? from : `${from} and python_full_version < '${next}'`;
  const implementation = IMPLEMENTATIONS[kind];
  return implementation === undefined
    ? versions
    : `${versions} and platform_python_implementation == '${implementation}'`;
}

/** Remembers what each tag stands for. */
export class WheelCoverage {
  readonly #algebra: MarkerAlgebra;
  readonly #conditions = new Map<string, MarkerTree>();

  constructor(algebra: MarkerAlgebra) {
    this.#algebra = algebra;
  }

  /** The environments that at least one of the wheels is made for. */
  of(wheels: readonly WheelTags[]): MarkerTree {
    return wheels.reduce<MarkerTree>(
      (covered, wheel) => this.#algebra.or(covered, this.#ofWheel(wheel)),
      FALSE_MARKER,
    );
  }

  #ofWheel({ python, abi, platform }: WheelTags): MarkerTree {
    const isStableAbi = abi.includes('abi3');
    return this.#algebra.and(
      this.#any(platform.map(platformCondition)),
      this.#any(python.map((tag) => pythonCondition(tag, isStableAbi))),
    );
  }

  #any(conditions: readonly (string | null)[]): MarkerTree {
    return conditions.reduce<MarkerTree>(
      (any, condition) => (condition === null ? any : this.#algebra.or(any, this.#tree(condition))),
      FALSE_MARKER,
    );
  }

  #tree(condition: string): MarkerTree {
    if (condition === '') return TRUE_MARKER;
    let tree = this.#conditions.get(condition);
    if (tree === undefined) {
      const read = readMarkerTree(this.#algebra, condition);
      assert(read !== null, `a condition of our own cannot be read: ${condition}`);
      this.#conditions.set(condition, (tree = read));
    }
    return tree;
  }
}
