/** Writes what a run's solver does into the trace and into Poetry's log. */
import type { Distribution } from '../../package-index/package-index.ts';
import type { Version } from '../../packaging/version.ts';
import type { Pivot } from '../pubgrub/reading.ts';
import type { SolverObserver } from '../pubgrub/solver-observer.ts';
import type { CandidateRow, IncompatibilityRow } from '../trace.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { constraintText } from './constraint/constraint-text.ts';
import type { PoetryDependency } from './dependency.ts';
import type { LogEntry, LogLine } from './log.ts';
import type { RepositoryListener } from './repository.ts';
import type { PackageNumbers, PoetryIncompatibility, PoetryTerm, PythonReason } from './terms.ts';

const REASONS = {
  root: 'root',
  'no-versions': 'no-versions',
  dependency: 'dependency',
  unavailable: 'unavailable',
  derived: 'derived',
} as const satisfies Record<PoetryIncompatibility['cause']['kind'], IncompatibilityRow['reason']>;

export class RunRecorder implements SolverObserver<PoetryDependency, PythonReason>, RepositoryListener {
  readonly log: LogLine[] = [];
  /** The attempted solution of the run, from 1. */
  attempt = 1;
  /** Decisions of runs that ended: they fell for no conflict. */
  setAside = 0;
  /** Called with the level that the search goes back to. */
  onBackjump: (from: number, to: number) => void = () => undefined;
  readonly #recorder: TraceRecorder;
  readonly #numbers: PackageNumbers;
  readonly #rootName: string;
  readonly #packageRows: number[] = [];
  readonly #incompatibilityRows = new Map<PoetryIncompatibility, number>();
  readonly #termRows = new Map<string, number>();
  readonly #candidateRows = new Map<string, number>();
  /** Candidates that are decided, by package, in order. */
  readonly #decided = new Map<number, number>();
  #noCauses = -1;

  constructor(recorder: TraceRecorder, numbers: PackageNumbers, rootName: string) {
    this.#recorder = recorder;
    this.#numbers = numbers;
    this.#rootName = rootName;
  }

