/** The tables and columns of a trace file, and whether every number in them names a row that is there. */
import * as v from 'valibot';
import { EVENT_KINDS, PRIORITY_CLASSES, type EventKind } from '../../resolver/events.ts';
import { OUTCOME_KINDS } from '../../resolver/outcome.ts';
import type { Trace, TraceTables } from '../../resolver/trace.ts';
import { MAX_TRACE_EVENTS } from './bounds.ts';

const text = v.pipe(v.string(), v.maxLength(100_000));
const integer = v.pipe(v.number(), v.integer(), v.minValue(-(2 ** 31)), v.maxValue(2 ** 31 - 1));
const column = v.pipe(v.array(integer), v.maxLength(MAX_TRACE_EVENTS));

export const tablesSchema = v.object({
  packages: v.array(v.object({ identifier: text, name: text })),
  requirements: v.array(
    v.object({
      package: integer,
      text,
      source: v.exactOptional(
        v.object({
          pane: v.picklist(['requirements', 'constraints', 'overrides', 'installed', 'pyproject']),
          line: integer,
        }),
      ),
      isConstraint: v.exactOptional(v.literal(true)),
    }),
  ),
  candidates: v.array(
    v.object({
      package: integer,
      version: text,
      label: text,
      origin: v.picklist(['index', 'installed', 'url', 'python', 'root']),
    }),
  ),
  causeLists: v.array(v.array(v.object({ requirement: integer, parent: integer }))),
  terms: v.array(v.object({ package: integer, isPositive: v.boolean(), range: text })),
  incompatibilities: v.array(
    v.object({
      terms: v.array(integer),
      reason: v.picklist(['root', 'no-versions', 'dependency', 'unavailable', 'derived']),
      causes: v.exactOptional(v.tuple([integer, integer])),
      detail: v.exactOptional(text),
    }),
  ),
});

export const eventsSchema = v.object({
  /** Names of kinds, by the numbers of `kind`. */
  kinds: v.pipe(v.array(text), v.maxLength(200)),
  kind: column,
  first: column,
  second: column,
  third: column,
});

/** What an operand is: a row of a table; `parent`, `causes`: a row or -1; how many there are; any number. */
type Operand = keyof TraceTables | 'parent' | 'causes' | 'any' | number;

const NONE = ['any', 'any', 'any'] as const;
const OPERANDS: Readonly<Record<EventKind, readonly [Operand, Operand, Operand]>> = {
  page: ['packages', 'any', 'any'],
  metadata: ['candidates', 'any', 'any'],
  backjump: ['any', 'any', 'causes'],
  conflict: ['causes', 'any', 'any'],
  done: [OUTCOME_KINDS.length, 'any', 'any'],
  round: NONE,
  require: ['requirements', 'parent', 'any'],
  pin: ['candidates', 'any', 'any'],
  reject: ['candidates', 'causes', 'any'],
  backtrack: ['candidates', 'any', 'any'],
  unpin: ['candidates', 'any', 'any'],
  rollback: NONE,
  'build-begin': ['candidates', 'any', 'any'],
  'build-end': ['candidates', OUTCOME_KINDS.length, 'any'],
  decide: ['candidates', 'any', 'any'],
  derive: ['terms', 'incompatibilities', 'any'],
  incompatibility: ['incompatibilities', 'any', 'any'],
  clash: ['incompatibilities', 'any', 'any'],
  learn: ['incompatibilities', 'any', 'any'],
  reprioritize: ['packages', PRIORITY_CLASSES.length, 'any'],
  restore: ['candidates', 'any', 'any'],
  fork: NONE,
  select: ['candidates', 'any', 'any'],
};

/** What is wrong, as the end of `the trace file …`; null for a trace whose numbers all lead somewhere. */
export function referenceFault(trace: Trace): string | null {
  return tableFault(trace) ?? eventFault(trace);
}

function isRow(row: number, table: readonly unknown[], least = 0): boolean {
  return row >= least && row < table.length;
}

function tableFault(trace: Trace): string | null {
  const { packages, requirements, candidates, causeLists, terms, incompatibilities } = trace;
  for (const rows of [requirements, candidates, terms])
    if (!rows.every((row) => isRow(row.package, packages))) return 'names a package that it does not list';
  for (const list of causeLists)
    if (!list.every((one) => isRow(one.requirement, requirements) && isRow(one.parent, candidates, -1)))
      return 'names a cause that it does not list';
  for (const [at, one] of incompatibilities.entries()) {
    if (!one.terms.every((row) => isRow(row, terms))) return 'names a term that it does not list';
    // What is derived comes after what it is derived from, so that a proof has an end.
    if (one.causes?.every((row) => row >= 0 && row < at) === false) return 'derives a clause from itself';
  }
  return null;
}

function eventFault(trace: Trace): string | null {
  for (let step = 0; step < trace.length; step++) {
    const kind = EVENT_KINDS[trace.kinds[step]!]!;
    const values = [trace.first[step]!, trace.second[step]!, trace.third[step]!];
    const isRight = OPERANDS[kind].every((operand, at) => isOperand(trace, operand, values[at]!));
    if (!isRight) return `names something at step ${step} that it does not list`;
  }
  return null;
}

function isOperand(trace: Trace, operand: Operand, value: number): boolean {
  if (operand === 'any') return true;
  if (operand === 'parent') return isRow(value, trace.candidates, -1);
  if (operand === 'causes') return isRow(value, trace.causeLists, -1);
  if (typeof operand === 'number') return value >= 0 && value < operand;
  return isRow(value, trace[operand]);
}
