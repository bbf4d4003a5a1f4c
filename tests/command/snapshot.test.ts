import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { runSnapshotCommand } from '../../src/command/snapshot/commands.ts';
import { openSnapshotFromDisk, sha256 } from '../../src/command/snapshot/snapshot-files.ts';
import { readSources } from '../../src/command/snapshot/source.ts';
import { isMissing } from '../../src/core/package-index/package-index.ts';
import { makeTarGz, makeWheel, makeZip, metadataText } from '../client/wheel-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'backjump-snapshot-'));
afterAll(() => rmSync(folder, { recursive: true }));

const errors: string[] = [];
const lines: string[] = [];
beforeEach(() => {
  errors.length = 0;
  lines.length = 0;
  vi.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
});

function put(path: string, content: string | Uint8Array): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  return full;
}

/** Runs a command on a folder of snapshots of its own. */
function run(name: string, ...words: readonly string[]): Promise<number> {
  return runSnapshotCommand([name, ...words, '--out', join(folder, 'snapshots')]);
}

describe('sources', () => {
  test('wheels and static sdists give files and dependencies; broken ones are named and counted', async () => {
    const wheel = makeWheel('left-pad', '1.0', [
      'Requires-Dist: six',
      'Requires-Python: >=3.8',
      'Provides-Extra: x',
    ]);
    put('dist/left_pad-1.0-py3-none-any.whl', wheel);
    put(
      'dist/more/still-1.0.tar.gz',
      makeTarGz({ 'still-1.0/PKG-INFO': metadataText('still', '1.0', ['Requires-Dist: six'], '2.2') }),
    );
    put('dist/old-1.0.zip', makeZip({ 'old-1.0/PKG-INFO': metadataText('old', '1.0') }));
    put('dist/broken-1.0-py3-none-any.whl', 'no zip');
    put('dist/liar-1.0-py3-none-any.whl', makeWheel('other', '1.0'));
    put('dist/notes.txt', 'not asked for');
    expect(await run('build', join(folder, 'dist'), '--id', 'dist', '--date', '2024-01-01', '--closed')).toBe(
      0,
    );
    expect(errors.filter((line) => line.startsWith('skipped')).length).toBe(2);
    expect(errors.join('\n')).toMatch(
      /broken-1\.0.*no end record[^]*liar-1\.0.*that of other[^]*3 read, 2 skipped, 1 other/u,
    );
    const index = openSnapshotFromDisk('dist', join(folder, 'snapshots'));
    if (!index.ok) throw new Error(index.error);
    const page = index.value.page('left-pad');
    if (isMissing(page)) throw new Error('missing');
    expect(page.distributions[0]).toMatchObject({
      filename: 'left_pad-1.0-py3-none-any.whl',
      size: wheel.length,
      sha256: sha256(wheel),
      requiresPython: '>=3.8',
    });
    expect(index.value.metadata(page.distributions[0]!)).toMatchObject({
      requiresDist: ['six'],
      providesExtra: ['x'],
    });
    const old = index.value.page('old');
    expect(!isMissing(old) && index.value.metadata(old.distributions[0]!)).toMatchObject({
      missing: 'metadata',
    });
    expect(index.value.page('six')).toMatchObject({ status: 'absent' });
  });

  test('a saved page of the simple API gives files whose dependencies are unknown', () => {
    const page = {
      meta: { 'api-version': '1.1' },
      name: 'Left.Pad',
      files: [
        {
          filename: 'left_pad-1.0-py3-none-any.whl',
          url: 'https://files.example/x.whl',
          hashes: {},
          yanked: 'bad',
        },
      ],
    };
    const { facts } = readSources([put('page.json', JSON.stringify(page))], folder);
    expect(facts.projects['left-pad']?.['1.0']).toMatchObject({
      unknown: true,
      files: [{ filename: 'left_pad-1.0-py3-none-any.whl', yanked: 'bad' }],
    });
  });

  test('a saved page in HTML says the same as the one in JSON', () => {
    const html = `<!DOCTYPE html><html><head><title>Links for Left.Pad</title></head><body>
      <a href="https://files.example/x/left_pad-1.0-py3-none-any.whl#sha256=${'a'.repeat(64)}"
        data-requires-python="&gt;=3.8,&lt;4" data-yanked="bad &amp; old" >left_pad-1.0-py3-none-any.whl</a><br />
      <a href='../left-pad-0.9.tar.gz' data-yanked>left-pad-0.9.tar.gz</a></body></html>`;
    const { facts } = readSources([put('page.html', html)], folder);
    expect(facts.projects['left-pad']).toEqual({
      '1.0': {
        requires: [],
        unknown: true,
        files: [
          {
            filename: 'left_pad-1.0-py3-none-any.whl',
            sha256: 'a'.repeat(64),
            url: 'https://files.example/x/left_pad-1.0-py3-none-any.whl',
            requires_python: '>=3.8,<4',
            yanked: 'bad & old',
          },
        ],
      },
      '0.9': {
        requires: [],
        unknown: true,
        files: [{ filename: 'left-pad-0.9.tar.gz', url: '../left-pad-0.9.tar.gz', yanked: true }],
      },
    });
  });

  test('a page without a title is of the project of its files; HTML that lists none is no page', () => {
    const bare = '<a href="x/six-1.0.tar.gz">six-1.0.tar.gz</a>';
    expect(Object.keys(readSources([put('bare.html', bare)], folder).facts.projects)).toEqual(['six']);
    const { skipped } = readSources([put('none.html', '<html><body>Log in</body></html>')], folder);
    expect(skipped[0]?.reason).toContain('neither an archive, facts');
  });

  test('what cannot be read in a folder is named; what has nothing to do with packages is counted', async () => {
    put('mixed/a-1.0-py3-none-any.whl', makeWheel('a', '1.0'));
    put('mixed/old-1.0.tar.bz2', 'BZh');
    put('mixed/page.html', '<title>Links for b</title><a href="b-1.0.zip">b-1.0.zip</a>');
    put('mixed/broken.json', '{"name": ');
    put('mixed/notes.txt', '');
    expect(await run('build', join(folder, 'mixed'), '--id', 'mixed', '--date', '2024-01-01')).toBe(0);
    expect(errors.join('\n')).toMatch(
      /broken\.json: no JSON: SyntaxError[^]*old-1\.0\.tar\.bz2: archives of this form/u,
    );
    expect(errors.at(-1)).toBe('2 read, 2 skipped, 1 other file passed over');
  });

  test.each(['install', 'installed'])('a pip report (%s) gives dependencies', (key) => {
    const item = {
      metadata: { name: 'Left.Pad', version: '1.0', requires_dist: ['six'], requires_python: '>=3.8' },
      download_info: {
        url: 'https://files.example/a/left_pad-1.0-py3-none-any.whl',
        archive_info: { hashes: { sha256: 'a'.repeat(64) } },
      },
    };
    const { facts } = readSources(
      [put(`${key}.json`, JSON.stringify({ version: '1', [key]: [item] }))],
      folder,
    );
    expect(facts.projects['left-pad']?.['1.0']).toMatchObject({
      requires: ['six'],
      requires_python: '>=3.8',
      files: [{ filename: 'left_pad-1.0-py3-none-any.whl', sha256: 'a'.repeat(64) }],
    });
  });

  test('a cache of pip gives its pages and metadata, in both forms', () => {
    const text = metadataText('left-pad', '1.0', ['Requires-Dist: six']);
    const page = JSON.stringify({
      meta: { 'api-version': '1.0' },
      name: 'left-pad',
      files: [{ filename: 'left_pad-1.0-py3-none-any.whl', url: 'x', hashes: {} }],
    });
    const body = Buffer.from(gzipSync(page));
    const packed = Buffer.concat([
      Buffer.from('cc=4,'),
      Buffer.from([0x81, 0xa8]),
      Buffer.from('response'),
      Buffer.from([0x82, 0xa6]),
      Buffer.from('status'),
      Buffer.from([0xcc, 200, 0xa4]),
      Buffer.from('body'),
      Buffer.from([0xc5, body.length >> 8, body.length & 255]),
      body,
    ]);
    put('cache/http/a/b/c/d/e/abcde1', packed);
    put('cache/http-v2/a/b/c/d/e/abcde2.body', text);
    put('cache/http-v2/a/b/c/d/e/abcde2', 'cc=4,\x81\xa8response\xc0');
    put('cache/http-v2/a/b/c/d/e/abcde3', 'nonsense');
    const source = readSources([join(folder, 'cache')], folder);
    expect(source.facts.projects['left-pad']?.['1.0']).toMatchObject({
      requires: ['six'],
      files: [{ filename: 'left_pad-1.0-py3-none-any.whl' }],
    });
    expect(source.read).toBe(2);
    expect(source.skipped.map(({ path }) => path)).toContainEqual(expect.stringMatching(/abcde3$/u));
  });

  test('a file that is nothing known is skipped with its reason', async () => {
    const path = put('what.json', '{"a": 1}');
    expect(await run('build', path, join(folder, 'nowhere'), '--id', 'x', '--date', '2024-01-01')).toBe(1);
    expect(errors[0]).toContain('neither an archive, facts');
    expect(errors[1]).toContain('no such file');
  });
});

