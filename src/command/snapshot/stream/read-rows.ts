/** Newline JSON, plain or gzipped, line by line into a sort. What cannot be read is counted, and the first is named. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { readDatasetRows } from './dataset-row.ts';
import type { SortedLines } from './sorted-lines.ts';

export interface ReadRows {
  /** Lines that said something. */
  readonly lines: number;
  /** Files and accounts of needs that they told of. */
  readonly rows: number;
  readonly skipped: number;
  /** `line 7: name: expected a string`, of the first that was skipped. */
  readonly firstSkipped: string | null;
}

/** Longer lines are no rows of any index. */
const LINE_LIMIT = 64_000_000;

/** Reads a file; `onLine` is called now and then with the number of lines so far. */
export async function readRows(
  path: string,
  sorted: SortedLines,
  onLine: (lines: number) => void,
): Promise<ReadRows> {
  const stream = createReadStream(path);
  const input = path.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
  const failure = new Promise<never>((_, reject) => {
    stream.once('error', reject);
    input.once('error', reject);
  });
  // Whoever reads on sees it below; nobody waits for it otherwise.
  failure.catch(() => undefined);
  const reader = createInterface({ input, crlfDelay: Infinity });
  let [number, lines, rows, skipped] = [0, 0, 0, 0];
  let firstSkipped: string | null = null;
  const read = async (): Promise<void> => {
    for await (const line of reader) {
      number++;
      if (number % 10_000 === 0) onLine(number);
      if (line.trim() === '') continue;
      const found = line.length > LINE_LIMIT ? TOO_LONG : parseLine(line);
      if (!found.ok) {
        skipped++;
        firstSkipped ??= `line ${number}: ${found.error}`;
        continue;
      }
      lines++;
      for (const row of found.value) {
        sorted.add(row.name, JSON.stringify(row));
        rows++;
      }
    }
  };
  await Promise.race([read(), failure]);
  return { lines, rows, skipped, firstSkipped };
}

const TOO_LONG = { ok: false, error: 'longer than 64 MB' } as const;

function parseLine(line: string): ReturnType<typeof readDatasetRows> {
  try {
    return readDatasetRows(JSON.parse(line));
  } catch {
    return { ok: false, error: 'no JSON' };
  }
}
