import { describe, expect, test } from 'vitest';
import { isStaticMetadata, parseMetadata } from '../../../src/core/packaging/metadata.ts';
import { resolveDependencyGroups } from '../../../src/core/packaging/dependency-groups.ts';
import { readFixture } from './fixtures.ts';

type Row = readonly [
  text: string,
  metadataVersion: string | null,
  name: string | null,
  version: string | null,
  requiresPython: string | null,
  requiresDist: readonly string[],
  providesExtra: readonly string[],
  dynamic: readonly string[],
];

const table = readFixture('metadata') as {
  readonly packaging: string;
  readonly metadata: readonly Row[];
  /** Table, names asked for; requirements, or messages (null where Python stops at the first error). */
  readonly groups: readonly (readonly [
    Readonly<Record<string, unknown>>,
    readonly string[],
    readonly string[] | null,
    readonly string[] | null,
  ])[];
};

test(`reads ${table.metadata.length} metadata texts as Python's email parser does`, () => {
  const ours = table.metadata.map(([text]) => {
    const read = parseMetadata(text);
    const single = [read.metadataVersion, read.name, read.version, read.requiresPython];
    return [text, ...single, read.requiresDist, read.providesExtra, read.dynamic];
  });
  const lowered = table.metadata.map((row) => [...row.slice(0, 7), row[7].map((name) => name.toLowerCase())]);
  expect(ours).toEqual(lowered);
});

test.each([
  ['Metadata-Version: 2.1', false],
  ['Metadata-Version: 2.2', true],
  ['Metadata-Version: 2.4\nDynamic: Version', true],
  ['Metadata-Version: 2.2\nDynamic: requires-DIST', false],
  ['Metadata-Version: 2.2\nDynamic: Requires-Python', false],
  ['Metadata-Version: 3.0', true],
  ['Name: x', false],
])('metadata %j is static: %s', (text, expected) => {
  expect(isStaticMetadata(parseMetadata(text))).toBe(expected);
});

describe(`dependency groups as packaging ${table.packaging} resolves them`, () => {
  test(`${table.groups.length} tables`, () => {
    const ours = table.groups.map(([groups, names, , messages]) => {
      const { requirements, errors } = resolveDependencyGroups(groups, names);
      if (errors.length === 0) return [requirements.map(({ requirement }) => requirement.text), null];
      return [null, messages === null ? null : true];
    });
    const theirs = table.groups.map(([, , texts, messages]) => [texts, messages === null ? null : true]);
    expect(ours).toEqual(theirs);
  });
});

describe('errors in dependency groups', () => {
  test.each([
    [
      { a: [{ 'include-group': 'a' }] },
      'Cyclic dependency group include while resolving a: a includes itself',
      'a',
      0,
    ],
    [
      { a: ['x', { 'include-group': 'B' }], b: [{ 'include-group': 'A' }] },
      'Cyclic dependency group include while resolving a: A -> b, b -> A',
      'b',
      0,
    ],
    [{ a: [{ 'include-group': 'no' }] }, "Dependency group 'no' not found", 'a', 0],
    [{ a: 'x' }, "Dependency group 'a' contained a string rather than a list.", 'a', null],
    [{ a: { x: 1 } }, "Dependency group 'a' is not a sequence type.", 'a', null],
    [{ a: ['x', 7] }, 'Invalid dependency group item: 7', 'a', 1],
    [
      { a: [{ 'include-group': 'b', x: 1 }] },
      'Invalid dependency group item: {"include-group":"b","x":1}',
      'a',
      0,
    ],
    [{ 'a.b': [], a_b: [], a: [] }, 'Duplicate dependency group names: a-b (a.b, a_b)', 'a_b', null],
  ])('%j', (groups, message, group, index) => {
    expect(resolveDependencyGroups(groups, ['a']).errors).toMatchObject([
      { message, place: { group, index } },
    ]);
  });

  test('a group that is reached twice without a cycle is no error', () => {
    const diamond = {
      a: [{ 'include-group': 'b' }, { 'include-group': 'c' }],
      b: [{ 'include-group': 'd' }],
      c: [{ 'include-group': 'd' }],
      d: ['x>=1'],
    };
    const { requirements, errors } = resolveDependencyGroups(diamond, ['a']);
    expect(requirements.map(({ requirement, group }) => `${group}: ${requirement.text}`)).toEqual([
      'd: x>=1',
      'd: x>=1',
    ]);
    expect(errors).toEqual([]);
  });

  test('what can be read is read, whatever else is wrong', () => {
    const groups = { a: ['x', 7, { 'include-group': 'b' }, 'y'], b: ['z', { 'include-group': 'a' }] };
    const { requirements, errors } = resolveDependencyGroups(groups, ['a']);
    expect(requirements.map(({ requirement }) => requirement.text)).toEqual(['x', 'z', 'y']);
    expect(errors.map(({ kind, cycle }) => [kind, cycle])).toEqual([
      ['invalid-item', []],
      ['cycle', ['a', 'b', 'a']],
    ]);
  });

  test('groups that double at each level end soon', () => {
    const levels = Array.from({ length: 60 }, (_, level) => {
      const include = { 'include-group': `g${level + 1}` };
      return [`g${level}`, level === 59 ? ['x'] : [include, include]] as const;
    });
    const { errors } = resolveDependencyGroups(Object.fromEntries(levels), ['g0']);
    expect(errors.map(({ kind }) => kind)).toContain('too-many');
  });

  test('a missing group that was asked for stands nowhere', () => {
    expect(resolveDependencyGroups({}, ['a']).errors).toMatchObject([{ kind: 'missing', place: null }]);
  });
});
