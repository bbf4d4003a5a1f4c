/** What a live region says when a run has ended: the outcome and the sentence, speakable, no more. */
import type { Explanation, ExplanationKind } from './explanation.ts';
import { spokenSentence } from './spoken.ts';

const HEADINGS: Readonly<Record<ExplanationKind, string>> = {
  solved: 'Solved',
  stopped: 'Stopped',
  incomplete: 'Something is missing',
  invalid: 'Not valid',
  conflict: 'Conflict',
  'no-such-package': 'No such package',
  'no-version-in-range': 'No version in range',
  'not-for-you': 'Not usable here',
  broken: 'Does not fit together',
  'wrong-answer': 'Given up too early',
};

/** The outcome in two or three words: the heading of the answer panel. */
export function outcomeHeading({ kind, sentence }: Pick<Explanation, 'kind' | 'sentence'>): string {
  return kind === 'not-for-you' && /\bPython\b/u.test(sentence) ? 'Needs another Python' : HEADINGS[kind];
}

/** The text of a live region; a sentence that begins with its own heading is not heard twice. */
export function statusText(explanation: Explanation): string {
  const heading = outcomeHeading(explanation);
  const sentence = spokenSentence(explanation.sentence);
  return sentence.startsWith(heading) ? sentence : `${heading}. ${sentence}`;
}

/** Heading and sentence, literal parts in backticks; a heading that the sentence begins with is not said twice. */
export function headedSentence(explanation: Pick<Explanation, 'kind' | 'sentence'>): {
  readonly heading: string;
  readonly sentence: string;
} {
  const heading = outcomeHeading(explanation);
  const { sentence } = explanation;
  const rest = sentence.startsWith(`${heading}: `) ? sentence.slice(heading.length + 2) : sentence;
  return { heading, sentence: rest };
}
