/**
 * Fuzzes what reads indexes and their archives, links and saved questions: no input makes one throw or go on for ever.
 *
 *     npx tsx tests/fuzz/index.ts [INPUTS OF EACH READER, default 100000] [SEED]
 *
 * Exits 1 with the smallest failing input, 0 with one line for each reader.
 */
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { decodeLink } from '../../src/client/codec/permalink.ts';
import { findTarMember } from '../../src/core/package-index/archive/tar.ts';
import { isPackageInfo, readZipDirectory } from '../../src/core/package-index/archive/zip.ts';
import { readCutOff } from '../../src/core/package-index/facts/cut-off.ts';
import { parseFacts } from '../../src/core/package-index/facts/facts.ts';
import { parseOverlay } from '../../src/core/package-index/overlay/overlay-parse.ts';
import { printOverlay } from '../../src/core/package-index/overlay/overlay-print.ts';
import { readSimpleHtml } from '../../src/core/package-index/live/simple-html.ts';
import { parseSimplePage } from '../../src/core/package-index/live/simple-page.ts';
import { recogniseToyWorld } from '../../src/core/package-index/toy-world/toy-world-kind.ts';
import { readPackse } from '../../src/core/package-index/toy-world/toy-world-packse.ts';
import { readPipWorlds } from '../../src/core/package-index/toy-world/toy-world-pip.ts';
import { readZazoWorlds } from '../../src/core/package-index/toy-world/toy-world-zazo.ts';
import { parseProblem } from '../../src/core/problem/problem.ts';
import { makeTarGz, makeZip } from '../client/wheel-file.ts';

const PIECES = [
  ...['app 1.0', '; depends left, right >=2', '; extra x: a <2', '; python >=3.8', '; yanked "b"', '\n', ' '],
  ...[
    'boto 1.0..1.29, 2.0',
    '- app 1.0',
    '+',
    '..',
    ';',
    ':',
    ',',
    '"',
    '#',
    'closed world',
    '; wheels py3-none-any',
  ],
  ...[
    '; uploaded 2020-01-01',
    '; sdist only',
    '; build-requires a',
    '; url http://h/a.whl',
    '; index x',
    '\\',
    '\0',
  ],
  ...['name = "a"\n', '[root]\nrequires = ["a"]\n', '[packages.a.versions."1.0"]\n', '[', ']', '{', '}', '='],
  ...[
    'base:\n',
    '  available:\n',
    '    - A 1.0.0; depends B == 1.0.0\n',
    'cases:\n',
    '- request:\n',
    '&a',
    '*a',
    '|\n',
  ],
  ...['<a href="a-1.0.zip#sha256=ab" data-yanked>', 'a-1.0.zip', '</a>', '&amp;', '<!--', '<', '>'],
  ...[
    '2023-09-07',
    'T00:00',
    'Z',
    'P3D',
    '1 week',
    '{"projects": ',
    '{"engine": "pip@26.2", "requirements": ',
    'v1.',
  ],
];
const anyText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join('')),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 80 }) },
);

const damaged = (bytes: Uint8Array) =>
  fc
    .array(fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }), { maxLength: 20 })
    .map((changes) => {
      const copy = bytes.slice();
      for (const { at, byte } of changes) copy[at] = byte;
      return copy;
    });
const MEMBERS = { 'a-1.0/PKG-INFO': 'Name: a', 'a-1.0/pyproject.toml': '[project]' };
const tar = damaged(new Uint8Array(gunzipSync(makeTarGz(MEMBERS))));
const zip = damaged(new Uint8Array(makeZip(MEMBERS)));

const PAGE = {
  name: 'a',
  resolveUrl: (text: string) => text,
  provenance: () => ({ layer: 'live', detail: 'a' }) as const,
};

/** A value is JSON of any shape where the text is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {
      [text]: [text],
      projects: { [text]: { [text]: { requires: [text] } } },
      files: [{ filename: text }],
    };
  }
}

/** A reader of what `inputs` gives; what it gives back, or is promised, is not looked at. */
function reader<T>(inputs: fc.Arbitrary<T>, read: (input: T) => unknown): fc.IAsyncProperty<[T]> {
  return fc.asyncProperty(inputs, async (input) => {
    await read(input);
  });
}

const anyValue = fc.oneof(fc.jsonValue(), anyText.map(jsonOf));

const READERS = {
  overlay: reader(anyText, (text) => printOverlay(parseOverlay(text).overlay)),
  'toy world': reader(anyText, recogniseToyWorld),
  'packse scenario': reader(anyText, readPackse),
  'pip’s YAML': reader(anyText, readPipWorlds),
  'zazo’s YAML': reader(anyText, readZazoWorlds),
  'index page in HTML': reader(anyText, readSimpleHtml),
  'index page in JSON': reader(anyValue, (value) => parseSimplePage(value, PAGE)),
  facts: reader(anyValue, parseFacts),
  problem: reader(anyValue, parseProblem),
  date: reader(anyText, (text) => [readCutOff(text, 'pip'), readCutOff(text, 'uv')]),
  link: reader(fc.oneof(anyText, fc.base64String()), decodeLink),
  tar: reader(tar, (bytes) => findTarMember(bytes, isPackageInfo, true)),
  zip: reader(zip, (bytes) => readZipDirectory(bytes, 0)),
} as const;

const numRuns = Number(process.argv[2] ?? 100_000);
const seed = process.argv[3] === undefined ? {} : { seed: Number(process.argv[3]) };
for (const [name, property] of Object.entries(READERS)) {
  const start = performance.now();
  const details = await fc.check(property as fc.IAsyncProperty<[unknown]>, { numRuns, ...seed });
  const milliseconds = performance.now() - start;
  if (details.failed) console.error(`${name}: ${await fc.asyncDefaultReportMessage(details)}`);
  if (details.failed) process.exitCode = 1;
  console.log(`${name}: ${details.numRuns} inputs, ${(milliseconds / 1000).toFixed(1)} s`);
}
