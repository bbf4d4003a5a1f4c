/** How fast the standards' values are read and compared. Texts are of the kinds that requirements files hold. */
import { evaluateMarker, parseMarker } from '../../src/core/packaging/marker.ts';
import { parseRequirement } from '../../src/core/packaging/requirement.ts';
import {
  filterVersions,
  parseSpecifierSet,
  specifierSetContains,
} from '../../src/core/packaging/specifier.ts';
import { makeTargetEnvironment } from '../../src/core/packaging/target-environment.ts';
import { compareVersions, parseVersion, type Version } from '../../src/core/packaging/version.ts';
import { valueOf } from '../core/packaging/fixtures.ts';
import type { BenchRow } from './bench-row.ts';

const SUFFIXES = ['', '', '', '', 'a1', 'b2', 'rc1', '.post1', '.dev3', '+local.1'];

/** Distinct version texts of the shape `major.minor.micro` with, now and then, a suffix. */
function versionTexts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const release = `${index % 7}.${Math.floor(index / 7) % 31}.${Math.floor(index / 217)}`;
    return release + SUFFIXES[index % SUFFIXES.length]!;
  });
}

const REQUIREMENT_SHAPES = [
  (index: number) => `package-${index}==1.${index % 40}.0`,
  (index: number) => `Package_${index}>=1.${index % 40},<3`,
  (index: number) => `package.${index}[extra]~=2.${index % 9}.1`,
  (index: number) => `package-${index} >= 1.0, != 1.5.*, < 2.0 ; python_version < "3.${index % 13}"`,
  (index: number) => `package${index}`,
  (index: number) => `package-${index}>=4,<5; sys_platform == 'win32' and extra == 'x${index % 5}'`,
];

/** Milliseconds of the fastest of several runs: the one least disturbed by others on the machine. */
function fastest(run: () => unknown, runs = 12): number {
  let best = Infinity;
  for (let index = 0; index < runs; index++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const milliseconds = (name: string, value: number, goal: number): BenchRow => ({
  name,
  value,
  unit: 'ms',
  goal,
});

/** The figures of issue 3, and those of the resolvers' hot path. */
export function benchPackaging(): readonly BenchRow[] {
  const manyTexts = versionTexts(10_000);
  const texts = manyTexts.slice(0, 1000);
  const versions = texts.map((text) => valueOf(parseVersion(text)));
  const requirements = Array.from({ length: 10_000 }, (_, index) =>
    REQUIREMENT_SHAPES[index % REQUIREMENT_SHAPES.length]!(index),
  );
  const set = valueOf(parseSpecifierSet('>=1.2,!=3.4.*,<6'));
  return [
    milliseconds(
      '1,000,000 version comparisons',
      fastest(() => compareAll(versions)),
      150,
    ),
    milliseconds(
      '10,000 versions parsed',
      fastest(() => countRead(manyTexts, parseVersion)),
      20,
    ),
    milliseconds(
      '10,000 requirements parsed',
      fastest(() => countRead(requirements, parseRequirement)),
      50,
    ),
    milliseconds(
      '1,000,000 versions held against >=1.2,!=3.4.*,<6',
      fastest(() => containAll(versions, set)),
      100,
    ),
    milliseconds(
      '1,000 × 1,000 versions filtered',
      fastest(() => filterAll(versions, set)),
      150,
    ),
    markerRow('python_version >= "3.8"'),
    markerRow('extra == "test" and (sys_platform != "win32" or platform_machine == "AMD64")'),
    markerRow('"3.9" <= python_version and implementation_name == "cpython"'),
  ];
}

/** Reads texts and lets go of them, so that the parser is measured rather than the memory. */
function countRead(texts: readonly string[], parse: (text: string) => { readonly ok: boolean }): number {
  let count = 0;
  for (const text of texts) if (parse(text).ok) count++;
  return count;
}

function compareAll(versions: readonly Version[]): number {
  let sum = 0;
  for (const a of versions) for (const b of versions) sum += compareVersions(a, b) < 0 ? 1 : 0;
  return sum;
}

function containAll(versions: readonly Version[], set: Parameters<typeof specifierSetContains>[0]): number {
  let count = 0;
  for (let round = 0; round < 1000; round++)
    for (const version of versions) if (specifierSetContains(set, version)) count++;
  return count;
}

function filterAll(versions: readonly Version[], set: Parameters<typeof filterVersions>[0]): number {
  let count = 0;
  for (let round = 0; round < 1000; round++) count += filterVersions(set, versions).length;
  return count;
}

function markerRow(text: string): BenchRow {
  const marker = valueOf(parseMarker(text));
  const { markers } = valueOf(makeTargetEnvironment({ python: '3.12.4', platform: 'linux-x86_64' }));
  const count = 500_000;
  const time = fastest(() => {
    let held = 0;
    for (let index = 0; index < count; index++) if (evaluateMarker(marker, markers, 'test')) held++;
    return held;
  });
  const value = Math.round((count / time) * 1000);
  return { name: `evaluations of ${text}`, value, unit: '/s', goal: 2_000_000, higherIsBetter: true };
}
