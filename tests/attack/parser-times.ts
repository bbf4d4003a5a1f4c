/** How a reader's time grows with its text: doubling the text may not do more than about double the time. */
import { performance } from 'node:perf_hooks';
import { readManifest } from '../../src/core/manifest/read-manifest.ts';
import { parseRequirementsFile } from '../../src/core/manifest/requirements/requirements-file.ts';
import { parseOverlay } from '../../src/core/package-index/overlay/overlay-parse.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { codeBlock, proseMarkdown } from '../../src/core/share/markdown/markdown-text.ts';
import { redactCredentials } from '../../src/core/share/redact.ts';
import { commandTexts } from '../../src/core/share/shell/command-texts.ts';
import type { Tally } from './families.ts';

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'any manifest': readManifest,
  requirements: (text) => parseRequirementsFile(text),
  'toy index': parseOverlay,
  commands: (text) => commandTexts(makeProblem({ requirements: text })),
  prose: proseMarkdown,
  block: codeBlock,
  secrets: redactCredentials,
};

const PUMPS = [
  ...[
    ' ',
    '\t',
    '\n',
    '#',
    ' #',
    'a',
    'a ',
    '-',
    '--',
    'a\n',
    'a==1\n',
    '==',
    '>=1,',
    '(',
    '[',
    '[a]',
    "'",
    '"',
    '\\',
    '\\\n',
  ],
  ...[
    ';',
    '; a',
    '@',
    '://',
    'a://',
    '${',
    'a.',
    '1.',
    '+',
    '_',
    '*',
    ',',
    ' or ',
    'not ',
    '= ',
    '<',
    '&',
    'é',
    '-e ',
    '--hash=',
  ],
  ...[
    '{',
    '{"a":',
    '["',
    'a 1.0; ',
    'ERROR: ',
    'Because a depends on b and ',
    '$ ',
    'Collecting a\n',
    '  - a\n',
    'a: b\n',
    '[x]\n',
  ],
  ...['x = 1\n', '─', '0', '|', '`', 'pip ', 'and ', '|-- ', 'a (from b)\n', '.dev', 'DEBUG ', 'depends '],
];
const HEADS = [
  '',
  'a',
  'a==',
  'a; ',
  'ERROR: ',
  'pip install ',
  'a @ ',
  'Because ',
  'a 1.0; depends ',
  '--index-url ',
  '#',
  '[project]\ndependencies = [',
];
const TAILS = ['', '!'];

function time(read: (text: string) => unknown, text: string): number {
  const start = performance.now();
  read(text);
  return performance.now() - start;
}

/** Texts of `size` characters, and of the double where that takes long; the machine's noise is given a second chance. */
export function attackParsers(size: number, share = 1): Tally & { readonly slowest: string } {
  const breaks: string[] = [];
  let cases = 0;
  let slowest = { milliseconds: 0, name: '' };
  for (const [name, read] of Object.entries(READERS))
    for (const [number, pump] of PUMPS.entries())
      for (const head of HEADS)
        for (const tail of TAILS) {
          if ((number + cases) % share !== 0 && cases++ >= 0) continue;
          cases++;
          const text = (length: number): string =>
            `${head}${pump.repeat(Math.ceil(length / pump.length))}${tail}`;
          const what = `${name}: ${JSON.stringify([head, pump, tail])}`;
          try {
            const once = time(read, text(size));
            if (once > slowest.milliseconds) slowest = { milliseconds: once, name: what };
            if (once < 100) continue;
            const ratio = (): number => time(read, text(2 * size)) / time(read, text(size));
            const grown = Math.min(ratio(), ratio());
            if (grown > 3)
              breaks.push(`${what} grows by ${grown.toFixed(1)}, ${Math.round(once)} ms at ${size}`);
          } catch (error) {
            breaks.push(`${what}: ${(error as Error).message.slice(0, 200)}`);
          }
        }
  return { cases, breaks, slowest: `${Math.round(slowest.milliseconds)} ms, ${slowest.name}` };
}
