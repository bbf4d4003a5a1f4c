/** Which steps name which package: for "next event of the same package", filters and search. */
import { EVENT_CODE, EVENT_KINDS } from '../resolver/events.ts';
import type { Trace } from '../resolver/trace.ts';
import { NONE } from './search-tree.ts';

/** What the first operand of each kind of event names. */
type Operand = 'candidate' | 'requirement' | 'package' | 'term' | 'none';

const FIRST_OPERAND: readonly Operand[] = EVENT_KINDS.map((kind) => {
  switch (kind) {
    case 'page':
    case 'reprioritize':
      return 'package';
    case 'metadata':
    case 'pin':
    case 'reject':
    case 'backtrack':
    case 'unpin':
    case 'restore':
    case 'build-begin':
    case 'build-end':
    case 'decide':
    case 'select':
      return 'candidate';
    case 'require':
      return 'requirement';
    case 'derive':
      return 'term';
    default:
      return 'none';
  }
});

/** Row of the candidate that an event is about; `NONE` when it is about none. */
export function candidateOfStep(trace: Trace, step: number): number {
  return FIRST_OPERAND[trace.kinds[step]!] === 'candidate' ? trace.first[step]! : NONE;
}

/** Row of the package that an event is about; `NONE` when it is about none or about several. */
export function packageOfStep(trace: Trace, step: number): number {
  const first = trace.first[step]!;
  switch (FIRST_OPERAND[trace.kinds[step]!]) {
    case 'candidate':
      return trace.candidates[first]!.package;
    case 'requirement':
      return trace.requirements[first]!.package;
    case 'package':
      return first;
    case 'term':
      return trace.terms[first]!.package;
    default:
      return NONE;
  }
}

/** 1 for kinds of events that change the picture's tree, by column code. */
export const IS_CHANGE: Uint8Array = Uint8Array.from(EVENT_KINDS, (kind) => {
  switch (kind) {
    case 'pin':
    case 'decide':
    case 'reject':
    case 'unpin':
    case 'restore':
    case 'conflict':
    case 'clash':
    case 'learn':
    case 'backjump':
    case 'rollback':
    case 'fork':
    case 'build-begin':
    case 'build-end':
    case 'done':
      return 1;
    default:
      return 0;
  }
});

/**
 * 1 for kinds of events at which a search decides or learns that it cannot go on, by column code: what a reader steps
 * through. What follows of itself (taking pins back, deriving, reading pages) is passed by.
 */
export const IS_DECISION: Uint8Array = Uint8Array.from(EVENT_KINDS, (kind) => {
  switch (kind) {
    case 'pin':
    case 'decide':
    case 'reject':
    case 'restore':
    case 'conflict':
    case 'clash':
    case 'learn':
    case 'backtrack':
    case 'backjump':
    case 'rollback':
    case 'fork':
    case 'build-begin':
    case 'done':
      return 1;
    default:
      return 0;
  }
});

/** 1 for kinds of events that are conflicts, by column code. */
export const IS_CONFLICT: Uint8Array = Uint8Array.from(EVENT_KINDS, (kind) =>
  kind === 'conflict' || kind === 'clash' ? 1 : 0,
);

/** What of a trace is listed, stepped through and played. */
export interface StepFilter {
  readonly show: 'all' | 'changes' | 'conflicts';
  /** Row of `packages`; `NONE` for all. */
  readonly package: number;
  /** Part of a package's name, of a version or of a requirement; '' for all. Letter case does not matter. */
  readonly text: string;
}

export const NO_FILTER: StepFilter = { show: 'all', package: NONE, text: '' };

/** The steps that pass a filter, ascending; null when all do. Linear in the trace, tables are searched once. */
export function filterSteps(trace: Trace, filter: StepFilter): Int32Array | null {
  if (filter.show === 'all' && filter.package === NONE && filter.text === '') return null;
  const passes = stepTest(trace, filter);
  const steps = new Int32Array(trace.length);
  let count = 0;
  for (let step = 0; step < trace.length; step++) {
    if (passes(step)) steps[count++] = step;
  }
  return steps.slice(0, count);
}

/** Whether single steps pass a filter. */
export function stepTest(trace: Trace, filter: StepFilter): (step: number) => boolean {
  const kinds = filter.show === 'changes' ? IS_CHANGE : filter.show === 'conflicts' ? IS_CONFLICT : null;
  const matches = textTest(trace, filter.text);
  return (step) =>
    (kinds === null || kinds[trace.kinds[step]!] === 1) &&
    (filter.package === NONE || packageOfStep(trace, step) === filter.package) &&
    (matches === null || matches(step));
}

function textTest(trace: Trace, text: string): ((step: number) => boolean) | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  const found = (value: string): number => (value.toLowerCase().includes(wanted) ? 1 : 0);
  const packages = Uint8Array.from(trace.packages, (row) => found(row.identifier));
  const candidates = Uint8Array.from(trace.candidates, (row) => found(row.label));
  const requirements = Uint8Array.from(trace.requirements, (row) => found(row.text));
  return (step) => {
    const packageRow = packageOfStep(trace, step);
    if (packageRow !== NONE && packages[packageRow] === 1) return true;
    const candidate = candidateOfStep(trace, step);
    if (candidate !== NONE) return candidates[candidate] === 1;
    return trace.kinds[step] === EVENT_CODE.require && requirements[trace.first[step]!] === 1;
  };
}
