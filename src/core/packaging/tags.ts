/**
 * The wheel tags that an interpreter supports, best first, in the order of pip's `get_supported`
 * (`pip/_internal/utils/compatibility_tags.py`), which is that of `packaging.tags`. PEP 425, 384 (`abi3`), 703 (`t`), 803 (`abi3t`).
 */
import { countDown } from './platform-tags.ts';

export interface Interpreter {
  readonly kind: 'cpython' | 'pypy';
  readonly major: number;
  readonly minor: number;
  /** Built without the global lock: `cp313t`. */
  readonly isFreeThreaded: boolean;
}

/** Every tag, such as `cp312-cp312-manylinux_2_36_x86_64`, for an interpreter on the given platforms. */
export function supportedTags(interpreter: Interpreter, platforms: readonly string[]): readonly string[] {
  const own =
    interpreter.kind === 'cpython' ? cpythonTags(interpreter, platforms) : pypyTags(interpreter, platforms);
  return [...own, ...compatibleTags(interpreter, platforms)];
}

const on = (platforms: readonly string[], python: string, abi: string): readonly string[] =>
  platforms.map((platform) => `${python}-${abi}-${platform}`);

/** This version's own ABI, the stable ABI, none, and the stable ABI of every older version. `cpython_tags`. */
function cpythonTags(interpreter: Interpreter, platforms: readonly string[]): readonly string[] {
  const { major, minor, isFreeThreaded } = interpreter;
  const python = `cp${major}${minor}`;
  const tags = [...on(platforms, python, python + abiFlags(interpreter))];
  const stableAbi = isFreeThreaded ? 'abi3t' : 'abi3';
  const hasStableAbi = major === 3 && minor >= 2;
  if (hasStableAbi) tags.push(...on(platforms, python, stableAbi));
  tags.push(...on(platforms, python, 'none'));
  if (hasStableAbi)
    for (const older of countDown(minor - 1, 2)) tags.push(...on(platforms, `cp${major}${older}`, stableAbi));
  return tags;
}

/** `m` (pymalloc) was part of the ABI's name until 3.7. */
function abiFlags({ major, minor, isFreeThreaded }: Interpreter): string {
  if (isFreeThreaded) return 't';
  return major === 3 && minor < 8 ? 'm' : major === 2 ? 'mu' : '';
}

/** `generic_tags`: the ABI that PyPy's extension modules are built for (`pypy310_pp73`), and none. */
function pypyTags(interpreter: Interpreter, platforms: readonly string[]): readonly string[] {
  const python = pythonTag(interpreter);
  return [
    ...on(platforms, python, `pypy${interpreter.major}${interpreter.minor}_pp73`),
    ...on(platforms, python, 'none'),
  ];
}

/** What needs no compiled code for this interpreter: `py312-none-…` down to `py30`, then the same for any platform. */
function compatibleTags(interpreter: Interpreter, platforms: readonly string[]): readonly string[] {
  const { major, minor } = interpreter;
  const pythons = [
    `py${major}${minor}`,
    `py${major}`,
    ...countDown(minor - 1, 0).map((older) => `py${major}${older}`),
  ];
  return [
    ...pythons.flatMap((python) => on(platforms, python, 'none')),
    `${pythonTag(interpreter)}-none-any`,
    ...pythons.map((python) => `${python}-none-any`),
  ];
}

function pythonTag({ kind, major, minor }: Interpreter): string {
  return `${kind === 'cpython' ? 'cp' : 'pp'}${major}${minor}`;
}
