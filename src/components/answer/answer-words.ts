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
  if (kind === 'stopped' || kind === 'incomplete' || kind === 'invalid' || kind === 'wrong-answer')
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
