import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeOverlayIndex } from '../../../src/core/package-index/overlay/overlay-index.ts';
import { parseOverlay } from '../../../src/core/package-index/overlay/overlay-parse.ts';
import { printOverlay } from '../../../src/core/package-index/overlay/overlay-print.ts';
import {
  expandVersions,
  type Overlay,
  type OverlayClause,
  type OverlayStatement,
} from '../../../src/core/package-index/overlay/overlay.ts';
import { isMissing, type PackageIndex } from '../../../src/core/package-index/package-index.ts';

const NOTHING = makeFactsIndex({ projects: {} });

function read(text: string, base: PackageIndex = NOTHING): PackageIndex {
  const { overlay, errors } = parseOverlay(text);
  expect(errors).toEqual([]);
  return makeOverlayIndex(overlay, base);
}

/** `version: requirement, requirement` of each file, as the page lists them. */
function releases(index: PackageIndex, name: string): readonly string[] {
  const page = index.page(name);
  if (isMissing(page)) return ['missing'];
  return page.distributions.map((file) => {
    const metadata = index.metadata(file);
    return `${file.version}: ${isMissing(metadata) ? 'unknown' : metadata.requiresDist.join(', ')}`;
  });
}

function firstFile(index: PackageIndex, name: string) {
  const page = index.page(name);
  if (isMissing(page)) throw new Error('missing');
  return page.distributions[0]!;
}

describe('the examples', () => {
  const world = read(`app 1.0; depends left, right
left 1.0; depends shared <3
svc 1.0; extra old: drv <2; extra new: drv >=2
mod 2.0; python >=3.12; yanked "broken build"; uploaded 2020-01-01
mod 1.5; wheels cp37-cp37m-win_amd64
num 1.0; sdist only; build-requires setuptools <60
boto 1.0..1.29`);

  test('dependencies, extras, python, yank, date, wheels, sdist and ranges mean what they say', () => {
    expect(releases(world, 'app')).toEqual(['1.0: left, right']);
    expect(releases(world, 'svc')).toEqual(['1.0: drv <2 ; extra == "old", drv >=2 ; extra == "new"']);
    expect(firstFile(world, 'mod')).toMatchObject({
      requiresPython: '>=3.12',
      yanked: 'broken build',
      uploadTime: '2020-01-01T00:00:00Z',
      provenance: { layer: 'overlay' },
    });
    const mod = world.page('mod');
    expect(!isMissing(mod) && mod.distributions[1]?.filename).toBe('mod-1.5-cp37-cp37m-win_amd64.whl');
    expect(firstFile(world, 'num').filename).toBe('num-1.0.tar.gz');
    expect(world.metadata(firstFile(world, 'num'))).toMatchObject({ buildRequires: ['setuptools <60'] });
    expect(releases(world, 'boto').length).toBe(30);
    expect(releases(world, 'boto').at(-1)).toBe('1.29: ');
  });

  test('extras are provided, and a marker stays with its requirement', () => {
    const index = read('a 1; depends b ; python_version < "3.8", c >=1,<2; extra x: d ; os_name == "nt"');
    expect(releases(index, 'a')).toEqual([
      '1: b ; python_version < "3.8", c >=1,<2, d ; (os_name == "nt") and extra == "x"',
    ]);
    expect(index.metadata(firstFile(index, 'a'))).toMatchObject({ providesExtra: ['x'] });
  });
});

