/** How a reader's time grows with its text: doubling the text may not do more than about double the time. */
import { readManifest } from '../../src/core/manifest/read-manifest.ts';
import { parseRequirementsFile } from '../../src/core/manifest/requirements/requirements-file.ts';
import { parseOverlay } from '../../src/core/package-index/overlay/overlay-parse.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { codeBlock, proseMarkdown } from '../../src/core/share/markdown/markdown-text.ts';
import { redactCredentials } from '../../src/core/share/redact.ts';
import { commandTexts } from '../../src/core/share/shell/command-texts.ts';
import { readPaste } from '../../src/core/headless/paste/read-paste.ts';
import type { Tally } from './families.ts';
import { GROWN } from './grown-texts.ts';

const NOTHING = makeProblem({ requirements: '' });

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'any manifest': readManifest,
  'any paste': (text) => readPaste([{ name: 'pasted', text }], NOTHING),
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

/** Characters that a link carries, and milliseconds that a reader may take for them. */
const LINK_TEXT = 32_000;
const LINK_TIME = 200;

/** Milliseconds of this process's own work, which the machine's other work does not lengthen. */
function time(read: (text: string) => unknown, text: string): number {
  const start = process.cpuUsage();
  read(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

interface Case {
  readonly name: string;
  readonly read: (text: string) => unknown;
  /** A text of about so many characters. */
  readonly text: (size: number) => string;
}

function* pumpedCases(share: number): Generator<Case> {
  let number = 0;
  for (const [name, read] of Object.entries(READERS))
    for (const pump of PUMPS)
      for (const head of HEADS)
        for (const tail of TAILS) {
          if (number++ % share !== 0) continue;
          const text = (size: number): string =>
            `${head}${pump.repeat(Math.ceil(size / pump.length))}${tail}`;
          yield { name: `${name}: ${JSON.stringify([head, pump, tail])}`, read, text };
        }
}

function* grownCases(): Generator<Case> {
  for (const [name, read] of Object.entries(READERS))
    for (const [kind, text] of Object.entries(GROWN)) yield { name: `${name}: ${kind}`, read, text };
}

/** Why a case breaks: it throws, a link's worth takes long, or the double takes much more than double; null: none. */
function breakOf({ name, read, text }: Case, size: number): string | null {
  try {
    const once = time(read, text(LINK_TEXT));
    if (once > LINK_TIME) {
      const least = Math.min(time(read, text(LINK_TEXT)), time(read, text(LINK_TEXT)));
      if (least > LINK_TIME) return `${name} takes ${Math.round(least)} ms for a link’s worth`;
    }
    if (time(read, text(size)) < 100) return null;
    const ratio = (): number => time(read, text(2 * size)) / time(read, text(size));
    const grown = Math.min(ratio(), ratio(), ratio());
    return grown > 3 ? `${name} grows by ${grown.toFixed(1)} from ${size} characters on` : null;
  } catch (error) {
    return `${name}: ${(error as Error).message.slice(0, 200)}`;
  }
}

/** Repeated pieces and texts of every format, of `size` characters and the double. */
export function attackParsers(size: number, share = 1): Tally {
  const breaks: string[] = [];
  let cases = 0;
  for (const family of [pumpedCases(share), grownCases()])
    for (const one of family) {
      cases++;
      const broke = breakOf(one, size);
      if (broke !== null) breaks.push(broke);
    }
  return { cases, breaks };
}