  /** Says something of no attempt. */
  readonly say = (entry: LogEntry): void => {
    if (this.#recorder.keepsLog) this.log.push({ attempt: 0, step: this.#recorder.length, entry });
  };

  tell(entry: LogEntry): void {
    if (this.#recorder.keepsLog) this.log.push({ attempt: this.attempt, step: this.#recorder.length, entry });
  }

  pageRead(project: string): void {
    this.#recorder.record('page', this.#packageRow(this.#numbers.of(project)));
  }

  metadataRead(file: Distribution): void {
    const number = this.#numbers.of(file.project);
    this.#recorder.record('metadata', this.#candidateRow(number, file.version, 'index'));
  }

  decided(number: number, version: Version, level: number, isRoot: boolean): void {
    const row = this.#candidateRow(number, version.text, isRoot ? 'root' : 'index');
    this.#decided.set(number, row);
    const completeName = this.#numbers.names[number]!;
    this.tell({ kind: 'selecting', completeName, version: version.text });
    this.#recorder.record('decide', row, level);
  }

  added(incompatibility: PoetryIncompatibility): void {
    this.tell({ kind: 'fact', incompatibility });
    this.#recorder.record('incompatibility', this.row(incompatibility));
  }

  derived(packageNumber: number, cause: PoetryIncompatibility, level: number): void {
    const { isPositive, versions } = cause.terms[cause.packages.indexOf(packageNumber)]!;
    const term = { isPositive: !isPositive, versions };
    this.tell({ kind: 'derived', term });
    this.#recorder.record('derive', this.#termRow(packageNumber, term), this.row(cause), level);
  }

  clashed(incompatibility: PoetryIncompatibility): void {
    this.tell({ kind: 'conflict', incompatibility });
    this.#recorder.record('clash', this.row(incompatibility));
  }

  learned(incompatibility: PoetryIncompatibility, pivot: Pivot<PoetryDependency>): void {
    const { cause } = incompatibility;
    const isPartial = pivot.difference !== null;
    this.tell({ kind: 'satisfied', term: pivot.term, by: pivot.satisfier, isPartial });
    if (cause.kind === 'derived') this.tell({ kind: 'caused', incompatibility: cause.second });
    this.tell({ kind: 'thus', incompatibility });
    this.#recorder.record('learn', this.row(incompatibility));
  }

  kept(incompatibility: PoetryIncompatibility): void {
    this.tell({ kind: 'fact', incompatibility });
  }

  undone(packageNumber: number): void {
    const row = this.#decided.get(packageNumber);
    if (row === undefined) return;
    this.#decided.delete(packageNumber);
    this.#recorder.record('unpin', row);
  }

  backjumped(fromLevel: number, toLevel: number): void {
    this.onBackjump(fromLevel, toLevel);
    if (fromLevel === toLevel) return;
    if (this.#noCauses < 0) this.#noCauses = this.#recorder.addCauses([]);
    this.#recorder.record('backjump', fromLevel, toLevel, this.#noCauses);
  }

  /** What stands now, the project left out; extras of one project are one. */
  standing(): readonly { readonly name: string; readonly version: string }[] {
    const pins = new Map<string, string>();
    for (const row of this.#decided.values()) {
      const { package: packageRow, version } = this.#recorder.candidates[row]!;
      const { name } = this.#recorder.packages[packageRow]!;
      if (name !== '') pins.set(name, version);
    }
    return [...pins].map(([name, version]) => ({ name, version }));
  }

  /** Another run begins, from nothing. */
  nextRun(): void {
    this.attempt = 1;
    const standing = this.#decided.size;
    if (standing === 0) return;
    for (const number of [...this.#decided.keys()].reverse()) this.undone(number);
    this.setAside += standing;
    // The project is decided, too, but is no pin.
    this.#recorder.record('fork', standing - 1, 0);
  }

  /** The table row of an incompatibility. */
  row(incompatibility: PoetryIncompatibility): number {
    const known = this.#incompatibilityRows.get(incompatibility);
    if (known !== undefined) return known;
    const { cause, packages, terms } = incompatibility;
    const base = {
      terms: packages.map((number, index) => this.#termRow(number, terms[index]!)),
      reason: REASONS[cause.kind],
    };
    let row: number;
    if (cause.kind === 'derived') {
      const causes = [this.row(cause.first), this.row(cause.second)] as const;
      row = this.#recorder.addIncompatibility({ ...base, causes });
    } else if (cause.kind === 'unavailable') {
      row = this.#recorder.addIncompatibility({
        ...base,
        detail: `requires-python ${cause.reason.required}`,
      });
    } else row = this.#recorder.addIncompatibility(base);
    this.#incompatibilityRows.set(incompatibility, row);
    return row;
  }

  #termRow(number: number, { isPositive, versions }: PoetryTerm): number {
    const range = constraintText(versions.constraint);
    const key = `${number} ${isPositive ? '+' : '-'}${range}`;
    let row = this.#termRows.get(key);
    if (row === undefined) {
      row = this.#recorder.addTerm({ package: this.#packageRow(number), isPositive, range });
      this.#termRows.set(key, row);
    }
    return row;
  }

  #packageRow(number: number): number {
    return (this.#packageRows[number] ??= this.#addPackage(this.#numbers.names[number]!));
  }

  #addPackage(identifier: string): number {
    const name = identifier === this.#rootName ? '' : (/^[^[]*/.exec(identifier)?.[0] ?? '');
    return this.#recorder.addPackage({ identifier, name });
  }

  #candidateRow(number: number, version: string, origin: CandidateRow['origin']): number {
    const key = `${number}@${version}`;
    let row = this.#candidateRows.get(key);
    if (row === undefined) {
      const label = origin === 'root' ? 'root' : `${this.#numbers.names[number]!}==${version}`;
      row = this.#recorder.addCandidate({ package: this.#packageRow(number), version, label, origin });
      this.#candidateRows.set(key, row);
    }
    return row;
  }
}