describe('over an index', () => {
  const base = makeFactsIndex({
    projects: {
      core: {
        '2.0': { requires: ['six'] },
        '2.1.0': { requires: ['a', 'typing-x<3', 'six'], requires_python: '>=3.8' },
        '2.2': { requires: [] },
      },
      other: { '1.0': { requires: [] } },
    },
  });

  test('a release is replaced in its place by an equal version, and added at the end otherwise', () => {
    const index = read('core 2.1; depends b\ncore 3.0', base);
    expect(releases(index, 'core')).toEqual(['2.0: six', '2.1: b', '2.2: ', '3.0: ']);
    expect(releases(index, 'other')).toEqual(['1.0: ']);
    expect(index.page('other')).toBe(base.page('other'));
  });

  test('what if core 2.1 allowed typing-x 3?', () => {
    const index = read('change core 2.1; depends typing-x <4; drops six', base);
    expect(releases(index, 'core')).toEqual(['2.0: six', '2.1.0: a, typing-x <4', '2.2: ']);
    const page = index.page('core');
    if (isMissing(page)) throw new Error('missing');
    expect(index.metadata(page.distributions[1]!)).toMatchObject({
      requiresPython: '>=3.8',
      provenance: { layer: 'overlay' },
    });
    expect(index.metadata(page.distributions[0]!)).toMatchObject({ provenance: { layer: 'inline' } });
  });

  test('releases and whole projects are removed', () => {
    expect(releases(read('remove core 2.0, 2.2', base), 'core')).toEqual(['2.1.0: a, typing-x<3, six']);
    expect(read('remove core', base).page('core')).toMatchObject({ status: 'absent' });
    expect(releases(read('remove core\ncore 9', base), 'core')).toEqual(['9: ']);
  });

  test('a closed world has nothing but what is written', () => {
    const index = read('closed world\ncore 2.1', base);
    expect(releases(index, 'core')).toEqual(['2.1: ']);
    expect(index.page('other')).toMatchObject({ status: 'absent' });
  });

  test('a page below that is not loaded yet is waited for; one that is unknown is empty', () => {
    const open = (loadable: boolean): PackageIndex => ({
      page: (project) => ({ missing: 'page', project, loadable }),
      metadata: (file) => base.metadata(file),
    });
    expect(read('core 9', open(true)).page('core')).toMatchObject({ missing: 'page', loadable: true });
    expect(releases(read('core 9', open(false)), 'core')).toEqual(['9: ']);
    expect(releases(read('remove core\ncore 9', open(true)), 'core')).toEqual(['9: ']);
  });
});

test('what is missing at the very end of the text is pointed at inside of it', () => {
  const text = 'app 1.0; depends b,';
  expect(parseOverlay(text).errors.map(({ span }) => text.slice(span.start, span.end))).toEqual([',']);
});

test.each<[string, string, string]>([
  ['app', 'which version', 'app'],
  ['app one', 'expected a version', 'one'],
  ['app 1.0; needs b', 'expected one of depends', 'needs b'],
  ['app 1.0; depends b, [x]', 'Expected', '['],
  ['app 1.9..1.1', 'counts up', '1.9..1.1'],
  ['app 1.0..2.0', 'last number only', '1.0..2.0'],
  ['app 1.0..1.999999', 'more than', '1.0..1.999999'],
  ['app 1.0; yanked broken', 'double quotes', 'broken'],
  ['app 1.0; uploaded yesterday', 'a date', 'yesterday'],
  ['app 1.0; uploaded 2020-02-30', 'a date', '2020-02-30'],
  ['app 1.0; uploaded 2020-01-01T25:00', 'a date', '2020-01-01T25:00'],
  ['app 1.0; wheels py3', 'wheel tags', 'py3'],
  ['app 1.0; drops b', 'only a change', 'drops b'],
  ['change app 1.0; sdist', 'keeps the files', 'sdist'],
  ['remove app 1.0; depends b', 'nothing can follow', 'depends b'],
  ['-app 1.0', 'name of a project', '-app'],
])('%j is complained of in its place, and the other lines are read', (line, message, spanned) => {
  const text = `left 1.0 # first\n${line}\nright 2.0`;
  const { overlay, errors } = parseOverlay(text);
  expect(errors.length).toBeGreaterThan(0);
  expect(errors[0]?.message).toContain(message);
  expect(text.slice(errors[0]!.span.start, errors[0]!.span.end)).toContain(spanned.slice(0, 2));
  const projects = overlay.statements.flatMap((each) => ('project' in each ? [each.project] : []));
  expect(projects).toEqual(expect.arrayContaining(['left', 'right']));
});

test.each([
  ['1.0', '1.3', ['1.0', '1.1', '1.2', '1.3']],
  ['2020.08', '2020.11', ['2020.08', '2020.09', '2020.10', '2020.11']],
  ['1.0rc1', '1.0rc2', ['1.0rc1', '1.0rc2']],
  ['9', '11', ['9', '10', '11']],
])('%s..%s counts its last number', (first, last, versions) => {
  expect(expandVersions({ first, last })).toEqual(versions);
});

