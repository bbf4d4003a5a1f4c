/**
 * `npm run bench`: prints the figures that the issues name, beside their goals. Nothing is asserted: machines differ
 * and are noisy, so read ratios within one run. `npm run bench -- pip uv` runs only the groups named.
 */
import { cpus } from 'node:os';
import type { BenchRow } from './bench-row.ts';
import { benchBundle } from './bundle.ts';
import { benchCompare } from './compare.ts';
import { benchIndex } from './index.ts';
import { benchManifest } from './manifest.ts';
import { benchPackaging } from './packaging.ts';
import { benchPip } from './pip.ts';
import { benchSearchTree } from './search-tree.ts';
import { benchUv } from './uv.ts';

const GROUPS: Readonly<Record<string, () => readonly BenchRow[] | Promise<readonly BenchRow[]>>> = {
  packaging: benchPackaging,
  manifest: benchManifest,
  pip: benchPip,
  uv: benchUv,
  index: benchIndex,
  'search-tree': benchSearchTree,
  compare: benchCompare,
  bundle: benchBundle,
};

function format(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toPrecision(3);
}

function verdict(row: BenchRow): string {
  if (row.goal === undefined) return '';
  const isMet = row.higherIsBetter === true ? row.value >= row.goal : row.value <= row.goal;
  return `goal ${row.higherIsBetter === true ? '≥' : '≤'} ${format(row.goal)}  ${isMet ? 'met' : 'MISSED'}`;
}

const wanted = process.argv.slice(2);
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const [group, bench] of Object.entries(GROUPS)) {
  if (wanted.length > 0 && !wanted.includes(group)) continue;
  console.log(`\n${group}`);
  for (const row of await bench()) {
    console.log(
      `  ${row.name.padEnd(64)} ${format(row.value).padStart(10)} ${row.unit.padEnd(9)} ${verdict(row)}`,
    );
  }
}
