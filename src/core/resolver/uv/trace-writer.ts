/** Writes what the solver does into the trace: rows for what events name, and the events. */
import type { Distribution } from '../../package-index/package-index.ts';
import type { VersionRange } from '../../packaging/version-range.ts';
import type { Version } from '../../packaging/version.ts';
import { PRIORITY_CLASSES } from '../events.ts';
import { isPackageReason, type UvReason } from './unavailable-reason.ts';
import type { Incompatibility } from '../pubgrub/incompatibility.ts';
import type { SolverObserver } from '../pubgrub/solver-observer.ts';
import type { Term } from '../pubgrub/term.ts';
import type { CandidateRow, IncompatibilityRow } from '../trace.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import type { FactListener } from './fact-reader.ts';
import { basePackage, packageText, projectName, type PackageTable, type UvPackage } from './package.ts';
import type { PriorityClass } from './priorities.ts';

type UvIncompatibility = Incompatibility<VersionRange, UvReason>;

const REASONS = {
  root: 'root',
  'no-versions': 'no-versions',
  dependency: 'dependency',
  unavailable: 'unavailable',
  derived: 'derived',
} as const satisfies Record<UvIncompatibility['cause']['kind'], IncompatibilityRow['reason']>;

/** A range without its package, `>=1,<2`, alternatives divided by ` | `; `*` for all versions. */
export function rangeText(range: VersionRange): string {
  return range.withoutLocalSentinels().toString().replaceAll(', ', ',');
}

/** What a reason is called in the trace: its name, and what makes it particular. */
function reasonText(reason: UvReason): string {
  if (isPackageReason(reason)) return reason.kind;
  switch (reason.kind) {
    case 'yanked':
      return reason.reason === '' ? 'yanked' : `yanked: ${reason.reason}`;
    case 'tag':
      return `tag: ${reason.mismatch}`;
    case 'missing-platform':
      return `missing-platform: ${reason.marker}`;
    case 'requires-python':
    case 'metadata-requires-python':
      return `requires-python ${reason.specifiers}`;
    case 'unsatisfiable-dependency':
      return `${reason.name}${reason.specifiers.join(',')}`;
    default:
      return reason.kind;
  }
}

export class TraceWriter implements SolverObserver<VersionRange, UvReason>, FactListener {
  readonly #recorder: TraceRecorder;
  readonly #table: PackageTable;
  readonly #packageRows: number[] = [];
  readonly #incompatibilityRows = new Map<UvIncompatibility, number>();
  /** Row of the term that an incompatibility forces on a package, by `row/package`. */
  readonly #derivedTerms = new Map<string, number>();
  readonly #rangeTexts = new Map<VersionRange, string>();
  readonly #candidateRows = new Map<string, number>();
  /** Candidates decided now, by package number, in order of levels. */
  readonly #decided = new Map<number, number>();
  /** Candidates chosen and not decided yet, by package number. */
  readonly #selected = new Map<number, number>();
  readonly #wasDecided = new Set<number>();
  #noCauses = -1;
  /** Decisions that were taken off because another fork went on: they stand in the solution of theirs. */
  setAside = 0;

  constructor(recorder: TraceRecorder, table: PackageTable) {
    this.#recorder = recorder;
    this.#table = table;
  }

  pageRead(project: string): void {
    this.#recorder.record('page', this.#packageRow(this.#table.number(basePackage(project))));
  }

  metadataRead(distribution: Distribution): void {
    const number = this.#table.number(basePackage(distribution.project));
    this.#recorder.record('metadata', this.#candidateRow(number, distribution.version, 'index'));
  }

  /** A version is chosen for the range that is left. */
  selected(packageNumber: number, version: Version, origin: CandidateRow['origin']): void {
    const row = this.#candidateRow(packageNumber, version.text, origin);
    this.#selected.set(packageNumber, row);
    this.#recorder.record('select', row);
  }

  /** A version is decided; `level` is the one that it opened. */
  decided(packageNumber: number, version: Version, level: number, origin: CandidateRow['origin']): void {
    const row = this.#candidateRow(packageNumber, version.text, origin);
    this.#decided.set(packageNumber, row);
    const isNew =
      this.#selected.get(packageNumber) === row || origin === 'root' || !this.#wasDecided.has(row);
    this.#selected.delete(packageNumber);
    this.#wasDecided.add(row);
    this.#recorder.record('decide', row, level, isNew ? 0 : 1);
  }

