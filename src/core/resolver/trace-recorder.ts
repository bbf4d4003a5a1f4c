/**
 * The write side of a trace. Engines call `record` with plain operands (no event objects on the hot path) and intern
 * what events name through `rows`. Full blocks are handed to `onChunk` while the run goes on, if anybody listens.
 */
import { EVENT_CODE, type EventKind } from './events.ts';
import type { SearchChoice } from './pip/preference-parts.ts';
import {
  TABLE_NAMES,
  type CandidateRow,
  type Cause,
  type IncompatibilityRow,
  type PackageRow,
  type RequirementRow,
  type TermRow,
  type Trace,
  type TraceChunk,
  type TraceTables,
} from './trace.ts';

/** Events recorded at most; beyond that the run goes on, counting (architecture.md section 4). */
export const MAX_RECORDED_EVENTS = 4_000_000;

/** The first chunk is small, so that a slow run shows something soon; each further one may double, up to the last. */
const FIRST_CHUNK_EVENTS = 512;
const CHUNK_EVENTS = 32_768;
const FIRST_CAPACITY = 1_024;

export interface TraceRecorderOptions {
  readonly maxEvents?: number;
  /** Called with every full chunk, and with the rest by `flush`. */
  readonly onChunk?: (chunk: TraceChunk) => void;
  /** Called before each choice of the package that is next (pip's search). Costs time; for telling why. */
  readonly onChoice?: ((choice: SearchChoice) => void) | undefined;
  /** Whether engines keep what their tool would print of its search; it does by default. */
  readonly keepsLog?: boolean;
}

export class TraceRecorder implements Trace {
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
  /** Events by kind code, recorded or not: metrics read these. */
  readonly counts = new Float64Array(32);

  readonly onChoice: ((choice: SearchChoice) => void) | undefined;
  readonly keepsLog: boolean;
  readonly #maxEvents: number;
  readonly #onChunk: ((chunk: TraceChunk) => void) | undefined;
  #sentEvents = 0;
  readonly #sentRows: Record<keyof TraceTables, number> = {
    packages: 0,
    requirements: 0,
    candidates: 0,
    causeLists: 0,
    terms: 0,
    incompatibilities: 0,
  };

  constructor(options: TraceRecorderOptions = {}) {
    this.#maxEvents = options.maxEvents ?? MAX_RECORDED_EVENTS;
    this.#onChunk = options.onChunk;
    this.onChoice = options.onChoice;
    this.keepsLog = options.keepsLog ?? true;
  }

  /** Appends an event; operands mean what `eventAt` reads. */
  record(kind: EventKind, first = 0, second = 0, third = 0): void {
    const code = EVENT_CODE[kind];
    this.counts[code]! += 1;
    const step = this.length;
    if (step >= this.#maxEvents && kind !== 'done') {
      this.unrecorded += 1;
      return;
    }
    if (step === this.kinds.length) this.#grow();
    this.kinds[step] = code;
    this.first[step] = first;
    this.second[step] = second;
    this.third[step] = third;
    this.length = step + 1;
    if (this.#onChunk && this.length - this.#sentEvents >= this.#chunkEvents()) this.flush();
  }

  /** Whether anybody is to read what the run did: of trials only the outcome counts. */
  get isRead(): boolean {
    return this.#maxEvents > 0;
  }

  #chunkEvents(): number {
    return Math.min(CHUNK_EVENTS, Math.max(FIRST_CHUNK_EVENTS, this.#sentEvents));
  }

  /** How many events of this kind happened, recorded or not. */
  count(kind: EventKind): number {
    return this.counts[EVENT_CODE[kind]]!;
  }

  addPackage(row: PackageRow): number {
    return this.packages.push(row) - 1;
  }

  addRequirement(row: RequirementRow): number {
    return this.requirements.push(row) - 1;
  }

  addCandidate(row: CandidateRow): number {
    return this.candidates.push(row) - 1;
  }

  addCauses(causes: readonly Cause[]): number {
    return this.causeLists.push(causes) - 1;
  }

  addTerm(row: TermRow): number {
    return this.terms.push(row) - 1;
  }

  addIncompatibility(row: IncompatibilityRow): number {
    return this.incompatibilities.push(row) - 1;
  }

  /** Hands over what has not been handed over yet. Does nothing without a listener. */
  flush(): void {
    if (!this.#onChunk) return;
    const start = this.#sentEvents;
    const end = this.length;
    this.#sentEvents = end;
    this.#onChunk({
      start,
      length: end - start,
      kinds: this.kinds.slice(start, end),
      first: this.first.slice(start, end),
      second: this.second.slice(start, end),
      third: this.third.slice(start, end),
      rows: this.#newRows(),
      unrecorded: this.unrecorded,
    });
  }

  #newRows(): TraceTables {
    const rows: Partial<Record<keyof TraceTables, readonly unknown[]>> = {};
    for (const name of TABLE_NAMES) {
      rows[name] = this[name].slice(this.#sentRows[name]);
      this.#sentRows[name] = this[name].length;
    }
    return rows as unknown as TraceTables;
  }

  #grow(): void {
    const capacity = this.kinds.length * 2;
    const grow = <Column extends Uint8Array | Int32Array>(column: Column, bigger: Column): Column => {
      bigger.set(column);
      return bigger;
    };
    this.kinds = grow(this.kinds, new Uint8Array(capacity));
    this.first = grow(this.first, new Int32Array(capacity));
    this.second = grow(this.second, new Int32Array(capacity));
    this.third = grow(this.third, new Int32Array(capacity));
  }
}
