/** What is named by its address: archives, repositories, folders. */
import { describe, expect, test } from 'vitest';
import { quickExplanation } from '../../../../src/core/explain/quick-explanation.ts';
import { runPip, type TestCase, type TestIndex } from './run-pip.ts';

const REPOSITORY = 'git+https://code.example/lib@main';
const ARCHIVE = 'https://files.example/lib-1.0-py3-none-any.whl';
const FOLDER = 'file:///src/lib';

const INDEX: TestIndex = {
  lib: {
    '0.9': [],
    '1.0': { requires: ['part'], url: ARCHIVE },
    '2.0': { requires: ['part ; extra == "x"'], extras: ['x'], url: REPOSITORY },
    '2.1': { requires: [], url: FOLDER },
    '3.0': ['gone'],
  },
  app: { '1.0': [`lib @ ${REPOSITORY}`], '1.1': ['lib[x]'], '1.2': ['lib<2'] },
  part: { '1.0': [] },
};

function pins(root: readonly string[], more: Partial<TestCase> = {}): string {
  const run = runPip({ index: INDEX, root, ...more });
  return run.pins ?? `${run.outcome.kind} ${run.message}`;
}

describe('an address that is stated', () => {
  test('is taken instead of anything that an index lists', () => {
    expect(pins([`lib @ ${ARCHIVE}`])).toBe('lib==1.0 part==1.0');
    expect(pins([`lib @ ${REPOSITORY}`])).toBe('lib==2.0');
    expect(pins([`lib @ ${FOLDER}`])).toBe('lib==2.1');
  });

  test('is no candidate for anybody else', () => {
    expect(pins(['lib<2.5'])).toBe('lib==0.9');
  });

  test('brings the extras that are asked of it there or elsewhere', () => {
    expect(pins([`lib[x] @ ${REPOSITORY}`])).toBe('lib==2.0 part==1.0');
    expect(pins([`lib @ ${REPOSITORY}`, 'app==1.1'])).toBe('app==1.1 lib==2.0 part==1.0');
  });

  test('with extras is one requirement before 24.0, two since', () => {
    const first = (release: string) =>
      runPip({ index: INDEX, root: [`lib[x] @ ${REPOSITORY}`], release }).events[0];
    expect(first('24.0')).toEqual(['require', 'lib==2.0', null]);
    expect(first('23.3')).toEqual(['require', 'lib[x]==2.0', null]);
    expect(pins([`lib[x] @ ${REPOSITORY}`], { release: '23.3' })).toBe('lib==2.0 part==1.0');
  });

  test('whose metadata cannot be read ends everything', () => {
    const index = { lib: { '1.0': { requires: ['a>=nonsense'], url: ARCHIVE } } };
    expect(pins([`lib @ ${ARCHIVE}`], { index })).toContain(
      `Requested lib @ ${ARCHIVE} from ${ARCHIVE} has invalid metadata`,
    );
  });

  test('that nobody knows comes in its turn among the dependencies', () => {
    const run = runPip({
      index: { app: { '1.0': ['part', 'lib @ git+https://nowhere.example/lib'] }, part: { '1.0': [] } },
      root: ['app'],
    });
    expect(run.events.at(-1)).toEqual(['require', 'part', 'app==1.0']);
    expect(run.outcome.kind).toBe('incomplete');
  });

  test('comes in through a dependency, too', () => {
    expect(pins(['app==1.0'])).toBe('app==1.0 lib==2.0');
  });

  test('clashes with a version that it is not', () => {
    expect(pins([`lib @ ${REPOSITORY}`, 'app==1.2'])).toContain(
      'lib 2.0 (from git+https://code.example/lib@main)',
    );
  });

  test('the pin says where it is from', () => {
    const { outcome } = runPip({ index: INDEX, root: [`lib @ ${REPOSITORY}`] });
    expect(outcome).toMatchObject({ pins: [{ origin: 'url', url: REPOSITORY }] });
  });
});

describe('two addresses', () => {
  const other = 'git+https://code.example/lib@stable';
  const index = { lib: { '2.0': { requires: [], url: REPOSITORY }, '2.0.0': { requires: [], url: other } } };

  test('clash, even with the same version behind them', () => {
    const text = pins([`lib @ ${REPOSITORY}`, `lib @ ${other}`], { index });
    expect(text).toContain(
      'unsolvable ERROR: Cannot install lib 2.0 (from git+https://code.example/lib@main)',
    );
  });

  test('are the same but for user names, order of the query and what egg says', () => {
    const a = 'https://host.example/lib-1.0.zip?a=1&b=2';
    const b = 'https://user:secret@host.example/lib-1.0.zip?b=2&a=1#egg=lib';
    expect(pins([`lib @ ${a}`, `lib @ ${b}`], { index: { lib: { '1.0': { requires: [], url: a } } } })).toBe(
      'lib==1.0',
    );
  });

  test('differ by subdirectory and by hash', () => {
    for (const [left, right] of [
      ['subdirectory=a', 'subdirectory=b'],
      ['sha512=aa', 'sha512=bb'],
    ]) {
      const urls = [left, right].map((part) => `https://host.example/lib-1.0.zip#${part}`);
      const both = { '1.0': { requires: [], url: urls[0]! }, '1.0.0': { requires: [], url: urls[1]! } };
      expect(
        pins(
          urls.map((url) => `lib @ ${url}`),
          { index: { lib: both } },
        ),
      ).toContain('conflicting dependencies');
    }
  });

  test('localhost is this machine', () => {
    expect(pins([`lib @ ${FOLDER}`, `lib @ file://localhost/src/lib`])).toBe('lib==2.1');
  });

  test('the same one, editable and not, is two', () => {
    expect(pins([`lib @ ${FOLDER}`, `-e lib @ ${FOLDER}`])).toContain('lib 2.1 (from editable /src/lib)');
  });
});

