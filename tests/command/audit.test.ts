/** The embedded snapshots answer what they can, and nothing falsely. `npm run snapshot -- audit` asks every project. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { askOrdinarySets } from '../../src/command/ordinary-sets.ts';
import { auditSnapshot } from '../../src/command/snapshot/audit-command.ts';
import { EMBEDDED_SNAPSHOTS } from '../../src/command/snapshot/embedded.ts';
import { openSnapshotFromDisk } from '../../src/command/snapshot/snapshot-files.ts';
import { sharedData, SHARED_DATA_MISSING } from '../shared-data.ts';

/** Of every snapshot so many projects are asked alone here. */
const ASKED = 40;

test.for(EMBEDDED_SNAPSHOTS)(
  '$id calls no project unsolvable that may not be',
  { timeout: 300_000 },
  async ({ id }) => {
    const index = openSnapshotFromDisk(id);
    if (!index.ok) throw new Error(index.error);
    const every = Math.ceil(index.value.directory.entries.length / ASKED);
    const { lines, complaints } = await auditSnapshot(id, index.value, {
      pythons: ['3.12'],
      engine: 'pip@26.2',
      every,
      named: 3,
    });
    expect(complaints).toEqual([]);
    expect(lines.join('\n')).toMatch(/alone on Python 3\.12: .*\d+ solved/u);
  },
);

test(
  'of thirty ordinary sets twenty-four are answered whole, and none falsely',
  { timeout: 300_000 },
  async (context) => {
    if (sharedData === null) return context.skip(SHARED_DATA_MISSING);
    const file = resolve(sharedData, 'field/ordinary-sets.txt');
    if (!existsSync(file)) return context.skip(SHARED_DATA_MISSING);
    const answers = await askOrdinarySets(readFileSync(file, 'utf8'), {
      engine: 'pip@26.2',
      python: '3.12',
      snapshot: undefined,
    });
    if (!answers.ok) throw new Error(answers.error);
    const kinds = answers.value.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'solved').length).toBeGreaterThanOrEqual(24);
    expect(kinds.filter((kind) => kind !== 'solved' && kind !== 'incomplete')).toEqual([]);
  },
);
