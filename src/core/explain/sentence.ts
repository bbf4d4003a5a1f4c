/**
 * One sentence for each step of the search: what happened and because of what, in the present tense and without
 * jargon. Skipping a candidate, undoing a choice and jumping back over choices never share a word.
 */
import { assertNever } from '../packaging/assert.ts';
import { PRIORITY_CLASSES, type TraceEvent } from '../resolver/events.ts';
import { OUTCOME_KINDS, type Outcome } from '../resolver/outcome.ts';
import { eventAt, type Cause, type Trace } from '../resolver/trace.ts';
import { candidateName, causeClause, causeClauses, packageName } from './cause-words.ts';
import { incompatibilityStatement, learnedStatement, termName } from './incompatibility-words.ts';
import { isSetAside, rejectClauses, stuckPackage, undoneBeside } from './step-context.ts';
import { capitalized, code, count, ordinal, SENTENCE_WORDS, shortListOf } from './words.ts';

const OUTCOME_SENTENCE: Readonly<Record<Outcome['kind'], string>> = {
  solved: 'Done: everything that is asked for fits together.',
  unsolvable: 'Done: there is no way to satisfy all lines.',
  stopped: 'Stopped before the search came to an end.',
  incomplete: 'Stopped: what is needed next is not recorded here.',
  invalid: 'Stopped: the input cannot be used as it is.',
};

/** A tool that takes the first version it finds never looks back (pip's legacy resolver). */
const BROKEN_SENTENCE = 'Done: each package has a version, but they do not all fit together.';

/** The sentence for the event at `step`, about 30 words at most, ending in a full stop. */
export function sentenceForStep(trace: Trace, step: number): string {
  const event = eventAt(trace, step);
  const sentence = eventSentence(trace, step, event);
  return capitalized(sentence);
}

function eventSentence(trace: Trace, step: number, event: TraceEvent): string {
  switch (event.kind) {
    case 'page':
      return `Read the list of versions of ${code(packageName(trace, event.package))}.`;
    case 'metadata':
      return `Read what ${candidateName(trace, event.candidate)} needs.`;
    case 'round':
      return `Round ${(event.index + 1).toLocaleString('en-US')}: looks for the next package to choose.`;
    case 'require':
      return `${causeClause(trace, { requirement: event.requirement, parent: event.parent })}.`;
    case 'pin':
      return pinSentence(trace, event.candidate);
    case 'reject':
      return `Skipped ${candidateName(trace, event.candidate)}: ${rejectClauses(trace, event)}.`;
    case 'backtrack':
      return `Undid the choice of ${candidateName(trace, event.candidate)}: it leads nowhere, so it is not tried again here.`;
    case 'unpin':
      if (isSetAside(trace, step))
        return `${candidateName(trace, event.candidate)} stays for the part that is solved, and is left out of the next.`;
      return `Undid the choice of ${candidateName(trace, event.candidate)}.`;
    case 'restore':
      return `${candidateName(trace, event.candidate)} stands again: the search is back where it was chosen.`;
    case 'backjump':
      return backjumpSentence(trace, step, event);
    case 'rollback':
      return `The jump went too far. pip returns to ${placeOfChoice(event.toDepth)} and undoes one choice at a time.`;
    case 'fork': {
      const from = event.toDepth === 0 ? 'the beginning' : `where ${count(event.toDepth, 'choice')} stood`;
      return `Solved for a part of the environments. The search goes on for another part, from ${from}.`;
    }
    case 'conflict':
      return conflictSentence(trace, step, event.causes);
    case 'done':
      if (event.broken > 0) return BROKEN_SENTENCE;
      return OUTCOME_SENTENCE[OUTCOME_KINDS[event.outcome] ?? 'stopped'];
    case 'build-begin':
      return `Works out separately what is needed to build ${candidateName(trace, event.candidate)}.`;
    case 'build-end':
      return buildEndSentence(trace, event);
    default:
      return pubgrubSentence(trace, event);
  }
}

/** Where a rollback ends: at the beginning, or where so many choices stood. */
function placeOfChoice(depth: number): string {
  return depth === 0 ? 'the beginning' : `its ${ordinal(depth)} choice`;
}

