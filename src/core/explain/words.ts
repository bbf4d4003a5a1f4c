/**
 * Small pieces of English that all explanations share. Names, versions and specifiers stand in backticks, so that a
 * page can set them in a monospace face and a screen reader's text can be made from the same sentence (spoken.ts).
 */
import type { LineSource } from '../resolver/trace.ts';

/** Literal text in backticks; backticks inside it (legal in markers and paths) become apostrophes. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** A package at a version: `` `requests` 2.24.0 ``. Without a version, the name alone. */
export function nameAtVersion(name: string, version: string): string {
  return version === '' ? code(name) : `${code(name)} ${version}`;
}

const PANE_PREFIX: Readonly<Record<LineSource['pane'], string>> = {
  requirements: '',
  constraints: 'constraints ',
  overrides: 'overrides ',
  installed: 'installed ',
  pyproject: 'pyproject ',
};

/** How a line of the user's is called in the middle of a sentence: `line 3`, `constraints line 1`. */
export function lineName(source: LineSource): string {
  return `${PANE_PREFIX[source.pane]}line ${source.line}`;
}

/** Lines of one pane are named together, in reading order: `lines 1 and 3`, `line 2 and constraints line 1`. */
/** ``overrides line 1 puts `b<2` in place of what `a` 1.0 needs``: uv's overrides stand for what others say. */
export function inPlaceOf(override: LineSource, text: string, whose: string): string {
  return `${lineName(override)} puts ${code(text)} in place of what ${whose}`;
}

export function lineNames(sources: readonly LineSource[]): string {
  const groups = new Map<LineSource['pane'], Set<number>>();
  for (const { pane, line } of sources) groups.set(pane, (groups.get(pane) ?? new Set()).add(line));
  return listOf(
    [...groups].map(([pane, lines]) => {
      const numbers = [...lines].sort((a, b) => a - b);
      return `${PANE_PREFIX[pane]}line${numbers.length > 1 ? 's' : ''} ${listOf(lineRuns(numbers))}`;
    }),
  );
}

/** Four or more lines in a row are named by their ends: `1 to 8`. */
function lineRuns(numbers: readonly number[]): readonly string[] {
  const runs: number[][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.at(-1) === number - 1) last.push(number);
    else runs.push([number]);
  }
  return runs.flatMap((run) => (run.length >= 4 ? [`${run[0]!} to ${run.at(-1)!}`] : run.map(String)));
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[], conjunction = 'and'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)!}`;
}

/** The first `limit` items, and how many were left out: `a, b and 17 more`. */
export function shortListOf(items: readonly string[], limit: number): string {
  if (items.length <= limit) return listOf(items);
  return `${items.slice(0, limit).join(', ')} and ${items.length - limit} more`;
}

/** `1 choice`, `3 choices`; the plural is given where adding an s is not enough. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? noun : plural}`;
}

/** `1st`, `2nd`, `3rd`, `11th`. */
export function ordinal(number: number): string {
  const isTeen = Math.floor(number / 10) % 10 === 1;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** First letter upper case, unless the text begins with literal text. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Longest sentence that the answer panel opens with. */
export const SENTENCE_WORDS = 40;

/** Words in a sentence as people count them: runs between blanks. */
export function wordCount(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length;
}
