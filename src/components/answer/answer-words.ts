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
export type AnswerPart =
  | 'lock'
  | 'fixes'
  | 'chains'
  | 'pythons'
  | 'surprises'
  | 'caps'
  | 'pins'
  | 'proof'
  | 'tool'
  | 'check'
  | 'faster'
  | 'before';

export interface AnswerPartLabel {
  readonly id: AnswerPart;
  /** What its button says. */
  readonly label: string;
  /** What it is, read by itself. */
  readonly name: string;
  /** How much is inside; '' where that says nothing. */
  readonly note: string;
}

/** The parts that have something in them. */
export function answerParts(
  explanation: Explanation,
  pins: number,
  tool: string,
  isLock = false,
): readonly AnswerPartLabel[] {
  const {
    kind,
    fixes,
    chains,
    clash,
    surprises,
    caps,
    proof,
    leftOut,
    tool: text,
    check,
    pythons,
    faster,
  } = explanation;
  const left = leftOut.reduce((sum, project) => sum + project.leftOut, 0);
  const isPinned = kind === 'solved' || kind === 'broken';
  const part = (
    id: AnswerPart,
    label: string,
    isThere: boolean,
    note: string | number = '',
    name = label,
  ) => ({
    id,
    label,
    name,
    note: String(note),
    isThere,
  });
  return [
    fixes.length > 1
      ? part('fixes', `${fixes.length - 1} more`, true, '', 'Changes that work')
      : part('fixes', 'What the change does', fixes.length > 0, '', 'Changes that work'),
    part('faster', 'Faster', faster.length > 0, faster.length, 'The same in less search'),
    part('chains', 'Why', clash !== null && chains.length > 0, '', 'How the lines clash'),
    part('pythons', 'Pythons', pythons !== undefined, '', 'Which Pythons can be had'),
    part('lock', 'Lock', isLock, '', 'What is locked, and where it is installed'),
    part('pins', isPinned ? 'Packages' : 'Chosen when it stopped', pins > 0, pins),
    part('surprises', 'Worth a second look', surprises.length > 0, surprises.length),
    part('caps', 'Why not newer', caps.length > 0, caps.length, 'Why each pin is not the newest'),
    part('proof', 'Proof', proof.length > 0, count(proof.length, 'step')),
    part(
      'tool',
      `What ${tool} prints`,
      text.text !== '',
      text.notes.length > 0 ? count(text.notes.length, 'note') : '',
    ),
    part(
      'check',
      'What pip check prints',
      check !== null,
      check === null || check.problems === 0 ? '' : check.problems,
    ),
    part('before', 'Filtered out first', leftOut.length > 0, left),
  ].filter(({ isThere }) => isThere);
}
