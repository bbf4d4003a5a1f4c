/**
 * `npm run field [WORD…]`: what people really paste, judged by what is right. Prints each wrong case and a table by
 * kind; WORDs choose cases by parts of their ids. Exit status 1 where any is wrong.
 */
import { fieldCases } from './cases.ts';
import { judge, paste } from './judge.ts';

interface Count {
  right: number;
  all: number;
}

async function main(words: readonly string[]): Promise<void> {
  const counts = new Map<string, Count>();
  let wrongCases = 0;
  for (const { id, kind, files, right } of fieldCases()) {
    if (words.length > 0 && !words.some((word) => id.includes(word))) continue;
    const count = counts.get(kind) ?? { right: 0, all: 0 };
    counts.set(kind, count);
    count.all++;
    const wrong = await complaints(files, right);
    if (wrong.length === 0) {
      count.right++;
      continue;
    }
    wrongCases++;
    process.stdout.write(`✗ ${id}\n${wrong.map((line) => `    ${line}\n`).join('')}`);
  }
  const width = Math.max(0, ...[...counts.keys()].map((kind) => kind.length));
  for (const [kind, { right, all }] of counts)
    process.stdout.write(`${kind.padEnd(width)}  ${String(right).padStart(4)} of ${all}\n`);
  process.exitCode = wrongCases > 0 ? 1 : 0;
}

async function complaints(
  files: Parameters<typeof paste>[0],
  right: Parameters<typeof judge>[1],
): Promise<readonly string[]> {
  try {
    return judge(await paste(files), right);
  } catch (error) {
    return [`throws: ${(error as Error).message}`];
  }
}

await main(process.argv.slice(2));
