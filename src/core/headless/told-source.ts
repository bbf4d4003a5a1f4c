/** What answers, named: a world that was rebuilt from a pasted text is not the index, and its answer does not say so. */
import type { Problem } from '../problem/problem.ts';

const REBUILT = /^# Rebuilt from /;

/** Whether the question's index was rebuilt from a text: manifest-change.ts writes so above it. */
export function isRebuilt({ index }: Pick<Problem, 'index'>): boolean {
  return REBUILT.test(index.overlay ?? '');
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
export function nameText<Value>(value: Value): Value {
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