  /** Another fork goes on: decisions that do not stand there are taken off, those that do are made again. */
  switchTo(
    standing: readonly {
      readonly number: number;
      readonly version: Version;
      readonly origin: CandidateRow['origin'];
    }[],
  ): void {
    const rows = standing.map(({ number, version, origin }) => ({
      number,
      row: this.#candidateRow(number, version.text, origin),
    }));
    const before = [...this.#decided];
    const firstOther = before.findIndex(([number, row], index) => {
      const now = rows[index];
      return now?.number !== number || now.row !== row;
    });
    const kept = firstOther < 0 ? before.length : firstOther;
    for (const [number] of before.slice(kept).reverse()) this.undone(number);
    if (before.length > kept) {
      this.setAside += before.length - kept;
      // The user's lines are decided, too, but are no pin.
      this.#recorder.record('fork', before.length - 1, Math.max(0, kept - 1));
    }
    rows.slice(kept).forEach(({ number, row }, index) => {
      this.#decided.set(number, row);
      this.#recorder.record('decide', row, kept + index + 1, 1);
    });
  }

  reprioritized(packageNumber: number, priorityClass: PriorityClass): void {
    this.#recorder.record(
      'reprioritize',
      this.#packageRow(packageNumber),
      PRIORITY_CLASSES.indexOf(priorityClass),
    );
  }

  added(incompatibility: UvIncompatibility): void {
    this.#recorder.record('incompatibility', this.row(incompatibility));
  }

  derived(packageNumber: number, cause: UvIncompatibility, level: number): void {
    const row = this.row(cause);
    const key = `${row}/${packageNumber}`;
    let term = this.#derivedTerms.get(key);
    if (term === undefined) {
      const { isPositive, versions } = cause.terms[cause.packages.indexOf(packageNumber)]!;
      term = this.#termRow(packageNumber, { isPositive: !isPositive, versions });
      this.#derivedTerms.set(key, term);
    }
    this.#recorder.record('derive', term, row, level);
  }

  clashed(incompatibility: UvIncompatibility): void {
    this.#recorder.record('clash', this.row(incompatibility));
  }

  learned(incompatibility: UvIncompatibility): void {
    this.#recorder.record('learn', this.row(incompatibility));
  }

  undone(packageNumber: number): void {
    const row = this.#decided.get(packageNumber);
    if (row === undefined) return;
    this.#decided.delete(packageNumber);
    this.#recorder.record('unpin', row);
  }

  backjumped(fromLevel: number, toLevel: number): void {
    if (fromLevel === toLevel) return;
    // What the jump rests on is the `learn` or `clash` before it.
    if (this.#noCauses < 0) this.#noCauses = this.#recorder.addCauses([]);
    this.#recorder.record('backjump', fromLevel, toLevel, this.#noCauses);
  }

  /** The table row of an incompatibility. */
  row(incompatibility: UvIncompatibility): number {
    const known = this.#incompatibilityRows.get(incompatibility);
    if (known !== undefined) return known;
    const { cause, packages, terms } = incompatibility;
    const base = {
      terms: packages.map((packageNumber, index) => this.#termRow(packageNumber, terms[index]!)),
      reason: REASONS[cause.kind],
    };
    let row: number;
    if (cause.kind === 'derived') {
      const causes = [this.row(cause.first), this.row(cause.second)] as const;
      row = this.#recorder.addIncompatibility({ ...base, causes });
    } else if (cause.kind === 'unavailable') {
      row = this.#recorder.addIncompatibility({ ...base, detail: reasonText(cause.reason) });
    } else row = this.#recorder.addIncompatibility(base);
    this.#incompatibilityRows.set(incompatibility, row);
    return row;
  }

  #termRow(packageNumber: number, { isPositive, versions }: Term<VersionRange>): number {
    return this.#recorder.addTerm({
      package: this.#packageRow(packageNumber),
      isPositive,
      range: this.#rangeText(versions),
    });
  }

  #rangeText(range: VersionRange): string {
    let text = this.#rangeTexts.get(range);
    if (text === undefined) this.#rangeTexts.set(range, (text = rangeText(range)));
    return text;
  }

  #packageRow(packageNumber: number): number {
    return (this.#packageRows[packageNumber] ??= this.#addPackage(this.#table.packages[packageNumber]!));
  }

  #addPackage(item: UvPackage): number {
    return this.#recorder.addPackage({ identifier: packageText(item), name: projectName(item) ?? '' });
  }

  #candidateRow(packageNumber: number, version: string, origin: CandidateRow['origin']): number {
    const key = `${packageNumber}@${version}`;
    let row = this.#candidateRows.get(key);
    if (row === undefined) {
      const item = this.#table.packages[packageNumber]!;
      const label = item.kind === 'root' ? 'root' : `${packageText(item)}==${version}`;
      row = this.#recorder.addCandidate({ package: this.#packageRow(packageNumber), version, label, origin });
      this.#candidateRows.set(key, row);
    }
    return row;
  }
}