function pinSentence(trace: Trace, candidate: number): string {
  const name = candidateName(trace, candidate);
  return trace.candidates[candidate]?.origin === 'python'
    ? `Settled on ${name}: every need for a version of Python so far holds.`
    : `Pinned ${name}: what it needs fits what is chosen so far.`;
}

type PubgrubEvent = Extract<
  TraceEvent,
  { kind: 'select' | 'decide' | 'derive' | 'incompatibility' | 'clash' | 'learn' | 'reprioritize' }
>;

function pubgrubSentence(trace: Trace, event: PubgrubEvent): string {
  switch (event.kind) {
    case 'decide':
      return trace.candidates[event.candidate]?.origin === 'root'
        ? 'Begins with what you ask for.'
        : event.isRestored
          ? `${candidateName(trace, event.candidate)} stands again, as it was pinned before.`
          : `Pinned ${candidateName(trace, event.candidate)}.`;
    case 'select':
      return `Tries ${candidateName(trace, event.candidate)}: the best version in what is left.`;
    case 'derive':
      return deriveSentence(trace, event.term, event.incompatibility);
    case 'incompatibility':
      return `Noted: ${incompatibilityStatement(trace, event.incompatibility)}.`;
    case 'clash':
      return `Conflict with what is pinned so far: ${incompatibilityStatement(trace, event.incompatibility)}.`;
    case 'learn':
      return `Learned: ${learnedStatement(trace, event.incompatibility, SENTENCE_WORDS)}.`;
    case 'reprioritize':
      return reprioritizeSentence(trace, event);
    default:
      return assertNever(event);
  }
}

function deriveSentence(trace: Trace, termRow: number, incompatibility: number): string {
  const term = trace.terms[termRow]!;
  const name = termName(trace, term);
  const because = incompatibilityStatement(trace, incompatibility);
  return `${term.isPositive ? `${name} has to be chosen` : `${name} is ruled out`}, because ${because}.`;
}

function reprioritizeSentence(
  trace: Trace,
  { package: row, priority }: Extract<TraceEvent, { kind: 'reprioritize' }>,
): string {
  const name = code(packageName(trace, row));
  switch (PRIORITY_CLASSES[priority]) {
    case 'conflict-early':
      return `${name} is chosen earlier from now on, because its versions keep being ruled out.`;
    case 'conflict-late':
      return `${name} is chosen later from now on, because it keeps ruling out others.`;
    case 'singleton':
      return `${name} is chosen early, because exactly one version is asked for.`;
    case 'direct-url':
      return `${name} is chosen early, because an address is given for it.`;
    default:
      return `${name} gets another place in the order of choosing.`;
  }
}

function backjumpSentence(
  trace: Trace,
  step: number,
  event: Extract<TraceEvent, { kind: 'backjump' }>,
): string {
  const jumped = Math.max(0, event.fromDepth - event.toDepth);
  const undone = undoneBeside(trace, step, jumped);
  const because = causesWords(trace, event.causes);
  const names =
    undone.length === 0
      ? ''
      : ` (${shortListOf(
          undone.map((candidate) => candidateName(trace, candidate)),
          2,
        )})`;
  if (jumped <= 1) return `Went back one choice${names}${because}.`;
  return `Jumped back over ${count(jumped, 'choice')}${names}${because}.`;
}

/** `, because …` for a cause list; PubGrub's backjumps have none. */
function causesWords(trace: Trace, row: number): string {
  const causes: readonly Cause[] = trace.causeLists[row] ?? [];
  return causes.length === 0 ? '' : `, because ${causeClauses(trace, causes, 2)}`;
}

function conflictSentence(trace: Trace, step: number, causes: number): string {
  const stuck = stuckPackage(trace, step);
  const because = causesWords(trace, causes);
  if (stuck === null) return `Conflict: these requirements cannot all hold${because}.`;
  return `Conflict: no version of ${code(packageName(trace, stuck))} that is left works${because}.`;
}

function buildEndSentence(trace: Trace, event: Extract<TraceEvent, { kind: 'build-end' }>): string {
  const name = candidateName(trace, event.candidate);
  return OUTCOME_KINDS[event.outcome] === 'solved'
    ? `What is needed to build ${name} fits together.`
    : `What is needed to build ${name} cannot be had.`;
}
