import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { narrowRange, simplifyRange, widenRange } from '../../../src/core/packaging/range-listing.ts';
import { specifierContains, parseSpecifierSet } from '../../../src/core/packaging/specifier.ts';
import { releaseSpecifierSetRange, specifierSetRange } from '../../../src/core/packaging/specifier-range.ts';
import { versionOf } from '../../../src/core/packaging/version-cut.ts';
import { VersionRange } from '../../../src/core/packaging/version-range.ts';
import { isPrerelease, type Version } from '../../../src/core/packaging/version.ts';

function range(text: string): VersionRange {
  const parsed = parseSpecifierSet(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return specifierSetRange(parsed.value);
}

function versions(...texts: string[]): readonly Version[] {
  return texts.map(versionOf);
}

/** Every kind of version around 1.0, 1.2 and 2.0, in order. */
const WORLD = versions(
  ...[
    '0.dev0',
    '0.9',
    '1.0.dev1',
    '1.0a1.dev2',
    '1.0a1',
    '1.0a1.post1',
    '1.0b2',
    '1.0rc1',
    '1.0',
    '1.0+a',
    '1.0+b.1',
  ],
  ...[
    '1.0.post0.dev1',
    '1.0.post0',
    '1.0.post0+a',
    '1.0.post1',
    '1.0.1',
    '1.2.dev0',
    '1.2',
    '1.2.3',
    '1.3.dev0',
    '1.3',
  ],
  ...['2.dev0', '2.0a1', '2.0', '2.0.post3', '3.0', '1!0.5'],
);
const SPECIFIERS = ['==', '!=', '<', '<=', '>', '>=', '~=', '==*', '!=*'] as const;

const specifierTexts = fc
  .tuple(
    fc.constantFrom(...SPECIFIERS),
    fc.constantFrom(...WORLD.filter((version) => version.local === null)),
  )
  .filter(([operator, version]) => operator !== '~=' || version.release.length > 1)
  .map(([operator, version]) =>
    operator.endsWith('*')
      ? `${operator.slice(0, 2)}${version.release.join('.')}.*`
      : `${operator}${version.text}`,
  );
const ranges = fc.array(specifierTexts, { maxLength: 3 }).map((texts) => range(texts.join(',')));

function members(set: VersionRange): readonly string[] {
  return WORLD.filter((version) => set.contains(version)).map((version) => version.text);
}

describe('specifiers as ranges', () => {
  test('hold the versions that packaging lets through', () => {
    // uv lets `==1.0.*` hold 1.0.dev1 and `>1.0a1` hold its post-releases; both differ from packaging in corners only.
    for (const operator of ['==', '<=', '>=', '<', '~='] as const) {
      for (const bound of versions('1.0', '1.2', '2.0')) {
        const parsed = parseSpecifierSet(`${operator}${bound.text}`);
        if (!parsed.ok) throw new Error(parsed.error.message);
        const [specifier] = parsed.value.specifiers;
        for (const version of WORLD.filter((item) => !isPrerelease(item))) {
          expect(range(parsed.value.text).contains(version), `${version.text} in ${parsed.value.text}`).toBe(
            specifierContains(specifier!, version),
          );
        }
      }
    }
  });

  test.each([
    ['==1.0', ['1.0', '1.0+a', '1.0+b.1']],
    ['==1.0+a', ['1.0+a']],
    ['>1.0,<1.1', ['1.0.1']],
    ['>1.0.post0,<1.1', ['1.0.post1', '1.0.1']],
    ['<1.0', ['0.dev0', '0.9']],
    ['<1.0a1,>0.9', ['1.0.dev1', '1.0a1.dev2']],
    ['~=1.2', ['1.2', '1.2.3', '1.3.dev0', '1.3']],
    ['==1.2.*', ['1.2.dev0', '1.2', '1.2.3']],
  ])('%s', (text, expected) => {
    expect(members(range(text))).toEqual(expected);
  });

  test('are equal when they hold the same versions, however they are written', () => {
    expect(range('>1.0a1').equals(range('>=1.0a2.dev0'))).toBe(true);
    expect(range('<=1.0').equals(range('<1.0.post0.dev0'))).toBe(true);
    expect(range('==1.0').equals(range('>=1.0,<1.0.post0.dev0'))).toBe(true);
    expect(range('<0.dev0').isEmpty).toBe(true);
    expect(range('==0.dev0').isEmpty).toBe(false);
    expect(range('>=0.dev0').isFull).toBe(true);
  });

  test('of Requires-Python only count release numbers', () => {
    const parsed = parseSpecifierSet('>=3.9,!=3.10.*');
    const set = releaseSpecifierSetRange(parsed.ok ? parsed.value : { specifiers: [], text: '' });
    expect(set.toString()).toBe('>=3.9, <3.10 | >=3.11');
  });
});

describe('ranges', () => {
  test('print as uv prints them', () => {
    expect(range('==1.0').toString()).toBe('>=1.0, <1.0+');
    expect(range('==1.0').withoutLocalSentinels().toString()).toBe('==1.0');
    expect(range('!=1.0').withoutLocalSentinels().toString()).toBe('<1.0 | >1.0');
    expect(VersionRange.FULL.toString()).toBe('*');
    expect(VersionRange.EMPTY.toString()).toBe('∅');
  });

  test('of bounds that are equal and written otherwise, the one that uv keeps is printed', () => {
    const [short, long] = [range('>=1.0,<2.dev0'), range('>=1,<2.0.dev0')];
    expect(short.intersection(long).toString()).toBe('>=1, <2.dev0');
    expect(long.intersection(short).toString()).toBe('>=1.0, <2.0.dev0');
    expect(short.union(long).toString()).toBe('>=1.0, <2.0.dev0');
    // An open end is that of the segment that begins later, a closed one that of the earlier.
    expect(range('>=0.1,<2.dev0').union(range('>=1,<2.0.dev0')).toString()).toBe('>=0.1, <2.0.dev0');
    expect(range('>=1,<2.0.dev0').union(range('>=0.1,<2.dev0')).toString()).toBe('>=0.1, <2.0.dev0');
    expect(range('>=0.1,<=2').union(range('>=1,<=2.0')).withoutLocalSentinels().toString()).toBe(
      '>=0.1, <=2',
    );
  });

  test('are an algebra of sets', () => {
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        const inA = new Set(members(a));
        const inB = new Set(members(b));
        const all = members(VersionRange.FULL);
        expect(members(a.union(b))).toEqual(all.filter((text) => inA.has(text) || inB.has(text)));
        expect(members(a.intersection(b))).toEqual(all.filter((text) => inA.has(text) && inB.has(text)));
        expect(members(a.difference(b))).toEqual(all.filter((text) => inA.has(text) && !inB.has(text)));
        expect(members(a.complement())).toEqual(all.filter((text) => !inA.has(text)));
        expect(a.complement().complement().equals(a)).toBe(true);
        expect(a.difference(b).equals(a.intersection(b.complement()))).toBe(true);
        expect(a.isSubset(b)).toBe(a.difference(b).isEmpty);
        expect(a.isDisjoint(b)).toBe(a.intersection(b).isEmpty);
        if (a.isSubset(b)) expect([...inA].every((text) => inB.has(text))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('ranges and a listing', () => {
  const listing = versions('1.0', '2.0', '3.0', '4.0');

  test('widening reaches to the neighbours and no further', () => {
    expect(widenRange(range('==2.0'), listing).toString()).toBe('>1.0, <3.0');
    expect(widenRange(range('==1.0'), listing).toString()).toBe('<2.0');
    expect(widenRange(range('>=2.0,<3.5'), listing).toString()).toBe('>1.0, <4.0');
    expect(widenRange(range('!=2.5'), listing).toString()).toBe('*');
  });

  test('narrowing takes bounded ends back to listed versions', () => {
    expect(narrowRange(range('>1.0,<3.0'), listing).toString()).toBe('==2.0');
    expect(narrowRange(range('>1.0'), listing).toString()).toBe('>=2.0');
    expect(narrowRange(range('>=5,<6'), listing).toString()).toBe('>=5, <6');
  });

  test('simplifying drops bounds that keep nothing out', () => {
    expect(simplifyRange(range('>=0.5,<3.5'), listing).toString()).toBe('<3.5');
    expect(simplifyRange(range('!=2.5'), listing).toString()).toBe('*');
    expect(simplifyRange(range('>=9'), listing).toString()).toBe('>=9');
    expect(simplifyRange(range('!=2.0').withoutLocalSentinels(), listing).toString()).toBe('<2.0 | >2.0');
  });

  test('all three hold the same listed versions', () => {
    fc.assert(
      fc.property(ranges, fc.subarray([...WORLD], { minLength: 1 }), (set, listed) => {
        const inside = (other: VersionRange): readonly string[] =>
          listed.filter((version) => other.contains(version)).map((version) => version.text);
        expect(inside(widenRange(set, listed))).toEqual(inside(set));
        expect(inside(narrowRange(set, listed))).toEqual(inside(set));
        if (inside(set).length > 0) expect(inside(simplifyRange(set, listed))).toEqual(inside(set));
      }),
      { numRuns: 500 },
    );
  });
});
