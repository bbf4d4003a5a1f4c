/**
 * `npm run bench:index -- [--projects 700000] [--memory 256]`: generated rows in the columns and shapes of PyPI's public
 * metadata dataset (per project 11.4 releases, per release 1.9 files, most projects small and some with hundreds of
 * releases), built into a snapshot and brought up to date with a day's changes. Prints rows, time, throughput, the most
 * memory that was held, and what a day publishes. Everything is generated from a seed, nothing is downloaded.
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { streamSnapshot, type StreamOptions } from '../../src/command/snapshot/stream/stream-build.ts';

const MEAN_RELEASES = 11.4;
const MEAN_FILES = 1.9;
const MEAN_NEEDS = 5;
/** Of 700,000 projects so many release something on a day. */
const CHANGED_SHARE = 12_000 / 700_000;

/** A linear congruential generator (Numerical Recipes, 7.1): the same numbers on every run. */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function exponential(random: () => number, mean: number): number {
  return Math.round(-Math.log(1 - random()) * mean);
}

function projectName(at: number): string {
  return `project-${at.toString(36)}`;
}

/** The rows of one project, as lines. Needs go mostly to the first projects, which so become popular ones. */
function* rowsOf(at: number, projects: number, further: number): Generator<string> {
  const random = makeRandom(at + 1);
  const name = projectName(at);
  const releases = 1 + exponential(random, MEAN_RELEASES - 1) + further;
  const needs = Array.from({ length: exponential(random, MEAN_NEEDS) }, () => {
    const target = projectName(Math.floor(projects * random() ** 6));
    return `${target}>=${1 + Math.floor(random() * 3)}.${Math.floor(random() * 9)}`;
  });
  for (let release = 0; release < releases; release++) {
    const version = `${1 + Math.floor(release / 20)}.${release % 20}.0`;
    const files = 1 + exponential(random, MEAN_FILES - 1);
    for (let file = 0; file < files; file++) {
      const isWheel = file > 0 || release % 3 !== 0;
      const stem = `${name.replaceAll('-', '_')}-${version}`;
      yield JSON.stringify({
        metadata_version: '2.1',
        name,
        version,
        filename: isWheel
          ? `${stem}-${file < 2 ? 'py3-none-any' : `cp31${file}-cp31${file}-win_amd64`}.whl`
          : `${stem}.tar.gz`,
        packagetype: isWheel ? 'bdist_wheel' : 'sdist',
        requires_dist: needs,
        requires_python: '>=3.8',
        upload_time: `20${15 + (release % 12)}-0${1 + (release % 9)}-11 10:20:3${file % 10}.000000 UTC`,
        size: Math.floor(random() * 1e6),
        yanked: false,
      });
    }
  }
}

async function writeRows(path: string, lines: Iterable<string>): Promise<void> {
  const gzip = createGzip({ level: 1 });
  const file = createWriteStream(path);
  gzip.pipe(file);
  let block = '';
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length < 1 << 20) continue;
    if (!gzip.write(block)) await once(gzip, 'drain');
    block = '';
  }
  gzip.end(block);
  await once(file, 'finish');
}

function* range(end: number, step: number): Generator<number> {
  for (let at = 0; at < end; at += step) yield at;
}

function* all(numbers: Iterable<number>, projects: number, further: number): Generator<string> {
  for (const at of numbers) yield* rowsOf(at, projects, further);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      projects: { type: 'string', default: '700000' },
      memory: { type: 'string', default: '256' },
    },
  });
  const projects = Number(values.projects);
  const folder = mkdtempSync(join(tmpdir(), 'bench-index-'));
  const options = (id: string, input: string, since: string | null): StreamOptions => ({
    title: {
      id,
      title: id,
      date: '2026-11-30',
      source: 'generated',
      license: '',
      description: '',
      world: 'closed',
    },
    inputs: [input],
    out: join(folder, 'out'),
    folder: 'days',
    work: join(folder, `work-${id}`),
    memory: Number(values.memory) * 500_000,
    since,
  });
  try {
    const [whole, day] = [join(folder, 'whole.json.gz'), join(folder, 'day.json.gz')];
    await writeRows(whole, all(range(projects, 1), projects, 0));
    await writeRows(day, all(range(projects, Math.round(1 / CHANGED_SHARE)), projects, 1));
    for (const [id, input, since] of [
      ['whole', whole, null],
      ['day', day, 'whole'],
    ] as const) {
      const started = performance.now();
      const { description, published, rows } = await streamSnapshot(options(id, input, since));
      const seconds = (performance.now() - started) / 1_000;
      const { counts, bytes, directory } = description;
      console.log(
        [
          `${id}: ${counts.projects} projects, ${counts.releases} releases, ${counts.files} files`,
          `${rows} rows in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} a second`,
          `${(bytes / 1e6).toFixed(1)} MB in ${counts.shards} shards, directory ${(directory.bytes / 1e6).toFixed(2)} MB`,
          `${(published / 1e6).toFixed(2)} MB to publish`,
          `${Math.round(process.resourceUsage().maxRSS / 1_000)} MB of memory at most`,
        ].join('; '),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
