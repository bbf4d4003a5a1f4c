/**
 * The first answer, at once and from the run alone: what the tool itself blames, and no claim beyond that. The checked
 * answer (`explainRun`) comes after it and replaces it.
 */
import { assertNever } from '../packaging/assert.ts';
import type { Outcome } from '../resolver/outcome.ts';
import type { Cause, LineSource } from '../resolver/trace.ts';
import { causeClause, distinctCauses } from './cause-words.ts';
import { toolText, refusalClause, type EndedRun } from './ended-run.ts';
import { makeExplanation, type Explanation } from './explanation.ts';
import { linesOfCauses } from './named-causes.ts';
import { incompatibilityProof } from './proof-steps.ts';
import { solvedExplanation } from './solved-explanation.ts';
import { toolNotes } from './tool-notes.ts';
import {
  incompleteExplanation,
  invalidExplanation,
  stoppedExplanation,
  refusedExplanation,
} from './unfinished-explanation.ts';
import { lineNames, listOf, SENTENCE_WORDS, wordCount } from './words.ts';

/** An explanation without any check; never slower than a pass over the trace. */
export function quickExplanation(run: EndedRun): Explanation {
  return withRefusal(run, outcomeExplanation(run));
}

/** Says before anything else that the tool would not have begun, where that is so. */
export function withRefusal(run: EndedRun, explanation: Explanation): Explanation {
  const refusal = refusalClause(run);
  if (refusal === null) return explanation;
  if (explanation.kind === 'invalid')
    return run.message === '' ? refusedExplanation(run, refusal) : explanation;
  const remark = `${run.tool} would refuse these texts: ${refusal}. The answer is for the other lines.`;
  return { ...explanation, remarks: [remark, ...explanation.remarks] };
}

function outcomeExplanation(run: EndedRun): Explanation {
  const { outcome } = run;
  switch (outcome.kind) {
    case 'solved':
      return solvedExplanation(run, outcome);
    case 'unsolvable':
      return blamed(run, outcome);
    case 'stopped':
      return stoppedExplanation(run, outcome);
    case 'incomplete':
      return incompleteExplanation(run, outcome.missing);
    case 'invalid':
      return invalidExplanation(run);
    default:
      return assertNever(outcome);
  }
}

function blamed(run: EndedRun, outcome: Extract<Outcome, { kind: 'unsolvable' }>): Explanation {
  const { trace, message } = run;
  const causes = outcome.causes === undefined ? [] : (trace.causeLists[outcome.causes] ?? []);
  return makeExplanation({
    kind: 'conflict',
    sentence: blameSentence(run, causes, linesOfCauses(trace, causes)),
    lines: linesOfCauses(trace, causes),
    proof: outcome.incompatibility === undefined ? [] : incompatibilityProof(trace, outcome.incompatibility),
    tool: toolText(run, toolNotes(message)),
  });
}

/** Causes that are named one by one. */
const NAMED_CAUSES = 3;

/** The first causes, as many as 40 words hold, and how many more there are. */
function blameSentence(run: EndedRun, causes: readonly Cause[], lines: readonly LineSource[]): string {
  const lead = `${run.tool} finds no way${lines.length === 0 ? '' : ` to meet ${lineNames(lines)}`}`;
  const distinct = distinctCauses(run.trace, causes);
  const clauses = distinct.map((cause) => causeClause(run.trace, cause));
  for (let shown = Math.min(clauses.length, NAMED_CAUSES); shown > 0; shown -= 1) {
    const rest = clauses.length - shown;
    const parts = rest === 0 ? clauses : [...clauses.slice(0, shown), `${rest} more`];
    const sentence = `${lead}: ${listOf(parts)}.`;
    if (wordCount(sentence) <= SENTENCE_WORDS) return sentence;
  }
  return lines.length === 0 || wordCount(lead) >= SENTENCE_WORDS
    ? `${run.tool} finds no way to satisfy all lines.`
    : `${lead}.`;
}
