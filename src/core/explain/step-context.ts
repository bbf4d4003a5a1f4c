/** What a sentence needs to know besides its own event: events next to it, and which causes to name. */
import type { TraceEvent } from '../resolver/events.ts';
import { NO_PARENT } from '../resolver/events.ts';
import { isKind, type Cause, type Trace } from '../resolver/trace.ts';
import { causeClause, distinctCauses, type TraceNames } from './cause-words.ts';

/** Events are looked at this far; sentences are made while scrolling and have to stay cheap. */
const REACH = 64;

type Reject = Extract<TraceEvent, { kind: 'reject' }>;

/** Why a candidate was skipped: what it needs, and the first thing that stands against it. */
export function rejectClauses(trace: TraceNames, event: Reject): string {
  const causes = distinctCauses(trace, trace.causeLists[event.causes] ?? []);
  const own = causes.filter(({ parent }) => parent === event.candidate);
  const others = causes.filter(({ parent }) => parent !== event.candidate);
  const needs = own.at(-1);
  if (needs === undefined) return restClauses(trace, others, 'it does not fit');
  const need = causeClause(trace, needs, 'it');
  if (others.length === 0) return `${need}, and ${limitOf(trace, needs)}`;
  return `${need}, but ${restClauses(trace, others, '')}`;
}

function restClauses(trace: TraceNames, causes: readonly Cause[], fallback: string): string {
  const first = causes[0];
  if (first === undefined) return fallback;
  const clause = causeClause(trace, first);
  return causes.length === 1 ? clause : `${clause} (and ${causes.length - 1} more)`;
}

/** Nothing but the candidate's own need stands in the criterion: a constraint, or the index, has the last word. */
function limitOf(trace: TraceNames, cause: Cause): string {
  const identifier = trace.requirements[cause.requirement]?.package;
  const constraint = trace.requirements.findIndex(
    (row) => row.isConstraint === true && row.package === identifier,
  );
  return constraint === -1
    ? 'there is no version of it left to try'
    : causeClause(trace, { requirement: constraint, parent: NO_PARENT });
}

/** The package whose candidates were skipped just before a conflict; null when that cannot be seen. */
export function stuckPackage(trace: Trace, step: number): number | null {
  for (let at = step - 1; at >= Math.max(0, step - REACH); at -= 1) {
    if (isKind(trace, at, 'reject')) return trace.candidates[trace.first[at]!]?.package ?? null;
    if (isKind(trace, at, 'round') || isKind(trace, at, 'pin')) return null;
  }
  return null;
}

/** Candidates whose `unpin` stands next to a backjump, last pinned first; at most `limit`. */
export function undoneBeside(trace: Trace, step: number, limit: number): readonly number[] {
  const before: number[] = [];
  for (let at = step - 1; at >= 0 && before.length < limit && isKind(trace, at, 'unpin'); at -= 1)
    before.unshift(trace.first[at]!);
  if (before.length > 0) return before;
  const after: number[] = [];
  for (let at = step + 1; at < trace.length && after.length < limit && isKind(trace, at, 'unpin'); at += 1)
    after.push(trace.first[at]!);
  return after;
}

/** Whether an `unpin` undoes nothing: uv goes on with another part of the environments, and the pin stands in its own. */
export function isSetAside(trace: Trace, step: number): boolean {
  let at = step;
  while (at < trace.length && isKind(trace, at, 'unpin')) at += 1;
  return at < trace.length && isKind(trace, at, 'fork');
}
