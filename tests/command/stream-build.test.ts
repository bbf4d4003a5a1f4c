/** A snapshot from newline JSON: bounded memory, the same files whatever the order, updates from changed projects only. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDatasetRows } from '../../src/command/snapshot/stream/dataset-row.ts';
import { makeSortedLines } from '../../src/command/snapshot/stream/sorted-lines.ts';
import {
  pruneFolder,
  streamSnapshot,
  type StreamOptions,
} from '../../src/command/snapshot/stream/stream-build.ts';
import { openSnapshotFromDisk } from '../../src/command/snapshot/snapshot-files.ts';
import { verifySnapshots } from '../../src/command/snapshot/verify-command.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'stream-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const row = (name: string, version: string, needs: readonly string[], more: object = {}) => ({
  name,
  version,
  filename: `${name.toLowerCase()}-${version}-py3-none-any.whl`,
  packagetype: 'bdist_wheel',
  requires_dist: needs,
  requires_python: '>=3.9',
  upload_time: '2026-11-01 10:20:30.123456 UTC',
  metadata_version: '2.1',
  size: '1234',
  ...more,
});

const ROWS = [
  row('App', '1.0', ['lib>=1']),
  row('app', '1.10', ['lib>=2'], { yanked: true, yanked_reason: 'wrong files' }),
  row('app', '1.9', ['lib>=1', 'old ; extra == "x"'], { provides_extra: ['x'] }),
  { name: 'app', version: '1.9', filename: 'app-1.9.tar.gz', packagetype: 'sdist', requires_dist: [] },
  row('lib', '2.0', []),
  { name: 'built', version: '1.0', filename: 'built-1.0.tar.gz', packagetype: 'sdist', requires_dist: [] },
];

function write(name: string, rows: readonly object[], extra = ''): string {
  const path = join(folder, name);
  const text = `${rows.map((each) => JSON.stringify(each)).join('\n')}\n${extra}`;
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

function options(
  inputs: readonly string[],
  more: Partial<StreamOptions> & { id?: string } = {},
): StreamOptions {
  const { id = 'day-1', ...rest } = more;
  return {
    title: { id, title: id, date: '2026-11-30', source: 's', license: 'l', description: '', world: 'closed' },
    inputs,
    out: join(folder, 'out'),
    folder: 'days',
    work: join(folder, 'work'),
    memory: 300,
    since: null,
    ...rest,
  };
}

function opened(id: string) {
  const index = openSnapshotFromDisk(id, join(folder, 'out'));
  if (!index.ok) throw new Error(index.error);
  return index.value;
}

test('rows of the dataset become releases: versions in order, wheels’ needs first, what nobody knows unknown', async () => {
  const result = await streamSnapshot(options([write('rows.json.gz', ROWS, 'nonsense\n')]));
  expect(result).toMatchObject({ lines: 6, rows: 6 });
  expect(result.skipped).toEqual([expect.stringContaining('line 7: no JSON') as string]);
  const app = opened('day-1').project('app')!;
  expect(app.versions).toEqual(['1.0', '1.9', '1.10']);
  expect(app.metadata(1)).toEqual({ requires: ['lib>=1', 'old ; extra == "x"'], extras: ['x'] });
  const page = opened('day-1').page('app');
  expect('distributions' in page && page.distributions.at(-1)).toMatchObject({
    filename: 'app-1.10-py3-none-any.whl',
    yanked: 'wrong files',
    uploadTime: '2026-11-01T10:20:30Z',
    size: 1234,
    requiresPython: '>=3.9',
  });
  expect(opened('day-1').project('built')!.pages[0]).toMatchObject({ unknown: true });
  expect(verifySnapshots(join(folder, 'out'), ['day-1'])).toEqual([]);
});

test('the files depend on what is said, not on the order or the memory', async () => {
  const first = await streamSnapshot(options([write('a.json', ROWS)]));
  const halves = [write('b.json', ROWS.slice(3).reverse()), write('c.json', ROWS.slice(0, 3))];
  const second = await streamSnapshot(options(halves, { memory: 1e9, out: join(folder, 'other') }));
  expect(second.description).toEqual(first.description);
});

test('an update writes the shards of what changed; all else stands, and old files go when nobody names them', async () => {
  const many = Array.from({ length: 400 }, (_, at) =>
    row(`p${at}`, '1.0', [`p${at % 7}>=1`, `x${at * 977}`]),
  );
  const base = await streamSnapshot(options([write('base.json', [...ROWS, ...many])]));
  const changed = [row('lib', '2.0', []), row('lib', '2.1', ['app']), row('new', '1.0', ['lib'])];
  const update = await streamSnapshot(options([write('day.json', changed)], { id: 'day-2', since: 'day-1' }));
  expect(update.published).toBeLessThan(base.published);
  expect(update.description.counts).toMatchObject({ projects: base.description.counts.projects + 1 });
  expect(opened('day-2').project('lib')!.versions).toEqual(['2.0', '2.1']);
  expect(opened('day-1').project('lib')!.versions).toEqual(['2.0']);
  expect(opened('day-2').project('p399')!.versions).toEqual(['1.0']);
  const out = join(folder, 'out');
  for (const id of ['day-1', 'day-2'])
    expect(verifySnapshots(out, [id]).filter((text) => !text.includes('belongs to nothing'))).toEqual([]);
  const whole = readdirSync(join(out, 'days')).length;
  // Both days are of one date here: the newer is listed first and stays.
  expect(pruneFolder(out, 'days', 1).snapshots).toBe(1);
  expect(readdirSync(join(out, 'days')).length).toBeLessThan(whole);
  expect(verifySnapshots(out, [])).toEqual([]);
});

test('law: lines come sorted, whatever fits into memory', () => {
  const lines = Array.from({ length: 500 }, (_, at) => [`k${(at * 7919) % 97}`, `t${at}`] as const);
  for (const memory of [1, 50, 1e6]) {
    const sorted = makeSortedLines(join(folder, `m${memory}`), memory);
    for (const [key, text] of lines) sorted.add(key, text);
    const expected = lines.map((line) => line.join('\t')).sort();
    expect([...sorted.sorted()].map((line) => line.join('\t'))).toEqual(expected);
  }
});

test('an input that was read before a crash is not read again', () => {
  const sorted = makeSortedLines(join(folder, 'again'), 10);
  sorted.add('a', '1');
  sorted.add('b', '2');
  const pieces = sorted.flush();
  const later = makeSortedLines(join(folder, 'again'), 10, pieces);
  later.add('c', '3');
  expect([...later.sorted()].map(([key]) => key)).toEqual(['a', 'b', 'c']);
});

test('PyPI’s JSON and its simple pages are read, too', () => {
  const project = readDatasetRows({
    info: { name: 'App', version: '2.0', requires_dist: ['lib'], requires_python: null },
    releases: { '1.0': [{ filename: 'app-1.0-py3-none-any.whl', yanked: true, yanked_reason: 'bad' }] },
    urls: [{ filename: 'app-2.0-py3-none-any.whl', upload_time_iso_8601: '2026-01-02T03:04:05.678Z' }],
  });
  expect(
    project.ok && project.value.map(({ version, file, needs }) => [version, file, needs?.requires]),
  ).toEqual([
    ['1.0', { filename: 'app-1.0-py3-none-any.whl', yanked: 'bad' }, undefined],
    ['2.0', { filename: 'app-2.0-py3-none-any.whl', 'upload-time': '2026-01-02T03:04:05Z' }, undefined],
    ['2.0', null, ['lib']],
  ]);
  const page = readDatasetRows({
    meta: { 'api-version': '1.1' },
    name: 'app',
    files: [{ filename: 'app-1.0.tar.gz', url: 'https://files.test/app-1.0.tar.gz', hashes: {} }],
  });
  expect(page).toMatchObject({ ok: true, value: [{ name: 'app', version: '1.0' }] });
  for (const value of [null, [], 7, {}, { name: 'x' }, { name: 1, files: [] }])
    expect(readDatasetRows(value).ok).toBe(false);
});
