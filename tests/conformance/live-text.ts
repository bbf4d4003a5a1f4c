/** What pip printed about a random case, and what we print, made comparable line by line. */
import type { EngineResult } from '../../src/core/resolver/outcome.ts';

/** What pip says of its work, which is not about how the search ends; folders stand for index pages here. */
const PROGRESS =
  /^ *(?:DEPRECATION: |WARNING: (?:Location|Url) '[^']*' is ignored: |Looking in |Processing |Collecting |Requirement already satisfied|Would install |Obtaining |Link requires a different Python |Using cached |Downloading |Reporter\.)|: (?:started|finished with status 'done')$/u;

/** Files and pages by their names: where a case lies differs from run to run. */
function withoutPlaces(line: string): string {
  return line
    .replace(/[^\s(]*\/([^\s/]+\.(?:whl|tar\.gz))/gu, 'FILE $1')
    .replace(/\(from \S+\/([^\s/]+)\/(?:index\.html)?\)/gu, '(from PAGE $1)');
}

/** Blank lines, indentation before levels, and the lines of a traceback that name pip's own files are left out. */
export function printedLines(text: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let isTraceback = false;
  for (const line of text) {
    const isIndented = line.startsWith(' ');
    if (isTraceback && isIndented) continue;
    isTraceback = line.startsWith('Traceback ');
    if (line.trim() === '' || PROGRESS.test(line)) continue;
    lines.push(withoutPlaces(line.replace(/^ +(?=WARNING|ERROR|Discarding )/u, '')));
  }
  return withConstraintsSorted(lines);
}

/** pip takes constraints that matter from a set, in an order that changes from run to run. */
function withConstraintsSorted(lines: readonly string[]): readonly string[] {
  const isConstraint = (line: string): boolean => line.startsWith('    The user requested (constraint) ');
  const sorted = lines.filter(isConstraint).sort().values();
  return lines.map((line) => (isConstraint(line) ? (sorted.next().value ?? line) : line));
}

const LEVELS = { info: '', warning: 'WARNING: ', error: 'ERROR: ' } as const;

/** What `--dry-run` does not say, because it installs nothing. */
const OF_INSTALLATION = "pip's dependency resolver does not currently";

/** Notices and the report, as a terminal shows them. */
export function ourLines({ notices, message }: EngineResult): readonly string[] {
  const said = notices.filter(({ text }) => !text.startsWith(OF_INSTALLATION));
  return printedLines([
    ...said.flatMap(({ level, text }) => `${LEVELS[level]}${text}`.split('\n')),
    ...message.split('\n'),
  ]);
}