test('archives, metadata beside a wheel, facts and reports are read alone and in a folder', () => {
  const wheel = put('each/a-1.0-py3-none-any.whl', makeWheel('a', '1.0', ['Requires-Dist: b']));
  const beside = put('each/b-1.0-cp311-cp311-linux_x86_64.whl.metadata', metadataText('b', '1.0'));
  const facts = put('each/facts.json', JSON.stringify({ projects: { a: { '0.9': { requires: [] } } } }));
  const item = { metadata: { name: 'c', version: '2.0', requires_dist: ['a'] } };
  const report = put('each/report.json', JSON.stringify({ version: '1', install: [item] }));
  const alone = readSources([wheel, beside, facts, report], folder);
  const together = readSources([join(folder, 'each')], folder);
  expect(alone.skipped).toEqual([]);
  expect(together).toMatchObject({ read: 4, skipped: [], others: 0 });
  expect(together.facts).toEqual(alone.facts);
  expect(alone.facts.projects).toMatchObject({
    a: { '0.9': {}, '1.0': { requires: ['b'] } },
    b: { '1.0': { requires: [], files: [{ filename: 'b-1.0-cp311-cp311-linux_x86_64.whl' }] } },
    c: { '2.0': { requires: ['a'] } },
  });
});

describe('commands', () => {
  const facts = { projects: { a: { '1.0': { requires: ['b'] }, '1.1': { requires: [] } } } };

  test('build, inspect, diff, merge and verify work on one another', async () => {
    const first = put('first.json', JSON.stringify(facts));
    const other = { projects: { a: { '1.0': { requires: ['b>1'] } }, c: { '1': { requires: [] } } } };
    const second = put('second.json', JSON.stringify(other));
    expect(await run('build', first, '--id', 'first', '--date', '2024-01-01')).toBe(0);
    expect(await run('inspect', 'first', 'a', '1.0')).toBe(0);
    expect(lines).toContain('requires b');
    expect(await run('inspect', 'first')).toBe(0);
    expect(lines).toContain('source: not stated; not stated');
    expect(await run('diff', 'first', first)).toBe(0);
    expect(await run('diff', 'first', second)).toBe(1);
    expect(lines).toEqual(
      expect.arrayContaining(['~ a 1.0: requires (- b, + b>1)', '- a 1.1', '+ c (1 releases)']),
    );
    const merged = join(folder, 'merged.json');
    expect(await run('merge', 'first', second, '--facts', merged)).toBe(0);
    expect(JSON.parse(readFileSync(merged, 'utf8'))).toMatchObject({
      projects: { a: { '1.0': { requires: ['b>1'] }, '1.1': {} }, c: {} },
    });
    expect(await run('verify')).toBe(0);
  });

  test('verify names a file that was changed', async () => {
    await run('build', put('v.json', JSON.stringify(facts)), '--id', 'spoiled', '--date', '2024-01-01');
    const shards = join(folder, 'snapshots', 'spoiled');
    put(join('snapshots', 'spoiled', readdirSync(shards)[0]!), 'other bytes');
    put('snapshots/spoiled/stray.txt', '');
    expect(await run('verify', 'spoiled')).toBe(1);
    expect(errors.join('\n')).toContain('has the hash');
  });

  test('what is on no index, or on another one, is no part of a snapshot, and that is said', async () => {
    const release = { requires: [] };
    const path = put(
      'places.json',
      JSON.stringify({
        projects: { a: { '1.0': release, '2.0': { ...release, url: 'https://x.example/a.zip' } } },
        indexes: { more: { projects: { b: { '1.0': release } } } },
      }),
    );
    expect(await run('build', path, '--id', 'places', '--date', '2024-01-01')).toBe(0);
    expect(errors).toEqual([
      'left out: 1 releases at addresses of their own',
      'left out: what the further indexes more have',
    ]);
    expect(lines.at(-1)).toMatch(/^places: 1 projects, 1 releases/u);
  });

  test('a day that is none is refused; a file that cannot be written is named', async () => {
    const path = put('w.json', JSON.stringify(facts));
    expect(await run('build', path, '--id', 'w', '--date', '2024-02-30')).toBe(2);
    expect(errors).toEqual(['not a date: 2024-02-30']);
    expect(await run('merge', path, '--facts', join(folder, 'nowhere', 'x.json'))).toBe(1);
    expect(errors.at(-1)).toMatch(/ENOENT.*nowhere/u);
  });

  test.each([[], ['nonsense'], ['build'], ['diff', 'one']])('wrong usage %j says how', async (...words) => {
    expect(await runSnapshotCommand(words)).toBe(2);
    expect(errors.join('\n')).toContain('usage:');
  });

  test.each([['--help'], ['help'], ['build', '--help']])(
    '%j prints the usage and is no error',
    async (...words) => {
      expect(await runSnapshotCommand(words)).toBe(0);
      expect(lines.join('\n')).toContain('usage:');
    },
  );
});
