/** A page on which nothing is asked for yet: not an answer, but a place for examples. */
import type { RunSummary } from '../core/headless/resolver-service.ts';

/** Heading and what is heard. */
export const NOTHING_ASKED = 'Nothing is asked for yet';

/** Whether the run was of a text without a line that asks for anything: blank, or comments alone. */
export function isNothingAsked({ outcome, problem }: Pick<RunSummary, 'outcome' | 'problem'>): boolean {
  const isBlank = problem.requirements.split('\n').every((line) => /^\s*(?:#|$)/u.test(line));
  return isBlank && outcome.kind === 'solved' && outcome.pins.length === 0;
}
