/** The read side of a trace that arrives in pieces: the page's copy of what the worker records. */
import { assert } from '../packaging/assert.ts';
import type {
  CandidateRow,
  Cause,
  IncompatibilityRow,
  PackageRow,
  RequirementRow,
  TermRow,
  Trace,
  TraceChunk,
} from '../resolver/trace.ts';

const FIRST_CAPACITY = 1_024;

/**
 * A trace assembled from chunks, in order. The same object grows: what is derived from it (the search tree, the
 * step index) is extended, not rebuilt. Columns are longer than `length`.
 */
export class GrowingTrace implements Trace {
  length = 0;
  unrecorded = 0;
  kinds = new Uint8Array(FIRST_CAPACITY);
  first = new Int32Array(FIRST_CAPACITY);
  second = new Int32Array(FIRST_CAPACITY);
  third = new Int32Array(FIRST_CAPACITY);
  readonly packages: PackageRow[] = [];
  readonly requirements: RequirementRow[] = [];
  readonly candidates: CandidateRow[] = [];
  readonly causeLists: (readonly Cause[])[] = [];
  readonly terms: TermRow[] = [];
  readonly incompatibilities: IncompatibilityRow[] = [];

  /** Chunks must arrive in order and without gaps. */
  appendChunk(chunk: TraceChunk): void {
    assert(chunk.start === this.length, `chunk at ${chunk.start} does not follow step ${this.length}`);
    this.#reserve(chunk.start + chunk.length);
    this.kinds.set(chunk.kinds, chunk.start);
    this.first.set(chunk.first, chunk.start);
    this.second.set(chunk.second, chunk.start);
    this.third.set(chunk.third, chunk.start);
    append(this.packages, chunk.rows.packages);
    append(this.requirements, chunk.rows.requirements);
    append(this.candidates, chunk.rows.candidates);
    append(this.causeLists, chunk.rows.causeLists);
    append(this.terms, chunk.rows.terms);
    append(this.incompatibilities, chunk.rows.incompatibilities);
    this.length = chunk.start + chunk.length;
    this.unrecorded = chunk.unrecorded;
  }

  #reserve(length: number): void {
    if (length <= this.kinds.length) return;
    const capacity = Math.max(length, this.kinds.length * 2);
    const kinds = new Uint8Array(capacity);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.first = enlarged(this.first, capacity);
    this.second = enlarged(this.second, capacity);
    this.third = enlarged(this.third, capacity);
  }
}

function enlarged(column: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(capacity);
  bigger.set(column);
  return bigger;
}

// Not `push(...rows)`: a chunk can bring more rows than a call takes arguments.
function append<Row>(table: Row[], rows: readonly Row[]): void {
  for (const row of rows) table.push(row);
}
