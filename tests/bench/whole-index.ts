/**
 * PyPI whole, simulated: 600,000 projects and 8,000,000 releases of generated data. A sample is encoded for real, and
 * tells what a release costs; every project then has a size, a popularity, a shard and a piece of the directory, and
 * resolves and days are drawn. The plan that is measured stands in src/core/package-index/README.md: shards of 32 KB,
 * popular projects first; a directory cut into 4,096 pieces by the hash of the name; a day's changed projects are
 * appended as new shards, and the pieces that name them are written anew.
 */
import { deflateRawSync } from 'node:zlib';
import type { ReleaseFacts } from '../../src/core/package-index/facts/facts.ts';
import type { NamedProject } from '../../src/core/package-index/snapshot/shard-encoder.ts';
import { encodeShard } from '../../src/core/package-index/snapshot/shard-encoder.ts';
import type { BenchRow } from './bench-row.ts';

const PROJECTS = 600_000;
const RELEASES = 8_000_000;
const DIRECTORY_PIECES = 4_096;
const SHARD_BYTES = 32_000;
/** Projects of a resolve: the median and the ninth decile of pip's own benchmark scenarios of large packages. */
const RESOLVE_PROJECTS = [61, 164];
/** Projects that release something on a day; of the most popular ones each does so every three weeks. */
const CHANGED_A_DAY = 12_000;
const POPULAR = 10_000;
const POPULAR_CHANGES_EVERY = 21;
/** Bytes of a project in its piece: a name of 16, its counts, its shard. */
const ENTRY_BYTES = 20;
/** Bytes of the root: of each piece's hash so much as nobody can forge. */
const ROOT_BYTES = DIRECTORY_PIECES * 16;
/** Resolves that are drawn; the mean of them is printed. */
const DRAWS = 200;
const SAMPLE = 400;

/** A linear congruential generator (Numerical Recipes, 7.1): the same numbers on every run. */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SYLLABLES = [
  'py',
  'data',
  'flow',
  'net',
  'lib',
  'kit',
  'core',
  'api',
  'cloud',
  'test',
  'ml',
  'web',
  'json',
  'io',
];

/** Most projects have a few releases, some have hundreds; the mean is that of PyPI. */
function releaseCount(random: () => number): number {
  return Math.max(1, Math.round((-Math.log(1 - random()) * RELEASES) / PROJECTS));
}

function makeProjects(): readonly NamedProject[] {
  const random = makeRandom(7);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const name = () => `${pick(SYLLABLES)}-${pick(SYLLABLES)}-${Math.floor(random() * PROJECTS).toString(36)}`;
  return Array.from({ length: SAMPLE }, () => {
    const count = releaseCount(random);
    const needs = Array.from(
      { length: Math.floor(random() * 9) },
      () => `${name()}>=${Math.floor(random() * 9)}.0`,
    );
    let time = 1_500_000_000 + Math.floor(random() * 2e8);
    const releases = Array.from({ length: count }, (_, at): [string, ReleaseFacts] => {
      time += Math.floor(random() * 3e6);
      if (random() < 0.2) needs.push(`${name()}>=${at}.0`);
      const uploaded = new Date(time * 1000).toISOString().slice(0, 19);
      return [
        `${Math.floor(at / 10)}.${at % 10}`,
        {
          requires: [...needs],
          requires_python: '>=3.8',
          wheels: ['py3-none-any'],
          sdist: true,
          'upload-time': `${uploaded}Z`,
        },
      ];
    });
    return { name: name(), releases: Object.fromEntries(releases) };
  });
}

/** A project by popularity: the k-th most popular is drawn in proportion to 1 / k. */
function drawPopular(random: () => number): number {
  return Math.floor(Math.exp(random() * Math.log(PROJECTS))) - 1;
}

function drawProjects(random: () => number, count: number): ReadonlySet<number> {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(drawPopular(random));
  return drawn;
}

/** What changes on a day. */
function drawChanged(random: () => number): ReadonlySet<number> {
  const drawn = new Set<number>();
  for (let project = 0; project < POPULAR; project++)
    if (random() * POPULAR_CHANGES_EVERY < 1) drawn.add(project);
  while (drawn.size < CHANGED_A_DAY) drawn.add(POPULAR + Math.floor(random() * (PROJECTS - POPULAR)));
  return drawn;
}