describe('constraints', () => {
  test('with an address name the only candidate', () => {
    expect(pins(['lib'], { constraints: [`lib @ ${REPOSITORY}`] })).toBe('lib==2.0');
    expect(pins(['lib[x]'], { constraints: [`lib @ ${REPOSITORY}`] })).toBe('lib==2.0 part==1.0');
  });

  test('with an address do not reach extras before 26.1', () => {
    const constraints = [`lib @ ${REPOSITORY}`];
    expect(pins(['lib[x]'], { constraints, release: '26.0' })).toContain('unsolvable');
  });

  test('with an address are shown with it', () => {
    expect(pins(['lib<1'], { constraints: [`lib @ ${ARCHIVE}`] })).toContain(
      `The user requested (constraint) lib (from ${ARCHIVE})`,
    );
  });

  test('of a wheel for another platform leave nothing', () => {
    const url = 'https://files.example/lib-1.0-cp37-cp37m-win_amd64.whl';
    const index = { lib: { '0.9': [], '1.0': { requires: [], url } } };
    expect(pins(['lib'], { index, constraints: [`lib @ ${url}`] })).toContain(
      'The user requested (constraint) lib',
    );
    expect(pins([`lib @ ${url}`], { index })).toBe(
      'unsolvable ERROR: lib-1.0-cp37-cp37m-win_amd64.whl is not a supported wheel on this platform.',
    );
  });

  test('on a version hold for an address', () => {
    expect(pins([`lib @ ${REPOSITORY}`], { constraints: ['lib<2'] })).toContain('(constraint) lib<2');
  });
});

test('what nobody states is a missing fact with its address', () => {
  const { outcome } = runPip({
    index: INDEX,
    root: ['lib @ git+https://user:secret@code.example/other@dev'],
  });
  const url = 'git+https://user:****@code.example/other@dev';
  const ended = { ...runPip({ index: INDEX, root: [`lib @ ${FOLDER}/b`] }), tool: 'pip', isRefused: false };
  expect(quickExplanation(ended)).toMatchObject({
    sentence: 'The search has to know what is at `file:///src/lib/b`, and nothing here says it.',
    remarks: [
      expect.stringContaining('`lib 1.0; url file:///src/lib/b; depends other >=1`'),
      'No index is asked about addresses.',
    ],
  });
  expect(outcome).toMatchObject({
    kind: 'incomplete',
    missing: [{ missing: 'metadata', project: 'lib', url }],
  });
});

describe('hashes', () => {
  const good = 'a'.repeat(64);
  const zip = 'https://host.example/lib-1.0.zip';
  const index = { lib: { '1.0': { requires: [], url: zip, files: [] } } };
  const hashed = (hash: string): TestIndex => ({
    lib: { '1.0': { requires: [], files: [{ filename: 'lib-1.0.zip', sha256: hash }] } },
  });

  test('an address may carry its own', () => {
    expect(pins([`lib @ ${zip}#sha256=${good}`], { index: hashed(good) })).toBe('lib==1.0');
    expect(pins([`lib @ ${zip}#sha256=${'b'.repeat(64)}`], { index: hashed(good) })).toContain(
      'DO NOT MATCH',
    );
  });

  test('an address counts as pinned', () => {
    const options = { requireHashes: true };
    expect(pins([`lib @ ${zip} --hash=sha256:${good}`], { index: hashed(good), options })).toBe('lib==1.0');
    expect(pins([`lib @ ${zip}`], { index, options })).toContain('Hashes are required');
  });

  test('repositories and folders have none', () => {
    const options = { requireHashes: true };
    expect(pins([`lib @ ${REPOSITORY}`], { options })).toContain("don't have a way to hash version control");
    expect(pins([`lib @ ${FOLDER}`], { options })).toContain('point to directories');
  });
});

describe('installed', () => {
  const installed = { lib: ['2.1'] } as const;

  test('a folder is installed again, a wheel of the same version is not', () => {
    const { outcome } = runPip({ index: INDEX, root: [`lib @ ${FOLDER}`], installed });
    expect(outcome).toMatchObject({ pins: [{ filename: 'lib' }] });
    const wheel = 'file:///wheels/lib-2.1-py3-none-any.whl';
    const run = runPip({
      index: { lib: { '2.1': { requires: [], url: wheel } } },
      root: [`lib @ ${wheel}`],
      installed,
    });
    expect(run.outcome).toMatchObject({ pins: [{ origin: 'installed' }] });
    expect(run.notices[0]?.text).toContain(
      'is already installed with the same version as the provided wheel',
    );
  });
});

test('the legacy resolver takes the first address and cannot constrain it', () => {
  expect(pins([`lib @ ${REPOSITORY}`, 'app==1.2'], { release: '19.3' })).toBe('app==1.2 lib==2.0');
  expect(pins([`lib @ ${REPOSITORY}`], { release: '19.3', constraints: ['lib<3'] })).toContain(
    'installation from path or url cannot be constrained to a version',
  );
});
