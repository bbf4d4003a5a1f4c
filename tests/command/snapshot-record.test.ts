import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { runSnapshotCommand } from '../../src/command/snapshot/commands.ts';
import { readSources } from '../../src/command/snapshot/source.ts';
import { startIndexServer } from '../client/index-server.ts';
import { makeWheel, metadataText } from '../client/wheel-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'backjump-record-'));
afterAll(() => rmSync(folder, { recursive: true }));

const errors: string[] = [];
const lines: string[] = [];
beforeEach(() => {
  errors.length = 0;
  lines.length = 0;
  vi.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
});

function put(path: string, content: string): string {
  const full = join(folder, path);
  writeFileSync(full, content);
  return full;
}

function run(name: string, ...words: readonly string[]): Promise<number> {
  return runSnapshotCommand([name, ...words, '--out', join(folder, 'snapshots')]);
}

/** A project with one wheel. */
const page = (name: string, requires: readonly string[] = []) => ({
  [`${name}-1.0-py3-none-any.whl`]: {
    content: makeWheel(name, '1.0', requires),
    metadata: metadataText(name, '1.0', requires),
  },
});

test('record says what is wrong with its input, and leaves a file alone that is no recording', async () => {
  const problem = put('p.json', JSON.stringify({ requirements: 'a' }));
  const broken = put('half.json', '{"projects": ');
  expect(await run('record', problem, '--facts', broken)).toBe(2);
  expect(errors.at(-1)).toContain('half.json is no earlier recording');
  expect(readFileSync(broken, 'utf8')).toBe('{"projects": ');
  expect(await run('record', problem, '--facts', join(folder, 'x.json'), '--index-url', 'nonsense')).toBe(2);
  expect(errors.at(-1)).toContain('--index-url nonsense is not an address');
});

test('record keeps what a resolve reads from a live index, no more, and goes on where it stopped', async () => {
  const server = await startIndexServer({ a: page('a', ['Requires-Dist: b']), b: page('b'), c: page('c') });
  const problem = put('problem.json', JSON.stringify({ requirements: 'a', index: { live: true } }));
  const words = [
    problem,
    '--facts',
    join(folder, 'recorded.json'),
    '--index-url',
    server.indexUrl,
    '--file-host',
    server.fileHost,
  ];
  const fetched = vi.spyOn(globalThis, 'fetch');
  expect(await run('record', ...words)).toBe(0);
  for (const [, init] of fetched.mock.calls)
    expect(new Headers(init?.headers).get('User-Agent')).toBe('backjump-snapshot-record');
  fetched.mockRestore();
  expect(lines).toEqual(['solved: 2 pages and 2 metadata files in 4 requests']);
  const recorded = readSources([join(folder, 'recorded.json')], folder);
  expect(Object.keys(recorded.facts.projects)).toEqual(['a', 'b']);
  expect(recorded.facts.projects['a']?.['1.0']).toMatchObject({ requires: ['b'] });
  expect(await run('record', ...words)).toBe(0);
  expect(lines[1]).toBe('solved: 0 pages and 0 metadata files in 0 requests');
  await server.close();
});

test.each([
  ['/simple/b/', 'html'],
  ['/packages/b/', 'wrong-bytes'],
] as const)(
  'a recording that %s stopped (%s) keeps what it had, and asks for the rest alone',
  async (broken, fault) => {
    const server = await startIndexServer({ a: page('a', ['Requires-Dist: b']), b: page('b') });
    server.faultOf = (path) => (path.startsWith(broken) ? fault : null);
    const problem = put('half-problem.json', JSON.stringify({ requirements: 'a', index: { live: true } }));
    const facts = join(folder, `half${broken.replaceAll('/', '-')}.json`);
    const words = [problem, '--facts', facts, '--index-url', server.indexUrl, '--file-host', server.fileHost];
    expect(await run('record', ...words)).toBe(1);
    expect(lines.at(-1)).toMatch(/^incomplete: /u);
    expect(errors.join(' ')).toContain('b');
    expect(readSources([facts], folder).facts.projects['a']?.['1.0']).toMatchObject({ requires: ['b'] });
    server.faultOf = () => null;
    server.asked.length = 0;
    expect(await run('record', ...words)).toBe(0);
    expect(server.asked.filter((path) => !/\/b\//u.test(path))).toEqual([]);
    expect(readSources([facts], folder).facts.projects['b']?.['1.0']).toMatchObject({ requires: [] });
    await server.close();
  },
);
