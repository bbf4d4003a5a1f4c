/**
 * `npm run ordinary -- [--snapshot ID] [--python 3.12] [--engine pip@26.2] [FILE]`: ordinary requirement sets, one a line
 * (`\n` between the lines of one), asked of a snapshot; a table of how each ends. Exit status: 0; 1 where one ends
 * otherwise than solved or incomplete, which for such sets is false; 2 wrong usage.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { askOrdinarySets } from './ordinary-sets.ts';

const SETS = resolve(
  process.env['BACKJUMP_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data'),
  'field/ordinary-sets.txt',
);

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      snapshot: text,
      python: { ...text, default: '3.12' },
      engine: { ...text, default: 'pip@26.2' },
    },
  });
  const file = positionals[0] ?? SETS;
  if (!existsSync(file)) {
    console.error(`${file} is missing: name a file of requirement sets, one a line`);
    return 2;
  }
  const { engine, python, snapshot } = values;
  const answers = await askOrdinarySets(readFileSync(file, 'utf8'), { engine, python, snapshot });
  if (!answers.ok) {
    console.error(answers.error);
    return 2;
  }
  const counts = new Map<string, number>();
  for (const { kind, lines, text: answer } of answers.value) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    console.log(`${kind.padEnd(11)} ${lines.join(' + ').padEnd(34)} ${answer}`);
  }
  const total = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  console.log(`${answers.value.length} sets: ${total}`);
  return [...counts.keys()].every((kind) => kind === 'solved' || kind === 'incomplete') ? 0 : 1;
}

process.exitCode = await main();
