import { describe, expect, test } from 'vitest';
import { constraintText } from '../../../../src/core/resolver/poetry/constraint/constraint-text.ts';
import { parseConstraint } from '../../../../src/core/resolver/poetry/constraint/parse-constraint.ts';
import { MarkerAlgebra } from '../../../../src/core/resolver/poetry/marker/marker-algebra.ts';
import type { Marker } from '../../../../src/core/resolver/poetry/marker/marker.ts';
import {
  nestedMarkerText,
  reduceMarker,
} from '../../../../src/core/resolver/poetry/marker/python-of-marker.ts';

const algebra = new MarkerAlgebra();

function read(text: string): Marker {
  const marker = algebra.parse(text);
  if (marker === null) throw new Error(text);
  return marker;
}

describe('conjunctions and disjunctions', () => {
  test.each([
    ['python_version >= "3.8" and python_version >= "3.9"', 'python_version >= "3.9"'],
    ['python_version >= "3.8" and python_version < "3.9"', 'python_version == "3.8"'],
    ['python_version > "3.8" and python_version < "3.9"', '<empty>'],
    [
      'python_version == "3.8" or python_version == "3.9"',
      'python_version >= "3.8" and python_version < "3.10"',
    ],
    ['python_version <= "3.8" or python_version >= "3.9"', ''],
    ['sys_platform == "linux" and sys_platform == "win32"', '<empty>'],
    ['sys_platform == "linux" or sys_platform != "linux"', ''],
    ['sys_platform == "linux" and sys_platform != "win32"', 'sys_platform == "linux"'],
    ['os_name == "a" or os_name == "b" or os_name != "b" and os_name != "a"', ''],
    ['extra == "a" and extra == "b"', 'extra == "a" and extra == "b"'],
    ['extra == "a" and extra != "a"', '<empty>'],
    ['python_full_version >= "3.8.0"', 'python_full_version >= "3.8.0"'],
    ['python_version >= "3.8" and python_full_version >= "3.9.0"', 'python_version >= "3.9"'],
  ])('%s is %s', (text, simple) => {
    expect(read(text).text).toBe(simple);
  });

  test('what changes nothing can still bring another form', () => {
    const marker = algebra.and(
      read('sys_platform == "a" and os_name == "b" or sys_platform == "c" and os_name == "d"'),
      read('platform_system == "Linux"'),
    );
    expect(marker.text).toContain(') and platform_system == "Linux"');
    expect(algebra.and(marker, algebra.any).text).not.toContain('(');
  });

  test('a marker and its opposite have nothing in common', () => {
    const marker = read('python_version < "3.9" and sys_platform == "linux" or extra == "x"');
    expect(algebra.and(marker, algebra.invert(marker))).toBe(algebra.empty);
    expect(algebra.or(marker, algebra.invert(marker))).toBe(algebra.any);
  });

  test('an alternative that an extra brings holds whatever else does', () => {
    expect(algebra.withoutExtras(read('os_name == "nt" or extra == "x"'))).toBe(algebra.any);
    expect(algebra.withoutExtras(read('os_name == "nt" and extra == "x"')).text).toBe('os_name == "nt"');
  });
});

describe('Pythons', () => {
  test.each([
    ['python_version >= "3.8"', '>=3.8'],
    ['python_version > "3.8"', '>=3.9'],
    ['python_version <= "3.8"', '<3.9'],
    ['python_version == "3.8"', '>=3.8,<3.9'],
    ['python_version in "3.8 3.9"', '>=3.8,<3.10'],
    ['python_version < "3.9" or sys_platform == "linux"', '*'],
    ['python_version < "3.9" and sys_platform == "linux"', '<3.9'],
  ])('%s allows %s', (text, python) => {
    expect(constraintText(algebra.pythonOf(read(text)))).toBe(python);
  });

  test.each([
    ['>=3.8', 'python_version >= "3.8"'],
    ['>=3.8.1,<4.0', 'python_full_version >= "3.8.1" and python_version < "4.0"'],
    ['>3.8', 'python_full_version > "3.8.0"'],
    ['<3.8 || >=3.10', '(python_version < "3.8") or (python_version >= "3.10")'],
    ['*', ''],
  ])('%s is written %s', (python, text) => {
    const constraint = parseConstraint(python, 'pythons');
    expect(constraint.ok && nestedMarkerText(constraint.value)).toBe(text);
  });

  test('what the project says anyway is left out', () => {
    const python = parseConstraint('>=3.9,<3.13', 'pythons');
    if (!python.ok) throw new Error('a constraint');
    const reduced = (text: string): string => reduceMarker(algebra, read(text), python.value).text;
    expect(reduced('python_version >= "3.8" and os_name == "nt"')).toBe('os_name == "nt"');
    expect(reduced('python_version < "3.8"')).toBe('<empty>');
    expect(reduced('python_version < "3.10"')).toBe('python_version == "3.9"');
  });
});

test.each(['"3" < python_version', 'nonsense == "x"', 'os_name ==', 'os_name == sys_platform'])(
  '%s is no marker',
  (text) => expect(algebra.parse(text)).toBeNull(),
);
