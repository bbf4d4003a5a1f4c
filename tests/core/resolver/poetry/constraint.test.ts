import { describe, expect, test } from 'vitest';
import { parseVersion } from '../../../../src/core/packaging/version.ts';
import { constraintText } from '../../../../src/core/resolver/poetry/constraint/constraint-text.ts';
import { allows, ANY, type Constraint } from '../../../../src/core/resolver/poetry/constraint/constraint.ts';
import {
  allowsAll,
  allowsAny,
  intersect,
  subtract,
  unite,
} from '../../../../src/core/resolver/poetry/constraint/operations.ts';
import { parseConstraint } from '../../../../src/core/resolver/poetry/constraint/parse-constraint.ts';

function read(text: string, context: 'packages' | 'pythons' = 'packages'): Constraint {
  const constraint = parseConstraint(text, context);
  if (!constraint.ok) throw new Error(constraint.error.message);
  return constraint.value;
}

function has(text: string, version: string): boolean {
  const parsed = parseVersion(version);
  if (!parsed.ok) throw new Error(version);
  return allows(read(text), parsed.value);
}

describe('what is written', () => {
  test.each([
    ['*', '*'],
    ['1.2', '1.2'],
    ['==1.2', '1.2'],
    ['^1.2.3', '>=1.2.3,<2.0.0'],
    ['^0.2.3', '>=0.2.3,<0.3.0'],
    ['^0.0.3', '>=0.0.3,<0.0.4'],
    ['^0.0', '>=0.0,<0.1'],
    ['^0', '>=0,<1'],
    ['^1.2b1', '>=1.2b1,<2.0'],
    ['~1.2.3', '>=1.2.3,<1.3.0'],
    ['~1', '>=1,<2'],
    ['~=1.4.5', '>=1.4.5,<1.5.0'],
    ['~=1.4', '>=1.4,<2.0'],
    ['1.2.*', '==1.2.*'],
    ['==1.*', '==1.*'],
    ['!=1.2.*', '!=1.2.*'],
    ['!=1.5', '!=1.5'],
    ['>=1 <2', '>=1,<2'],
    ['>= 1.0, < 2.0', '>=1.0,<2.0'],
    ['>=1,<2,!=1.5,!=1.7', '>=1,!=1.5,!=1.7,<2'],
    ['^1.0 || ^3.0', '>=1.0,<2.0 || >=3.0,<4.0'],
    ['<1 | >2', '<1 || >2'],
    ['>=2,<1', '<empty>'],
  ])('%s is %s', (text, canonical) => {
    expect(constraintText(read(text))).toBe(canonical);
  });

  test.each(['^', 'abc', '>=', '===1.0', '>1.*', '1..2', ''])('%s is refused', (text) => {
    const constraint = parseConstraint(text, 'packages');
    expect(constraint.ok).toBe(false);
    if (!constraint.ok) expect(constraint.error.message).toMatch(/^Could not parse version constraint: /);
  });
});

describe('which versions are taken', () => {
  test.each([
    ['<2', '2.0rc1', false],
    ['<2rc2', '2.0rc1', true],
    ['<=2', '2.0rc1', true],
    ['>1', '1.post1', false],
    ['>1', '1.0.1', true],
    ['>1', '1+local', false],
    ['1.0', '1.0+local', true],
    ['1.0+a', '1.0', false],
    ['1.*', '1.dev0', true],
    ['!=1.5', '1.5.post1', true],
    ['!=1.5', '1.5+x', false],
  ] as const)('%s and %s: %s', (text, version, expected) => {
    expect(has(text, version)).toBe(expected);
  });

  test('Pythons are compared as they stand', () => {
    expect(constraintText(subtract(read('>=3.8', 'pythons'), read('<3.12', 'pythons')))).toBe('>=3.12');
    expect(constraintText(subtract(read('>=3.8'), read('<3.12')))).toBe('>=3.12.dev0');
  });
});

const SAMPLES = [
  '*',
  '1.0',
  '>=1',
  '<2',
  '^1.2',
  '!=1.5',
  '1.* || >=3',
  '>=1,<2,!=1.5',
  '<0.5 || 1.0 || >4',
  '~0.9',
];
const VERSIONS = ['0.4', '0.9.3', '1.0', '1.2', '1.5', '1.5.1', '1.9', '2.0', '3.0', '4.0', '4.1'];

describe('operations are those of sets', () => {
  const versions = VERSIONS.map((text) => {
    const version = parseVersion(text);
    if (!version.ok) throw new Error(text);
    return version.value;
  });
  for (const left of SAMPLES) {
    for (const right of SAMPLES) {
      test(`${left} with ${right}`, () => {
        const [a, b] = [read(left), read(right)];
        for (const version of versions) {
          const [inA, inB] = [allows(a, version), allows(b, version)];
          expect(allows(intersect(a, b), version), version.text).toBe(inA && inB);
          expect(allows(unite(a, b), version), version.text).toBe(inA || inB);
          expect(allows(subtract(a, b), version), version.text).toBe(inA && !inB);
        }
        expect(allowsAny(a, b)).toBe(intersect(a, b).kind !== 'empty');
        expect(allowsAll(a, intersect(a, b))).toBe(true);
        expect(allowsAll(ANY, a)).toBe(true);
        expect(allowsAll(a, b)).toBe(subtract(b, a).kind === 'empty');
      });
    }
  }
});

test('a bound that stays keeps its spelling', () => {
  expect(constraintText(subtract(read('>=3.2,<3.3'), read('3.2.0')))).toBe('>3.2,<3.3');
  expect(constraintText(unite(read('>3.2,<3.3'), read('3.2.0')))).toBe('>=3.2,<3.3');
});
