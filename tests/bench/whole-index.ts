/**
 * PyPI whole, simulated: 600,000 projects and 8,000,000 releases of generated data, of which a sample is encoded for
 * real. The plan that is measured (src/core/package-index/snapshot/README.md): shards of 32 KB by closeness, a directory
 * cut into 4,096 pieces by the hash of the name, and a daily patch of the shards that changed.
 */
import { deflateRawSync } from 'node:zlib';
import type { ReleaseFacts } from '../../src/core/package-index/facts.ts';
import type { NamedProject } from '../../src/core/package-index/snapshot/shard-encoder.ts';
import { encodeShard } from '../../src/core/package-index/snapshot/shard-encoder.ts';
import type { BenchRow } from './bench-row.ts';

const PROJECTS = 600_000;
const RELEASES = 8_000_000;
const DIRECTORY_PIECES = 4_096;
const SHARD_BYTES = 32_000;
/** Projects of a resolve: the median and the ninth decile of pip's own benchmark scenarios of large packages. */
const RESOLVE_PROJECTS = [61, 164];
/** Projects that release something on a day. */
const CHANGED_A_DAY = 12_000;
const SAMPLE = 400;

/** A linear congruential generator: the same numbers on every run. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
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

function makeProjects(): readonly NamedProject[] {
  const random = makeRandom(7);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const name = () => `${pick(SYLLABLES)}-${pick(SYLLABLES)}-${Math.floor(random() * PROJECTS).toString(36)}`;
  return Array.from({ length: SAMPLE }, () => {
    // Most projects have a few releases, some have hundreds; the mean is that of PyPI.
    const count = Math.max(1, Math.round((-Math.log(1 - random()) * RELEASES) / PROJECTS));
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

/** What the plan would cost, from the sample's size on. */
export function simulateWholeIndex(): readonly BenchRow[] {
  const projects = makeProjects();
  const releases = projects.reduce((sum, project) => sum + Object.keys(project.releases).length, 0);
  const packed = deflateRawSync(encodeShard(projects), { level: 9 }).length;
  const perProject = packed / projects.length;
  const whole = (packed / releases) * RELEASES;
  const shards = Math.ceil(whole / SHARD_BYTES);
  // A name of 16 bytes, its counts and its shard; names in a piece share little.
  const directoryPiece = (PROJECTS / DIRECTORY_PIECES) * 20;
  const rows: BenchRow[] = [
    { name: 'whole PyPI (simulated): shards', value: shards, unit: 'files' },
    { name: 'whole PyPI (simulated): all shards', value: Math.round(whole / 1e6), unit: 'MB' },
    {
      name: 'whole PyPI (simulated): daily update',
      value: Math.round((CHANGED_A_DAY * perProject * 1.1) / 1e5) / 10,
      unit: 'MB',
    },
  ];
  for (const count of RESOLVE_PROJECTS) {
    // Popular projects lie together: half of a resolve's projects share shards with others of it.
    const touched = Math.ceil(count * 0.5) + Math.ceil((count * 0.5 * perProject) / SHARD_BYTES);
    const pieces = DIRECTORY_PIECES * (1 - (1 - 1 / DIRECTORY_PIECES) ** count);
    rows.push(
      {
        name: `whole PyPI (simulated): requests of a resolve of ${count}`,
        value: Math.round(touched + pieces),
        unit: 'requests',
      },
      {
        name: `whole PyPI (simulated): bytes of a resolve of ${count}`,
        value: Math.round((touched * SHARD_BYTES + pieces * directoryPiece) / 1e4) / 100,
        unit: 'MB',
      },
    );
  }
  return rows;
}
