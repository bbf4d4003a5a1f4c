/**
 * The trace of a run: append-only typed-array columns (one byte of kind and three 32-bit operands an event, 13 bytes)
 * and tables of the things that events name. It leaves the worker in chunks whose buffers are transferred.
 *
 *   kinds   [ require | require | round | require | pin | … ]      Uint8Array
 *   first   [   req 0 |   req 1 |     0 |   req 2 | cand 0 | … ]   Int32Array, meaning by kind
 *   second  [  parent |  parent |       | cand 0  |        | … ]
 *   third   [ … ]
 *
 * `eventAt` makes a readable object on demand; nothing keeps one object an event.
 */
import { assert, assertNever } from '../packaging/assert.ts';
import { EVENT_CODE, EVENT_KINDS, type TraceEvent } from './events.ts';

/** Where a line of the user's stands: which pane, and which line (1-based). */
export interface LineSource {
  readonly pane: 'requirements' | 'constraints' | 'overrides' | 'installed' | 'pyproject';
  readonly line: number;
}

/** A package in the sense of the search: `flask`, `flask[async]`, `<Python from Requires-Python>`, uv's `Root`. */
export interface PackageRow {
  /** The identifier, for people. */
  readonly identifier: string;
  /** Normalised project name; '' for packages that are no projects (Python, root). */
  readonly name: string;
}

/** A requirement as the engine's tool prints it. */
export interface RequirementRow {
  /** Row of `packages`. */
  readonly package: number;
  readonly text: string;
  /** The user's line that asks for it; absent for what candidates bring. */
  readonly source?: LineSource;
  /** Set for limits of a constraints file, which ask for nothing by themselves. */
  readonly isConstraint?: true;
}

/** One package at one version (with extras) that could be chosen. */
export interface CandidateRow {
  /** Row of `packages`. */
  readonly package: number;
  /** '' for candidates without a version. */
  readonly version: string;
  /** As recordings spell it: `name==version`, `name[extras]==version`, `<Python 3.11.7>`. */
  readonly label: string;
  readonly origin: 'index' | 'installed' | 'url' | 'python' | 'root';
}

/** One statement on one package: it is (positive) or is not (negative) in `range`, or not chosen at all. */
export interface TermRow {
  readonly package: number;
  readonly isPositive: boolean;
  /** The range as the engine's tool prints it, without the name: `>=1,<2`, `==1.0`, `*`. */
  readonly range: string;
}

/** A set of terms that must not all hold. */
export interface IncompatibilityRow {
  /** Rows of `terms`. */
  readonly terms: readonly number[];
  readonly reason: 'root' | 'no-versions' | 'dependency' | 'unavailable' | 'derived';
  /** Rows of `incompatibilities`, for `derived`. */
  readonly causes?: readonly [number, number];
  /** For `unavailable`: the engine's wording (`yanked`, `no wheels with a matching platform tag`). */
  readonly detail?: string;
}

/** One requirement with the candidate that brought it: resolvelib's "requirement information". */
export interface Cause {
  /** Row of `requirements`. */
  readonly requirement: number;
  /** Row of `candidates`, or `NO_PARENT`. */
  readonly parent: number;
}

export interface TraceTables {
  readonly packages: readonly PackageRow[];
  readonly requirements: readonly RequirementRow[];
  readonly candidates: readonly CandidateRow[];
  readonly causeLists: readonly (readonly Cause[])[];
  readonly terms: readonly TermRow[];
  readonly incompatibilities: readonly IncompatibilityRow[];
}

export const TABLE_NAMES = [
  'packages',
  'requirements',
  'candidates',
  'causeLists',
  'terms',
  'incompatibilities',
] as const satisfies readonly (keyof TraceTables)[];

/** A finished trace, or one that still grows: `length` events, all columns at least that long. */
export interface Trace extends TraceTables {
  readonly length: number;
  readonly kinds: Uint8Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly third: Int32Array;
  /** Events that happened but were not recorded, because the trace was full. */
  readonly unrecorded: number;
}

/** A piece of a trace on its way: events from `start`, and the table rows added since the piece before. */
export interface TraceChunk {
  readonly start: number;
  readonly length: number;
  readonly kinds: Uint8Array<ArrayBuffer>;
  readonly first: Int32Array<ArrayBuffer>;
  readonly second: Int32Array<ArrayBuffer>;
  readonly third: Int32Array<ArrayBuffer>;
  readonly rows: TraceTables;
  readonly unrecorded: number;
}

/** The event at a step, as an object. Step must be inside the trace. */
export function eventAt(trace: Trace, step: number): TraceEvent {
  assert(step >= 0 && step < trace.length, `step ${step} is outside a trace of ${trace.length}`);
  const first = trace.first[step]!;
  const second = trace.second[step]!;
  const third = trace.third[step]!;
  const kind = EVENT_KINDS[trace.kinds[step]!]!;
  switch (kind) {
    case 'page':
      return { kind, package: first };
    case 'metadata':
    case 'pin':
    case 'unpin':
    case 'restore':
    case 'backtrack':
    case 'select':
    case 'build-begin':
      return { kind, candidate: first };
    case 'build-end':
      return { kind, candidate: first, outcome: second };
    case 'backjump':
      return { kind, fromDepth: first, toDepth: second, causes: third };
    case 'rollback':
    case 'fork':
      return { kind, fromDepth: first, toDepth: second };
    case 'conflict':
      return { kind, causes: first };
    case 'done':
      return { kind, outcome: first, broken: second };
    case 'round':
      return { kind, index: first };
    case 'require':
      return { kind, requirement: first, parent: second };
    case 'reject':
      return { kind, candidate: first, causes: second };
    case 'decide':
      return { kind, candidate: first, level: second, isRestored: third === 1 };
    case 'derive':
      return { kind, term: first, incompatibility: second, level: third };
    case 'incompatibility':
    case 'clash':
    case 'learn':
      return { kind, incompatibility: first };
    case 'reprioritize':
      return { kind, package: first, priority: second };
    default:
      return assertNever(kind);
  }
}

/** Whether the event at a step is of this kind, without making an object. */
export function isKind(trace: Trace, step: number, kind: TraceEvent['kind']): boolean {
  return trace.kinds[step] === EVENT_CODE[kind];
}
