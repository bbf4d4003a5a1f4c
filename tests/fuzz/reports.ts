/**
 * Fuzzes the readers of what tools print, with real reports that were damaged: lines lost, doubled, moved and cut, signs
 * changed, other reports laid between. None makes them throw, and none takes them long.
 *
 *     npx tsx tests/fuzz/reports.ts [DAMAGED REPORTS, default 100000] [SEED]
 *
 * Exits 1 with the first report that breaks them, 0 with one line of counts.
 */
import { readPaste } from '../../src/core/headless/paste/read-paste.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { fieldCases } from '../field/cases.ts';

const NOTHING = makeProblem({ requirements: '' });
/** A reader that needs this many milliseconds for a report's length does more than read it. */
const FAR_TOO_LONG = 2000;

const SIGNS = [
  '',
  ' ',
  '\t',
  '\n',
  '\r',
  '(',
  ')',
  ',',
  ';',
  '`',
  '"',
  ':',
  '<',
  '>=',
  '==',
  '0',
  '\u001b[31m',
  '…',
];
const WORDS = [
  'Because',
  'So,',
  'And',
  'depends on',
  'requires',
  'Python',
  'version solving failed.',
  'ERROR:',
];

const [count = '100000', seed = '20261201'] = process.argv.slice(2);

let state = Number(seed) >>> 0;
/** A number below `limit`, from a linear congruential generator: the same seed, the same reports. */
function below(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

function anyOf<T>(items: readonly T[]): T {
  return items[below(items.length)]!;
}

const reports = [...fieldCases()]
  .flatMap(({ files }) => files.map(({ text }) => text))
  .filter((text) => text.length < 20_000);

const DAMAGES: readonly ((text: string) => string)[] = [
  (text) => inLines(text, (lines) => lines.splice(below(lines.length), 1 + below(3))),
  (text) => inLines(text, (lines) => lines.splice(below(lines.length), 0, anyOf(lines))),
  (text) =>
    inLines(text, (lines) => lines.splice(below(lines.length), 0, ...lines.splice(below(lines.length), 1))),
  (text) => inLines(text, (lines) => lines.splice(below(lines.length), 0, anyOf(anyOf(reports).split('\n')))),
  (text) => text.slice(0, below(text.length)),
  (text) => text.slice(below(text.length)),
  (text) => inside(text, 1 + below(3), anyOf(SIGNS)),
  (text) => inside(text, 0, ` ${anyOf(WORDS)} `),
  (text) => text.replaceAll(anyOf(WORDS), anyOf(WORDS)),
  (text) => `${text}\n${anyOf(reports)}`,
];

function inLines(text: string, change: (lines: string[]) => unknown): string {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
}

function inside(text: string, length: number, put: string): string {
  const at = below(text.length);
  return text.slice(0, at) + put + text.slice(at + length);
}

let slowest = 0;
for (let done = 0; done < Number(count); done++) {
  let text = anyOf(reports);
  for (let damage = 1 + below(4); damage > 0; damage--) text = anyOf(DAMAGES)(text);
  const start = performance.now();
  try {
    readPaste([{ name: 'pasted', text }], NOTHING);
  } catch (error) {
    console.error(`report ${done} of seed ${seed} breaks a reader:\n${text}\n`);
    throw error;
  }
  const took = performance.now() - start;
  slowest = Math.max(slowest, took);
  if (took > FAR_TOO_LONG) {
    console.error(`report ${done} of seed ${seed} takes ${Math.round(took)} ms:\n${text.slice(0, 2000)}`);
    process.exit(1);
  }
}
console.log(`damaged reports ${count.padStart(16)} read, none throws; slowest ${Math.round(slowest)} ms`);
