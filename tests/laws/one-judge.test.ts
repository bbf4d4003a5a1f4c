/**
 * One judge of files: on random projects of two indexes and a folder, with dates, yanks, formats, tags and options, what
 * pip's engine installs is what the prover calls possible, and where the prover calls it impossible the engine fails.
 * (That the ledger agrees with the engine is `tests/core/headless/ledger-agreement.test.ts`.)
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolvePipTelling } from '../../src/core/explain/pip/tell.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import { ledgerOf } from '../../src/core/ledger/problem-ledger.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import type { Facts, ReleaseFacts } from '../../src/core/package-index/facts/facts.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { prove } from '../../src/core/resolver/prover/prove.ts';

const INNER = 'https://inner.example/simple';
const FOLDER = './wheels';

const file = fc.record(
  {
    name: fc.constantFrom('py3-none-any.whl', 'cp37-cp37m-win_amd64.whl', 'tar.gz', 'exe'),
    requires_python: fc.constantFrom('>=3.8', '>=3.12'),
    yanked: fc.constantFrom<(boolean | string)[]>(false, false, 'broken'),
    'upload-time': fc.constantFrom('2024-01-01', '2024-06-01'),
  },
  { requiredKeys: ['name'] },
);

/** Files of a folder have no time; those of an index always have one here, since pip gives up where one is missing. */
function projectFacts(name: string, isFolder: boolean) {
  const release = fc.record({
    version: fc.constantFrom('1.0', '1.5rc1', '2.0', '2.1.dev1'),
    files: fc.uniqueArray(file, { minLength: 1, maxLength: 2, selector: (entry) => entry.name }),
  });
  return fc.uniqueArray(release, { maxLength: 3, selector: ({ version }) => version }).map((releases) =>
    Object.fromEntries(
      releases.map(({ version, files }): [string, ReleaseFacts] => [
        version,
        {
          requires: [],
          files: files.map(({ name: ending, 'upload-time': time = '2024-01-01', ...rest }) => ({
            filename: ending.endsWith('whl')
              ? `${name}-${version}-${ending}`
              : `${name}-${version}.${ending}`,
            ...rest,
            ...(isFolder ? {} : { 'upload-time': time }),
          })),
        },
      ]),
    ),
  );
}

const world = (isFolder: boolean) =>
  fc.record({ a: projectFacts('a', isFolder), b: projectFacts('b', isFolder) });

const line = (name: string) =>
  fc.constantFrom('', '>=1.5', '==2.0', '<2', '>=2.1.dev1', '==1.5rc1').map((text) => `${name}${text}`);
const names = fc.constantFrom<string[]>([], [], ['a'], [':all:']);

const asked = fc.record({
  main: world(false),
  inner: world(false),
  folder: world(true),
  requirements: fc.tuple(line('a'), line('b')),
  constraint: fc.option(line('a'), { nil: '' }),
  options: fc.record({
    pre: fc.boolean(),
    allReleases: names,
    onlyFinal: names,
    onlyBinary: names,
    noBinary: names,
    preferBinary: fc.boolean(),
    ignoreRequiresPython: fc.boolean(),
    uploadedPriorTo: fc.constantFrom(null, '2024-05-01'),
  }),
});

describe.each(['26.2', '25.3', '24.0', '22.0', '20.3'])('pip %s', (version) => {
  test('installs what the prover calls possible, and nothing that it calls impossible', () => {
    fc.assert(
      fc.property(asked, ({ main, inner, folder, requirements, constraint, options }) => {
        const engine = `pip@${version}`;
        const text = [`--extra-index-url ${INNER}`, `--find-links ${FOLDER}`, ...requirements].join('\n');
        const facts: Facts = {
          projects: main,
          indexes: { [INNER]: { projects: inner }, [FOLDER]: { projects: folder } },
        };
        const problem = makeProblem({
          engine,
          environment: { python: '3.11' },
          requirements: text,
          constraints: constraint,
          options,
        });
        const run = runProblem(problem, resolvePipTelling, makeFactsIndex(facts));
        const { request, outcome } = run;
        fc.pre(request !== null && (outcome.kind === 'solved' || outcome.kind === 'unsolvable'));
        const proof = prove(request, { rules: 'pip' });
        expect(proof.kind).not.toBe(outcome.kind === 'solved' ? 'impossible' : 'possible');
        if (outcome.kind !== 'solved') return;
        for (const pin of outcome.pins) {
          const ledger = ledgerOf(engine, request, pin.name);
          const row = ledger?.versions.find((item) => item.version === pin.version);
          expect(ledger?.entries[row?.best ?? -1]?.file.filename).toBe(pin.filename);
        }
      }),
      { numRuns: 120 },
    );
  });
});
