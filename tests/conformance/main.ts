/**
 * `npm run conformance`: every recording of the real tools against our engines, as one table, and every difference
 * with its first differing event. `-- --quiet` leaves the differences out. Fails (exit 1) when an outcome, a set of
 * pins or a sequence of events differs.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { sharedData, SHARED_DATA_MISSING } from '../shared-data.ts';
import { comparePip } from './pip.ts';
import { type ConformanceRow, tableHead, tableRow } from './table.ts';

const isQuiet = process.argv.includes('--quiet');
const differences: string[] = [];

function print(row: ConformanceRow): void {
  console.log(tableRow(row));
  differences.push(...row.differences.map((line) => `${row.engine}, ${row.family}: ${line}`));
}

interface UvModule {
  readonly compareUv: (onRow: (row: ConformanceRow) => void) => void | Promise<void>;
}

async function compareUv(): Promise<void> {
  const file = resolve(import.meta.dirname, 'uv.ts');
  if (!existsSync(file)) return;
  const module = (await import(file)) as UvModule;
  await module.compareUv(print);
}

if (sharedData === null) {
  console.log(SHARED_DATA_MISSING);
} else {
  console.log(tableHead());
  comparePip(print);
  await compareUv();
  console.log(`\n${differences.length === 0 ? 'No differences.' : `${differences.length} differences`}`);
  if (!isQuiet) for (const line of differences) console.log(`  ${line.slice(0, 600)}`);
  process.exitCode = differences.some((line) => /: outcome |pins: ours|events instead of/u.test(line)) ? 1 : 0;
}
