/** Labels of the answer panel that depend on more than one value. */
import type { Explanation, ExplanationKind } from '../../core/explain/explanation.ts';
import { count } from '../../core/explain/words.ts';

/** Shape and colour of an outcome; the word stands beside both. */
export interface Tone {
  readonly name: 'solved' | 'conflict' | 'unsure';
  readonly mark: string;
}

/** A star, a cross, or a half circle for everything that is no answer. */
export function toneOf(kind: ExplanationKind): Tone {
  if (kind === 'solved') return { name: 'solved', mark: '★' };
  if (
    kind === 'stopped' ||
    kind === 'incomplete' ||
    kind === 'invalid' ||
    kind === 'wrong-answer' ||
    kind === 'broken'
  )
    return { name: 'unsure', mark: '◐' };
  return { name: 'conflict', mark: '✕' };
}

/** How well the guilty lines are known; '' where nobody is blamed. */
export function minimalityText({ minimality, lines }: Explanation): string {
  if (lines.length === 0) return '';
  switch (minimality.status) {
    case 'minimal':
      return `minimal: checked in ${count(minimality.solves, 'solve')}`;
    case 'not-minimal':
      return `proved, but not checked to be minimal (${count(minimality.solves, 'solve')})`;
    case 'not-checked':
      return 'not checked';
  }
}

/** The parts of an answer below its sentence, in the order of the panel. */
export type AnswerPart = 'fixes' | 'chains' | 'surprises' | 'pins' | 'proof' | 'tool' | 'check' | 'before';

export interface AnswerTab {
  readonly id: AnswerPart;
  readonly label: string;
  /** How much is inside; '' where that says nothing. */
  readonly note: string;
}

/** The parts that have something in them. */
export function answerTabs(explanation: Explanation, pins: number, tool: string): readonly AnswerTab[] {
  const { kind, fixes, chains, clash, surprises, proof, leftOut, tool: text, check } = explanation;
  const tabs: readonly (AnswerTab & { readonly isThere: boolean })[] = [
    { id: 'fixes', label: 'Changes that work', note: String(fixes.length), isThere: fixes.length > 0 },
    { id: 'chains', label: 'How the lines clash', note: '', isThere: clash !== null && chains.length > 0 },
    {
      id: 'pins',
      label: kind === 'solved' || kind === 'broken' ? 'Packages' : 'Chosen when it stopped',
      note: String(pins),
      isThere: pins > 0,
    },
    {
      id: 'surprises',
      label: 'Worth a second look',
      note: String(surprises.length),
      isThere: surprises.length > 0,
    },
    { id: 'proof', label: 'Proof', note: String(proof.length), isThere: proof.length > 0 },
    {
      id: 'tool',
      label: `What ${tool} prints`,
      note: text.notes.length > 0 ? count(text.notes.length, 'note') : '',
      isThere: text.text !== '',
    },
    {
      id: 'check',
      label: 'What pip check prints',
      note: check === null || check.problems === 0 ? '' : String(check.problems),
      isThere: check !== null,
    },
    {
      id: 'before',
      label: 'Left out before',
      note: String(leftOut.reduce((sum, project) => sum + project.leftOut, 0)),
      isThere: leftOut.length > 0,
    },
  ];
  return tabs.filter(({ isThere }) => isThere);
}
