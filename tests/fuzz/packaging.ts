/**
 * Fuzzes every parser of src/core/packaging: no input makes one throw, spans lie inside the text, and no input takes
 * longer than linear time.
 *
 *     npx tsx tests/fuzz/packaging.ts [INPUTS OF EACH PARSER, default 100000] [SEED]
 *
 * Exits 1 with the smallest failing input, 0 with one line for each parser.
 */
import fc from 'fast-check';
import { resolveDependencyGroups } from '../../src/core/packaging/dependency-groups.ts';
import { readVersion } from '../../src/core/packaging/legacy-version.ts';
import { formatMarker, parseMarker } from '../../src/core/packaging/marker.ts';
import { isStaticMetadata, parseMetadata } from '../../src/core/packaging/metadata.ts';
import { isValidName, normalizeName } from '../../src/core/packaging/name.ts';
import { parsePlatform } from '../../src/core/packaging/platform.ts';
import { formatParseError, parseRequirement } from '../../src/core/packaging/requirement.ts';
import type { Result } from '../../src/core/packaging/result.ts';
import { parseSdistFilename } from '../../src/core/packaging/sdist-filename.ts';
import { parseSpecifierSet } from '../../src/core/packaging/specifier.ts';
import { makeTargetEnvironment } from '../../src/core/packaging/target-environment.ts';
import { parseVersion } from '../../src/core/packaging/version.ts';
import { parseWheelFilename } from '../../src/core/packaging/wheel-filename.ts';
import { anyText, PIECES } from '../core/packaging/arbitraries.ts';

/** Reads a text; what it gives back is only looked at for its error's span, when it is a result. */
type Parser = (text: string) => unknown;

const PARSERS: Readonly<Record<string, Parser>> = {
  version: parseVersion,
  'legacy version': (text) => readVersion(text, 'packaging-20'),
  'specifier set': (text) => parseSpecifierSet(text),
  'specifier set before 22': (text) => parseSpecifierSet(text, 'packaging-20'),
  requirement: (text) => {
    const parsed = parseRequirement(text);
    if (!parsed.ok) formatParseError(text, parsed.error);
    return parsed;
  },
  'requirement before 22': (text) => parseRequirement(text, 'packaging-20'),
  marker: (text) => {
    const parsed = parseMarker(text);
    if (parsed.ok) formatMarker(parsed.value);
    return parsed;
  },
  name: (text) => [normalizeName(text), isValidName(text)],
  'wheel file name': (text) => parseWheelFilename(text),
  'wheel file name before 25.3': (text) => parseWheelFilename(text, 'pip'),
  'source archive name': (text) => parseSdistFilename(text),
  'source archive name of a project': (text) => void parseSdistFilename(`${text}-1.0.tar.gz`, text),
  metadata: (text) => isStaticMetadata(parseMetadata(text)),
  platform: parsePlatform,
  'target environment': (text) => void makeTargetEnvironment({ python: text, platform: 'windows-x86' }),
  'dependency group': (text) =>
    void resolveDependencyGroups({ [text]: [text, { 'include-group': text }] }, [text]),
};

function checkSpan(text: string, result: unknown): boolean {
  if (typeof result !== 'object' || result === null || !('ok' in result)) return true;
  const parsed = result as Result<unknown>;
  if (parsed.ok) return true;
  const { start, end } = parsed.error.span;
  return start >= 0 && start <= end && end <= text.length && parsed.error.message !== '';
}

/** Nanoseconds that one character costs when a piece is repeated to a length; the least of some runs. */
function costPerCharacter(parse: Parser, shape: Shape, length: number, runs: number): number {
  const { prefix, piece, suffix } = shape;
  const text = prefix + piece.repeat(Math.ceil(length / piece.length)) + suffix;
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    parse(text);
    best = Math.min(best, performance.now() - start);
  }
  return (best * 1e6) / text.length;
}

const SHORT = 1_000;
const LONG = 16_000;
/** In linear time both lengths cost the same per character; in quadratic time the long one costs sixteen times as much. */
const ALLOWED_RATIO = 6;
/** Below this a ratio is noise. */
const ALLOWED_COST = 300;

/** A text that can be made as long as one likes. */
interface Shape {
  readonly prefix: string;
  readonly piece: string;
  readonly suffix: string;
}

/** What leads a parser to the places where it loops. */
const PREFIXES = [
  '',
  'a',
  'a[x',
  'a[x,',
  'a>=1',
  'a>=1,',
  'a (',
  'a;',
  'a; os_name == "',
  '(',
  '>=1',
  '1.0',
  '1.0+a',
  'a-1.0-',
];
/** The second half of pairs: what separates, opens or ends something in one of the grammars. */
const SEPARATORS = ['.', '-', '_', ' ', ',', '(', '1', 'a', '"', '\n'];
/** The second makes most texts wrong at their very end, when everything has been tried. */
const SUFFIXES = ['', '\0'];

function* shapes(): Generator<Shape> {
  for (const suffix of SUFFIXES)
    for (const piece of PIECES) {
      for (const prefix of PREFIXES) yield { prefix, piece, suffix };
      for (const separator of SEPARATORS) yield { prefix: '', piece: piece + separator, suffix };
    }
}

/** Shapes that make the parser slower per character the longer the text is. */
function superlinearShapes(parse: Parser): readonly Shape[] {
  return [...shapes()].filter((shape) => {
    if (costPerCharacter(parse, shape, LONG, 1) <= ALLOWED_COST) return false;
    // Once more with care: other programs on the machine take time, too.
    const cost = costPerCharacter(parse, shape, LONG, 8);
    return cost > ALLOWED_COST && cost > ALLOWED_RATIO * costPerCharacter(parse, shape, SHORT, 20);
  });
}

const numRuns = Number(process.argv[2] ?? 100_000);
const seed = process.argv[3] === undefined ? {} : { seed: Number(process.argv[3]) };
let hasFailed = false;
for (const [name, parse] of Object.entries(PARSERS)) {
  const start = performance.now();
  const details = fc.check(
    fc.property(anyText, (text) => checkSpan(text, parse(text))),
    { numRuns, ...seed },
  );
  const slow = superlinearShapes(parse);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (details.failed) console.error(`${name}: ${fc.defaultReportMessage(details) ?? 'failed'}`);
  if (slow.length > 0)
    console.error(
      `${name}: slower than linear when repeated: ${slow
        .slice(0, 20)
        .map((shape) => JSON.stringify(shape))
        .join(' ')}`,
    );
  hasFailed ||= details.failed || slow.length > 0;
  console.log(`${name}: ${details.numRuns} inputs, ${seconds} s`);
}
process.exitCode = hasFailed ? 1 : 0;
