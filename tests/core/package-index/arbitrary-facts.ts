/** Generated facts for laws about codecs: names, versions and texts of every kind, not only sensible ones. */
import fc from 'fast-check';
import { FACT_LIMITS } from '../../../src/core/package-index/package-index.ts';
import type { Facts, FileFacts, ReleaseFacts } from '../../../src/core/package-index/facts/facts.ts';

const someText = fc.oneof(
  fc.constantFrom(
    'b',
    'b >=1',
    'b (>=1.0,<2)',
    "c[x]~=1.2; extra == 'y'",
    'd==1.2.3',
    'd<1.3,>=1.2.3',
    '\u0001\u0004é',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

export const versionText = fc.oneof(
  fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join('.')),
  fc.constantFrom(
    '1.0rc1',
    '1!2.0',
    '2.0+local.1',
    '2004b',
    '0.9.9',
    '0.9.10',
    '1.09',
    '1.0.post1',
    '3.2.3-1',
  ),
);

const uploadTime = fc.oneof(
  fc
    .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 19)}Z`),
  fc.constantFrom('2023-05-22', '2023-05-22T15:12:42.313790Z', '2023-05-22T15:12:42+02:00'),
);

const yanked = fc.oneof(fc.boolean(), fc.string({ maxLength: 8 }));
const python = fc.option(fc.constantFrom('>=3.8', '>=2.7,!=3.0.*', 'nonsense'), { nil: null });

const file: fc.Arbitrary<FileFacts> = fc.record(
  {
    filename: fc.constantFrom(
      'a_b-1.0-py3-none-any.whl',
      'a-1.0-2-cp311-cp311-linux_x86_64.whl',
      'a-1.0.tar.gz',
      'odd.whl',
    ),
    size: fc.nat(),
    sha256: fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => Buffer.from(bytes).toString('hex')),
    url: fc.webUrl(),
    requires_python: python,
    yanked,
    'upload-time': uploadTime,
  },
  { requiredKeys: ['filename'] },
);

const release: fc.Arbitrary<ReleaseFacts> = fc.record(
  {
    requires: fc.array(someText, { maxLength: 5 }),
    requires_python: python,
    yanked,
    extras: fc.array(someText, { maxLength: 3 }),
    wheels: fc.uniqueArray(fc.constantFrom('py3-none-any', 'cp37-cp37m-win_amd64', 'py2.py3-none-any'), {
      maxLength: 3,
    }),
    sdist: fc.boolean(),
    unknown: fc.boolean(),
    from: fc.constantFrom('wheel', 'sdist', 'none'),
    limits: fc.subarray([...FACT_LIMITS], { minLength: 1 }),
    pythons: fc.constantFrom('3.8-3.14', '3.11'),
    seen: uploadTime,
    'upload-time': uploadTime,
    build_requires: fc.array(someText, { maxLength: 2 }),
    backend_requires: fc.array(someText, { maxLength: 2 }),
    files: fc.uniqueArray(file, { maxLength: 3, selector: ({ filename }) => filename }),
  },
  { requiredKeys: ['requires'] },
);

/** Facts whose project names are distinct after normalising. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc
  .uniqueArray(fc.constantFrom('a', 'a-b', 'C.d', 'zope.interface', 'b', 'e_f'), { maxLength: 5 })
  .chain((names) =>
    fc
      .tuple(...names.map(() => fc.dictionary(versionText, release, { maxKeys: 6, noNullPrototype: true })))
      .map((releases) => ({
        projects: Object.fromEntries(names.map((name, at) => [name, releases[at] ?? {}])),
      })),
  );
