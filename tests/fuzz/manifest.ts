/**
 * Fuzzes every reader of src/core/manifest: no input makes one throw, spans lie inside the text, and no input takes
 * longer than linear time.
 *
 *     npx tsx tests/fuzz/manifest.ts [INPUTS OF EACH READER, default 100000] [SEED]
 *
 * Exits 1 with the smallest failing input, 0 with one line for each reader.
 */
import fc from 'fast-check';
import type { Diagnostic } from '../../src/core/manifest/syntax/diagnostic.ts';
import { contextAt } from '../../src/core/manifest/language/line-context.ts';
import { changeOfManifest } from '../../src/core/manifest/manifest-change.ts';
import {
  MANIFEST_KINDS,
  recogniseManifest,
  type ManifestKind,
} from '../../src/core/manifest/manifest-kind.ts';
import { readManifest } from '../../src/core/manifest/read-manifest.ts';
import { parseRequirementsFile } from '../../src/core/manifest/requirements/requirements-file.ts';

/** Gives the diagnostics of a text; those without any give none. */
type Reader = (text: string) => readonly Diagnostic[];

function manifestReader(kind: ManifestKind): Reader {
  return (text) => {
    const { manifest } = readManifest(text, kind);
    changeOfManifest(manifest);
    return manifest.diagnostics;
  };
}

const READERS: Readonly<Record<string, Reader>> = {
  'requirements file': (text) => parseRequirementsFile(text).diagnostics,
  'constraints file': (text) => parseRequirementsFile(text, { pane: 'constraints' }).diagnostics,
  recognition: (text) => {
    recogniseManifest(text);
    return [];
  },
  caret: (text) => {
    contextAt(text, text.length >> 1);
    return [];
  },
  ...Object.fromEntries(
    (Object.keys(MANIFEST_KINDS) as ManifestKind[]).map((kind) => [kind, manifestReader(kind)]),
  ),
};

/** Pieces of all formats: what leads a reader past its first test. */
const PIECES = [
  ...[
    'six',
    'a==1',
    'b>=1,<2',
    'c[x]',
    ' ; python_version < "3"',
    'd @ https://h/d-1.0.zip',
    '${X}',
    '\\\n',
    '\\',
  ],
  ...[
    '--hash=sha256:ab',
    ' --hash',
    '-r x.txt',
    '-e .',
    '--pre',
    '-',
    '"',
    "'",
    '#',
    ' # c',
    '\t',
    ' ',
    '\n',
    '\r',
  ],
  ...[
    '[project]\n',
    'dependencies = ["a"]\n',
    '[tool.poetry.dependencies]\n',
    'a = "^1"\n',
    '[[package]]\n',
    '||',
  ],
  ...[
    'name = "a"\n',
    'version = "1"\n',
    '[packages]\n',
    '[options]\n',
    'install_requires =\n',
    ' a\n',
    '{',
    '}',
    '[',
  ],
  ...[
    '{"a": ',
    '[{"name": "a", "version": "1"}',
    ',',
    ':',
    'dependencies:\n',
    '- pip:\n',
    '  - a\n',
    '](',
    '&&',
    '|',
  ],
  ...[
    'pip install a ',
    'ERROR: Cannot install a because',
    'The conflict is caused by:\n',
    'The user requested a<1\n',
  ],
  ...[
    'a 1.0 depends on b>=2\n',
    'Collecting a (from b)\n',
    ' (from versions: 1, 2)',
    'Because ',
    'And because ',
  ],
  ...[
    'all versions of a depend on b==1',
    ' and ',
    'you require a',
    ', we can conclude that ',
    'one of:\n    a<1\n',
  ],
  ...[
    'no versions of a match >1',
    'a (1.0) depends on b (>=2)',
    'every version of ',
    ' in ',
    ' from ',
    '(',
    ')',
    '\u2028',
  ],
  ...[
    "Reporter.adding_requirement(SpecifierRequirement('a'), None)\n",
    'Found link https://h/a-1.0.zip, version: 1.0\n',
  ],
];

const anyText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join('')),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
);

function areInside(text: string, diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every(({ span, line, column, message }) => {
    // An empty text has no character to point at.
    const length = Math.max(1, text.length);
    return (
      span.start >= 0 &&
      span.start <= span.end &&
      span.end <= length &&
      line >= 1 &&
      column >= 1 &&
      message !== ''
    );
  });
}

/** Milliseconds that a repeated piece costs at some length; the least of some runs. */
function cost(read: Reader, piece: string, length: number, runs: number): number {
  const text = piece.repeat(Math.ceil(length / piece.length));
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    read(text);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const SHORT = 16_000;
const LONG = 64_000;
/** Linear time costs 4 times as much at the longer length, quadratic 16 times. */
const ALLOWED_RATIO = 9;
/** Milliseconds. What is quadratic in 64,000 characters takes longer than this on any machine. */
const ALLOWED_COST = 500;

function superlinearPieces(read: Reader): readonly string[] {
  const separators = ['', ' ', '\n', ',', '=', '('];
  const pieces = PIECES.flatMap((piece) => separators.map((separator) => piece + separator));
  return pieces.filter((piece) => {
    if (cost(read, piece, LONG, 1) <= ALLOWED_COST) return false;
    return Array.from({ length: CONFIRMATIONS }).every(() => isSuperlinear(read, piece));
  });
}

/** Other programs take the machine's time, too; what is slow by itself is slow every time. */
const CONFIRMATIONS = 3;

function isSuperlinear(read: Reader, piece: string): boolean {
  const long = cost(read, piece, LONG, 4);
  return long > ALLOWED_COST && long > ALLOWED_RATIO * cost(read, piece, SHORT, 4);
}

const numRuns = Number(process.argv[2] ?? 100_000);
const seed = process.argv[3] === undefined ? {} : { seed: Number(process.argv[3]) };
for (const [name, read] of Object.entries(READERS)) {
  const start = performance.now();
  const details = fc.check(
    fc.property(anyText, (text) => areInside(text, read(text))),
    { numRuns, ...seed },
  );
  const slow = superlinearPieces(read);
  if (details.failed) console.error(`${name}: ${fc.defaultReportMessage(details) ?? 'failed'}`);
  if (slow.length > 0)
    console.error(
      `${name}: slower than linear when repeated: ${slow.map((piece) => JSON.stringify(piece)).join(' ')}`,
    );
  if (details.failed || slow.length > 0) process.exitCode = 1;
  console.log(`${name}: ${details.numRuns} inputs, ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
