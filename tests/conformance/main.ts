/**
 * `npm run conformance`: every recording and scenario of the real tools against our engines, as tables, and every
 * difference with its first differing event. `-- --quiet` leaves the differences out, `-- --pip`, `-- --uv` and
 * `-- --poetry` and `-- --pdm` run one tool only. Exit 1 when anything differs.
 */
import { sharedData, SHARED_DATA_MISSING } from '../shared-data.ts';
import { pipCases } from './pip-cases.ts';
import { pipPackse } from './pip-packse.ts';
import { pipConformance } from './pip.ts';
import { pdmConformance } from './pdm.ts';
import { poetryConformance } from './poetry.ts';
import { type ConformanceTable, tableLines } from './table.ts';
import { uvConformance } from './uv.ts';
import { uvLocks } from './uv-locks.ts';
import { uvPasted } from './uv-pasted.ts';
import { uvRecordings } from './uv-recordings.ts';

const flags = new Set(process.argv.slice(2));

/** Longer lines than this name thousands of packages. */
const MAX_LINE = 600;

function print(table: ConformanceTable): void {
  for (const line of tableLines(table)) console.log(line);
  console.log(
    `\n${table.differences.length === 0 ? 'No differences.' : `${table.differences.length} differences:`}`,
  );
  if (table.differences.length > 0) process.exitCode = 1;
  if (!flags.has('--quiet'))
    for (const line of table.differences) console.log(`  ${line.slice(0, MAX_LINE)}`);
  console.log('');
}

if (sharedData === null) {
  console.log(SHARED_DATA_MISSING);
} else {
  const isEveryTool = !['--pip', '--uv', '--poetry', '--pdm'].some((flag) => flags.has(flag));
  if (isEveryTool || flags.has('--pip')) {
    print(pipConformance());
    print(pipCases());
    print(pipPackse());
  }
  if (isEveryTool || flags.has('--uv')) {
    print(uvConformance(sharedData));
    print(uvRecordings());
    print(uvLocks());
    print(await uvPasted());
  }
  if (isEveryTool || flags.has('--poetry')) print(poetryConformance());
  if (isEveryTool || flags.has('--pdm')) print(pdmConformance());
}
