/**
 * conda's `environment.yml`: what can be read of it without conda. Its `pip:` part is a list of requirements; its own
 * packages live on other indexes under other names, so they are named as left out. Of YAML, the subset that such
 * files use: nested lists and keys by indentation, quotes, comments, `[a, b]` in one line.
 */
import type { Span } from '../../packaging/result.ts';
import { parseSpecifierSet, specifierSetContains } from '../../packaging/specifier.ts';
import { parseVersion } from '../../packaging/version.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { readRequirementsLine } from '../requirements/requirements-line.ts';
import { shiftComplaint, shiftSpan } from '../syntax/diagnostic.ts';

interface Row {
  readonly indent: number;
  readonly text: string;
  readonly span: Span;
}

/** Reads an environment file. */
export function readCondaEnvironment(text: string): Manifest {
  const builder = new ManifestBuilder('conda-environment', text);
  builder.group('main', 'dependencies: pip', 'requirements', true);
  const leftOut: string[] = [];
  let leftOutSpan: Span | null = null;
  let isInDependencies = false;
  let pipIndent = -1;
  for (const row of rowsOf(text)) {
    const isItem = row.text.startsWith('- ') || row.text === '-';
    if (row.indent === 0 && !isItem) {
      isInDependencies = /^dependencies\s*:/.test(row.text);
      pipIndent = -1;
      continue;
    }
    if (!isInDependencies || !isItem) continue;
    if (pipIndent >= 0 && row.indent <= pipIndent) pipIndent = -1;
    const item = itemOf(row);
    const inline = /^["']?pip["']?\s*:\s*\[(.*)\]\s*$/.exec(item.text);
    if (inline !== null) for (const wish of inlineItems(inline[1]!)) addPipLine(builder, wish, item.span);
    else if (/^["']?pip["']?\s*:\s*$/.test(item.text)) pipIndent = row.indent;
    else if (pipIndent >= 0) addPipLine(builder, item.text, item.span);
    else if (!readPython(builder, item.text)) {
      leftOut.push(item.text.replace(/[ =<>!].*$/, ''));
      leftOutSpan ??= item.span;
    }
  }
  if (leftOutSpan !== null) {
    const names = leftOut.length > 6 ? `${leftOut.slice(0, 6).join(', ')} …` : leftOut.join(', ');
    const message = `Left out: ${leftOut.length} of conda's own packages (${names}). Their names and versions are conda's, not the index's`;
    builder.complain('warning', 'conda-packages', message, leftOutSpan);
  }
  return builder.build();
}

/** `python=3.11` says which Python; `pip` itself is of no use here. */
function readPython(builder: ManifestBuilder, text: string): boolean {
  if (/^pip\b(?!-)/.test(text)) return true;
  const match = /^python\b(?!-)\s*(.*)$/.exec(text);
  if (match === null) return false;
  const exact = /^={1,2}\s*(\d+\.\d+(?:\.\d+)?)/.exec(match[1]!)?.[1];
  const python = exact ?? newestPython(match[1]!);
  if (python !== null) builder.environment = { ...builder.environment, python };
  if (python !== null && exact === undefined)
    builder.guess(
      `Of \`python ${match[1]!}\` conda would take the newest that fits: ${python} is meant here.`,
    );
  return true;
}

/** The newest Python that specifiers admit; null when they are none, or admit any. */
function newestPython(text: string): string | null {
  const specifiers = parseSpecifierSet(text.replaceAll(/\s/g, ''));
  if (!specifiers.ok || specifiers.value.specifiers.length === 0) return null;
  for (let minor = NEWEST_MINOR; minor >= OLDEST_MINOR; minor--) {
    // The last patch of a series is not known; a high one stands for it.
    const version = parseVersion(`3.${minor}.99`);
    if (version.ok && specifierSetContains(specifiers.value, version.value)) return `3.${minor}`;
  }
  return null;
}

/** Minor versions of the Pythons that this page knows. */
const NEWEST_MINOR = 15;
const OLDEST_MINOR = 7;

function addPipLine(builder: ManifestBuilder, text: string, span: Span): void {
  const reading = readRequirementsLine(text, 'requirements');
  for (const complaint of reading.complaints) builder.complainAll([shiftComplaint(complaint, span.start)]);
  if (reading.entry !== null)
    builder.add('main', reading.entry.requirement, shiftSpan(reading.entry.span, span.start), reading.entry);
}

function* rowsOf(text: string): Generator<Row> {
  let start = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const withoutEnd = line.replace(/\r?\n$/, '');
    const content = withoutEnd.replace(/(^|\s)#.*$/, '').trimEnd();
    const trimmed = content.trimStart();
    const indent = content.length - trimmed.length;
    if (trimmed !== '' && trimmed !== '---')
      yield { indent, text: trimmed, span: { start: start + indent, end: start + content.length } };
    start += line.length;
  }
}

/** The items of `[a, "b>=1,<2"]`: commas between quotes belong to the item. */
function inlineItems(list: string): string[] {
  return [...list.matchAll(/"([^"]*)"|'([^']*)'|([^,'"]+)/g)]
    .map(([, double, single, plain]) => (double ?? single ?? plain ?? '').trim())
    .filter((item) => item !== '');
}

/** What stands after the hyphen, without quotes. */
function itemOf(row: Row): { readonly text: string; readonly span: Span } {
  const blanks = /^-\s*/.exec(row.text)![0].length;
  const raw = row.text.slice(blanks);
  const quoted = /^(["'])(.*)\1$/.exec(raw);
  const start = row.span.start + blanks + (quoted === null ? 0 : 1);
  const text = quoted?.[2] ?? raw;
  return { text, span: { start, end: start + text.length } };
}
