/**
 * Text as Markdown (CommonMark with GitHub's extensions) that says what the text says and nothing else: no markup, no
 * HTML, no links, no mentions of people, no references to issues or commits. Whatever a stranger could have set goes
 * through here.
 */
import { showHiddenCharacters } from '../../packaging/hidden-characters.ts';

/** Words that trackers make links of: addresses, `@people`, `#12`, `owner/repo#12`, `GH-12`, commits. */
const LINKED_WORD = /[@#]|:\/\/|www\.|GH-\d|(?<![0-9a-f])[0-9a-f]{7,40}(?![0-9a-f])/iu;
/** ASCII punctuation that can begin or end markup somewhere; CommonMark lets a backslash stand before each. */
const MARKUP = /[\\`*_{}[\]<>()#+!|~&$^=-]/gu;

/** One line of prose whose literal parts stand in backticks, as core/explain writes it. */
export function proseMarkdown(text: string): string {
  const parts = oneLine(text).split('`');
  return parts.map((part, at) => (at % 2 === 1 ? codeSpan(part) : plainMarkdown(part))).join('');
}

/** Words as they are, word for word. */
function plainMarkdown(text: string): string {
  return text
    .split(' ')
    .map((word) => (LINKED_WORD.test(word) ? codeSpan(word) : escapedWord(word)))
    .join(' ');
}

/** A number with a dot, which begins a list at the beginning of a line, keeps its dot apart. */
function escapedWord(word: string): string {
  return word.replaceAll(MARKUP, '\\$&').replace(/^(\d{1,9})([.)])$/u, '$1\\$2');
}

/** A code span whose delimiters are longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  if (line.trim() === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line.startsWith(' ') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A code block whose fence is longer than any run of backticks inside. `language` is one of ours. */
export function codeBlock(text: string, language = ''): string {
  const shown = showHiddenCharacters(text);
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}${shown.endsWith('\n') ? '' : '\n'}${fence}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in an HTML element or between an attribute's double quotes. */
export function htmlEscaped(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (character) => ENTITIES[character] ?? '');
}

/** Text inside an HTML element. */
export function htmlText(text: string): string {
  return htmlEscaped(oneLine(text));
}

function oneLine(text: string): string {
  return showHiddenCharacters(text).replaceAll(/[\n\t ]+/gu, ' ');
}

/** Length of the longest run of backticks. */
function longestRun(text: string): number {
  let longest = 0;
  let run = 0;
  for (const character of text) {
    run = character === '`' ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}