const name = fc.constantFrom('a', 'b-c', 'D.e', 'change', 'remove', 'closed');
const version = fc.constantFrom('1.0', '2', '1!3.0', '1.0rc1', '1.0+local.1', '2004b');
const pattern = fc.oneof(
  version.map((first) => ({ first, last: null })),
  fc.nat({ max: 9 }).map((number) => ({ first: `1.${number}`, last: `1.${number + 3}` })),
);
const requirements = fc.array(
  fc.constantFrom(
    'b',
    'b >=1,<2',
    'c[x,y]~=1.2',
    'd ; python_version < "3.8"',
    'e>1; extra == "a;b"',
    'f ; os_name == \'nt\' and extra == "x"',
    'g @ https://files.example/g.whl#sha256=1',
  ),
  { maxLength: 4 },
);
const clause: fc.Arbitrary<OverlayClause> = fc.oneof(
  requirements.map((list) => ({ kind: 'depends' as const, requirements: list })),
  requirements.map((list) => ({ kind: 'build-requires' as const, requirements: list })),
  fc.record({ kind: fc.constant('extra' as const), extra: name, requirements }),
  fc.constantFrom('>=3.8', '>=2.7,!=3.0.*').map((specifier) => ({ kind: 'python' as const, specifier })),
  fc.string({ unit: 'binary', maxLength: 9 }).map((reason) => ({ kind: 'yanked' as const, reason })),
  fc.constantFrom('2020-01-01', '2020-01-01T10:00:00Z').map((time) => ({ kind: 'uploaded' as const, time })),
  fc
    .array(fc.constantFrom('py3-none-any', 'cp37-cp37m-win_amd64', 'py2.py3-none-any'), { maxLength: 2 })
    .map((tags) => ({ kind: 'wheels' as const, tags })),
  fc.boolean().map((isOnly) => ({ kind: 'sdist' as const, isOnly })),
  fc.constant({ kind: 'unknown' as const }),
  requirements.map((list) => ({ kind: 'backend-requires' as const, requirements: list })),
  fc
    .constantFrom('mirror', 'https://packages.example/simple', 'https://a.example/simple?x=1#y')
    .map((place) => ({ kind: 'index' as const, name: place })),
  fc
    .constantFrom('git+https://code.example/app@main', 'https://a.example/app-1.0.tar.gz')
    .map((url) => ({ kind: 'url' as const, url })),
);
const changeClause = fc.oneof(
  clause.filter(({ kind }) => kind !== 'wheels' && kind !== 'sdist'),
  fc.array(name, { minLength: 1, maxLength: 3 }).map((projects) => ({ kind: 'drops' as const, projects })),
);
const line = {
  comment: fc.constantFrom('', '# why', '#; "not a clause'),
  span: fc.constant({ start: 0, end: 0 }),
};
const versions = fc.array(pattern, { minLength: 1, maxLength: 3 });
const statement: fc.Arbitrary<OverlayStatement> = fc.oneof(
  fc.record({
    kind: fc.constant('release' as const),
    project: name,
    versions,
    clauses: fc.array(clause, { maxLength: 4 }),
    ...line,
  }),
  fc.record({
    kind: fc.constant('change' as const),
    project: name,
    versions,
    clauses: fc.array(changeClause, { maxLength: 4 }),
    ...line,
  }),
  fc.record({
    kind: fc.constant('remove' as const),
    project: name,
    versions: fc.array(pattern, { maxLength: 2 }),
    ...line,
  }),
  fc.record({ kind: fc.constant('closed-world' as const), ...line }),
  fc.record({ kind: fc.constant('empty' as const), ...line }),
);

function withoutSpans(overlay: Overlay): unknown {
  return overlay.statements.map((each) => ({ ...each, span: null }));
}

test('law: what is printed reads back as the same statements', () => {
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 6 }), (statements) => {
      const parsed = parseOverlay(printOverlay({ statements }));
      expect(parsed.errors).toEqual([]);
      expect(withoutSpans(parsed.overlay)).toEqual(withoutSpans({ statements }));
    }),
    { numRuns: 500 },
  );
});

test('law: any text is read without a throw, and every complaint lies inside it', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('a', ' 1.0', ';', ',', '"', '[', '..', '#', ' depends ', '\n', 'extra ', ':'))
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const { span } of parseOverlay(text).errors) {
        expect(span.start).toBeLessThanOrEqual(span.end);
        expect(span.end).toBeLessThanOrEqual(text.length + 1);
      }
    }),
    { numRuns: 1_000 },
  );
});