interface WholeIndex {
  /** Shard of each project, the most popular first. */
  readonly shards: Uint32Array;
  /** Deflated bytes of each project. */
  readonly bytes: Float64Array;
  readonly pieces: Uint16Array;
  readonly shardCount: number;
}

function layOut(bytesOfRelease: number): WholeIndex {
  const random = makeRandom(11);
  const bytes = Float64Array.from({ length: PROJECTS }, () => releaseCount(random) * bytesOfRelease);
  const pieces = Uint16Array.from({ length: PROJECTS }, () => Math.floor(random() * DIRECTORY_PIECES));
  const shards = new Uint32Array(PROJECTS);
  let shard = 0;
  let filled = 0;
  for (const [at, size] of bytes.entries()) {
    if (filled + size > SHARD_BYTES && filled > 0) {
      shard++;
      filled = 0;
    }
    filled += size;
    shards[at] = shard;
  }
  return { shards, bytes, pieces, shardCount: shard + 1 };
}

const distinct = (projects: ReadonlySet<number>, column: Uint32Array | Uint16Array): number =>
  new Set(Array.from(projects, (project) => column[project])).size;

const PIECE_BYTES = (PROJECTS / DIRECTORY_PIECES) * ENTRY_BYTES;
const megabytes = (bytes: number): number => Math.round(bytes / 1e4) / 100;

/** What a resolve moves for a reader who has nothing, and for one who asked the same the day before. */
function resolveRows(index: WholeIndex, count: number): readonly BenchRow[] {
  const random = makeRandom(13);
  let requests = 0;
  let bytes = 0;
  let again = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const projects = drawProjects(random, count);
    const shards = distinct(projects, index.shards);
    const pieces = distinct(projects, index.pieces);
    requests += 1 + shards + pieces;
    bytes += ROOT_BYTES + shards * SHARD_BYTES + pieces * PIECE_BYTES;
    const changed = drawChanged(random);
    const fresh = Array.from(projects).filter((project) => changed.has(project)).length;
    // All pieces change every day; of the shards only the new ones that hold a changed project are asked for.
    again += ROOT_BYTES + pieces * PIECE_BYTES + Math.min(fresh, dayShards(index, changed)) * SHARD_BYTES;
  }
  const name = `whole PyPI (simulated), resolve of ${count}`;
  return [
    { name: `${name}: requests`, value: Math.round(requests / DRAWS), unit: 'requests' },
    { name: `${name}: bytes`, value: megabytes(bytes / DRAWS), unit: 'MB' },
    { name: `${name}: bytes a day later`, value: megabytes(again / DRAWS), unit: 'MB' },
  ];
}

/** New shards of a day. */
function dayShards({ bytes }: WholeIndex, changed: ReadonlySet<number>): number {
  let total = 0;
  for (const project of changed) total += bytes[project]!;
  return Math.ceil(total / SHARD_BYTES);
}

/** What the plan costs: files and bytes in all, a day's update, resolves. */
export function simulateWholeIndex(): readonly BenchRow[] {
  const sample = makeProjects();
  const releases = sample.reduce((sum, project) => sum + Object.keys(project.releases).length, 0);
  const packed = deflateRawSync(encodeShard(sample), { level: 9 }).length;
  const index = layOut(packed / releases);
  const whole = index.bytes.reduce((sum, size) => sum + size, 0);
  const changed = drawChanged(makeRandom(17));
  const shards = dayShards(index, changed);
  const pieces = distinct(changed, index.pieces);
  return [
    { name: 'whole PyPI (simulated): shards', value: index.shardCount, unit: 'files' },
    { name: 'whole PyPI (simulated): bytes of all shards', value: Math.round(whole / 1e6), unit: 'MB' },
    {
      name: 'whole PyPI (simulated): bytes of the directory',
      value: megabytes(DIRECTORY_PIECES * PIECE_BYTES + ROOT_BYTES),
      unit: 'MB',
    },
    { name: 'whole PyPI (simulated), daily update: new shards', value: shards, unit: 'files' },
    { name: 'whole PyPI (simulated), daily update: new pieces', value: pieces, unit: 'files' },
    {
      name: 'whole PyPI (simulated), daily update: bytes to publish',
      value: megabytes(shards * SHARD_BYTES + pieces * PIECE_BYTES + ROOT_BYTES),
      unit: 'MB',
    },
    ...RESOLVE_PROJECTS.flatMap((count) => resolveRows(index, count)),
  ];
}
