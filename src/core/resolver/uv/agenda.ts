/** In which order a fork decides its packages, and how conflicts change that order. */
import type { VersionRange } from '../../packaging/version-range.ts';
import type { Version } from '../../packaging/version.ts';
import type { ConflictStep } from '../pubgrub/solver.ts';
import { ConflictTracker } from './conflict-tracker.ts';
import type { UvDependency } from './dependencies.ts';
import { basePackage, projectName, type PackageTable, type UvPackage } from './package.ts';
import { Priorities, type PriorityClass } from './priorities.ts';
import type { UvLog } from './uv-log.ts';
import type { UvReason } from './unavailable-reason.ts';

/** Hears of changes of class. */
export interface AgendaListener {
  reprioritized(packageNumber: number, priorityClass: PriorityClass): void;
}

export class Agenda {
  readonly #table: PackageTable;
  readonly #listener: AgendaListener;
  readonly #log: UvLog;
  #priorities = new Priorities();
  #tracker = new ConflictTracker();

  constructor(table: PackageTable, listener: AgendaListener, log: UvLog) {
    this.#table = table;
    this.#listener = listener;
    this.#log = log;
  }

  /** An independent copy, for a fork. */
  clone(): Agenda {
    const copy = new Agenda(this.#table, this.#listener, this.#log);
    copy.#priorities = this.#priorities.clone();
    copy.#tracker = this.#tracker.clone();
    return copy;
  }

  /** Higher is decided first. */
  priority(packageNumber: number): number {
    return this.#priorities.priority(packageNumber, this.#package(packageNumber));
  }

  /** Notes a dependency; with a proxy, the project behind it too. Returns the number of its package. */
  register(dependency: UvDependency): number {
    const number = this.#registerPackage(dependency.package, dependency);
    const { package: item } = dependency;
    if (item.kind === 'extra' || item.kind === 'marker')
      this.#registerPackage(basePackage(item.name), dependency);
    return number;
  }

  #registerPackage(item: UvPackage, { range, isDirectUrl }: UvDependency): number {
    const number = this.#table.number(item);
    const changed = this.#priorities.register(number, item, range, isDirectUrl);
    if (changed !== null) this.#listener.reprioritized(number, changed);
    return number;
  }

  /** Counts who is to blame for a step of conflict resolution while `current` was at hand. */
  recordConflict(
    current: number,
    { package: affected, incompatibility }: ConflictStep<VersionRange, UvReason>,
    version: Version | null = null,
  ): void {
    const affectedName = projectName(this.#package(affected));
    let hasCulprit = false;
    for (const number of incompatibility.packages) {
      // A proxy that clashes with its own project blames nobody.
      if (number === affected || projectName(this.#package(number)) === affectedName) continue;
      hasCulprit = true;
      this.#tracker.addCulprit(number);
    }
    if (!hasCulprit) return;
    this.#log.tell({ kind: 'conflict', package: affected, version, terms: incompatibility.packages });
    // uv counts the package at hand, not the one that the step names.
    this.#tracker.addAffected(current);
  }

  /** Moves the packages whose counts have reached the threshold; `undo` goes back to before one was decided. */
  moveConflicting(undo: (packageNumber: number) => void): void {
    for (const number of this.#tracker.takeEarly()) {
      const name = projectName(this.#package(number));
      if (name !== null && this.#priorities.markConflictEarly(name)) {
        this.#log.tell({ kind: 'too-many', package: number, part: 'affected' });
        this.#listener.reprioritized(number, 'conflict-early');
      }
    }
    for (const number of this.#tracker.takeLate()) {
      const name = projectName(this.#package(number));
      if (name === null || !this.#priorities.markConflictLate(name)) continue;
      this.#log.tell({ kind: 'too-many', package: number, part: 'culprit' });
      this.#listener.reprioritized(number, 'conflict-late');
      undo(number);
    }
  }

  #package(number: number): UvPackage {
    return this.#table.packages[number]!;
  }
}
