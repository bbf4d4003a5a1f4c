/** The two short columns of the Steps table: what was done, and because of what. */
import { assertNever } from '../packaging/assert.ts';
import { type EventKind } from '../resolver/events.ts';
import { OUTCOME_KINDS } from '../resolver/outcome.ts';
import { eventAt, type Trace } from '../resolver/trace.ts';
import { causeClauses } from './cause-words.ts';
import { incompatibilityReason, learnedStatement } from './incompatibility-words.ts';
import { isSetAside, rejectClauses } from './step-context.ts';
import { count } from './words.ts';

const ACTION_WORDS: Readonly<Record<EventKind, string>> = {
  page: 'read versions',
  metadata: 'read needs',
  backjump: 'jumped back',
  conflict: 'conflict',
  done: 'ended',
  round: 'new round',
  require: 'asked for',
  pin: 'pinned',
  reject: 'skipped',
  backtrack: 'gave up',
  unpin: 'undone',
  restore: 'stands again',
  rollback: 'jump taken back',
  'build-begin': 'build begins',
  'build-end': 'build ends',
  select: 'tries',
  decide: 'pinned',
  derive: 'follows',
  incompatibility: 'noted',
  clash: 'conflict',
  learn: 'learned',
  reprioritize: 'reordered',
  fork: 'next part',
};

/** The word for the event at `step`; a run's last event says how it ended. */
export function actionForStep(trace: Trace, step: number): string {
  const event = eventAt(trace, step);
  if (event.kind === 'done') return OUTCOME_KINDS[event.outcome] ?? ACTION_WORDS.done;
  if (event.kind === 'unpin' && isSetAside(trace, step)) return 'kept';
  if (event.kind === 'backjump' && event.fromDepth - event.toDepth <= 1) return 'went back';
  return ACTION_WORDS[event.kind];
}

/** Because of what the event at `step` happened, as a clause without a full stop; '' where nothing causes it. */
export function becauseForStep(trace: Trace, step: number): string {
  const event = eventAt(trace, step);
  switch (event.kind) {
    case 'reject':
      return rejectClauses(trace, event);
    case 'require':
      return event.parent === -1 ? 'your list' : causeClauses(trace, [event], 1);
    case 'conflict':
    case 'backjump':
      return causeClauses(trace, trace.causeLists[event.causes] ?? [], 2);
    case 'rollback':
      return `the jump went too far; back to ${count(event.toDepth, 'choice')}`;
    case 'derive':
    case 'clash':
    case 'incompatibility':
      return incompatibilityReason(trace, event.incompatibility);
    case 'learn':
      return learnedStatement(trace, event.incompatibility);
    case 'page':
    case 'metadata':
    case 'done':
    case 'round':
    case 'pin':
    case 'backtrack':
    case 'unpin':
    case 'restore':
    case 'build-begin':
    case 'build-end':
    case 'decide':
    case 'select':
    case 'reprioritize':
    case 'fork':
      return '';
    default:
      return assertNever(event);
  }
}
