/**
 * What answers, named: a world that was rebuilt from a pasted text is not the index. And what the text tells of how a
 * run ended, said first where the answer is another.
 */
import type { Explanation } from '../explain/explanation.ts';
import { SearchMarker, type SearchMark } from '../manifest/log/search-mark.ts';
import {
  ENDING_LINES,
  LINES_LINE,
  linesMark,
  REBUILT_FROM,
  SEARCH_LINE,
} from '../manifest/manifest-change.ts';
import type { ToldEnding } from '../manifest/manifest.ts';
import type { Problem } from '../problem/problem.ts';
import { recordedEvents } from '../resolver/recorded-form.ts';
import type { Trace } from '../resolver/trace.ts';

/** Whether the question's index was rebuilt from a text. */
function isRebuilt({ index }: Pick<Problem, 'index'>): boolean {
  return (index.overlay ?? '').startsWith(REBUILT_FROM);
}

type Asked = Pick<
  Problem,
  'index' | 'requirements' | 'constraints' | 'overrides' | 'installed' | 'pyproject'
>;

/** How the run ended that the pasted text tells of; null where it tells of none, or of other lines than these. */
function toldEnding(asked: Asked): ToldEnding | null {
  const [, line = '', made = ''] = (asked.index.overlay ?? '').split('\n', 3);
  if (made.startsWith(LINES_LINE) && made !== `${LINES_LINE}${linesMark(asked)}.`) return null;
  for (const [kind, begin] of Object.entries(ENDING_LINES) as [ToldEnding['kind'], string][])
    if (line.startsWith(begin)) return { kind, wanted: line.slice(begin.length) };
  return null;
}

const LEADS: Readonly<Record<ToldEnding['kind'], string>> = {
  failed: 'The text that you pasted reports a failure, but what it tells of can be had all at once.',
  unfinished:
    'The text that you pasted ends with a search that was given up; the part that it tells of can be solved.',
  broken: 'The text that you pasted says that installed packages do not fit together.',
};

/** The search that the pasted log told of; null where none was pasted. */
function toldSearch({ index }: Pick<Problem, 'index'>): SearchMark | null {
  const line = (index.overlay ?? '').split('\n', 4).find((text) => text.startsWith(SEARCH_LINE));
  const [, choices, hash] = /: (\d{1,7}) choices, ([0-9a-f]{8})\.$/.exec(line ?? '') ?? [];
  return hash === undefined ? null : { choices: Number(choices), hash };
}

/** Whether the search that is drawn is the one of the pasted log; '' where no log tells of one. */
function searchSentence(problem: Pick<Problem, 'index'>, trace: Trace): string {
  const told = toldSearch(problem);
  if (told === null) return '';
  const marker = new SearchMarker();
  for (const event of recordedEvents(trace))
    if (event[0] === 'pin' || event[0] === 'reject' || event[0] === 'backtrack')
      marker.choose(event[0], event[1]);
  const { choices, hash } = marker.mark();
  if (hash === told.hash && choices === told.choices)
    return `The search that is drawn is that of your log, choice for choice: all ${choices} are the same.`;
  return `The search that is drawn is not that of your log, choice for choice: the log has ${told.choices} choices, this run ${choices}. What the log does not hold (constraints, releases that were never looked at, the rest of a cut text, another pip) can change the way.`;
}

/**
 * For the explanations of one run, as they come: an answer by a rebuilt world names the text, and says first what the
 * text says and the answer does not. The search is compared once.
 */
export function tellingOfText({
  problem,
  trace,
}: {
  readonly problem: Asked;
  readonly trace: Trace;
}): (explanation: Explanation) => Explanation {
  if (!isRebuilt(problem)) return (explanation) => explanation;
  const search = searchSentence(problem, trace);
  const ending = toldEnding(problem);
  return (explanation) => {
    const told = nameText(explanation);
    const named = search === '' ? told : { ...told, remarks: [...told.remarks, search] };
    if (ending === null || (named.kind !== 'solved' && named.kind !== 'broken')) return named;
    const remarks = [ending.wanted, named.sentence, ...named.remarks].filter((sentence) => sentence !== '');
    return { ...named, sentence: LEADS[ending.kind], remarks };
  };
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /\bbut the index has no project of that name\b/g,
    'and the text that you pasted tells of no release of it',
  ],
  [/\bwhich the index does not have\b/g, 'of which the text that you pasted tells no release'],
  [/\bthe index has no (?=`)/g, 'the text that you pasted tells of no '],
];

/** The sentences of a value, with the text named where the index stands. Other strings stay as they are. */
function nameText<Value>(value: Value): Value {
  return rename(value, 0) as Value;
}

/** Explanations nest a few deep. */
const MAXIMUM_DEPTH = 12;

function rename(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return WORDS.reduce((text, [from, to]) => text.replace(from, to), value);
  if (typeof value !== 'object' || value === null || depth > MAXIMUM_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => rename(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rename(item, depth + 1)]));
}
