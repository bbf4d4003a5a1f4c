/** Which package uv decides next. README.md#priorities */
import type { VersionRange } from '../../packaging/version-range.ts';
import { PRIORITY_CLASSES } from '../events.ts';
import { projectName, type UvPackage } from './package.ts';

export type PriorityClass = (typeof PRIORITY_CLASSES)[number];

const RANK = Object.fromEntries(PRIORITY_CLASSES.map((name, rank) => [name, rank])) as Record<
  PriorityClass,
  number
>;

/** More packages than any resolution has. */
const LIMIT = 2 ** 21;

interface ProjectPriority {
  /** When the project was first met. */
  readonly index: number;
  priorityClass: PriorityClass;
}

/** Whether a range allows one version only, or the local variants of one. */
export function isSingleton(range: VersionRange): boolean {
  if (range.singleVersion !== null) return true;
  const segments = range.segments();
  return segments.every(
    ({ lower, upper }) =>
      lower?.sentinel === 'none' &&
      !lower.isAfter &&
      lower.version.local === null &&
      upper?.sentinel === 'local-max' &&
      upper.version.text === lower.version.text,
  );
}

export class Priorities {
  readonly #projects = new Map<string, ProjectPriority>();
  /** By package number: when it was first met. */
  readonly #discovered = new Map<number, number>();

  /** Notes that a package is needed in a range. Returns the class that its project has now, if it changed. */
  register(
    packageNumber: number,
    item: UvPackage,
    range: VersionRange,
    isDirectUrl: boolean,
  ): PriorityClass | null {
    if (!this.#discovered.has(packageNumber)) this.#discovered.set(packageNumber, this.#discovered.size);
    const name = projectName(item);
    if (name === null) return null;
    const wanted = isDirectUrl ? 'direct-url' : isSingleton(range) ? 'singleton' : 'unspecified';
    const known = this.#projects.get(name);
    if (known === undefined) {
      this.#projects.set(name, { index: this.#projects.size, priorityClass: wanted });
      return wanted === 'unspecified' ? null : wanted;
    }
    if (RANK[wanted] <= RANK[known.priorityClass]) return null;
    known.priorityClass = wanted;
    return wanted;
  }

  /** Puts a project that is often rejected before others. False when it is there already. */
  markConflictEarly(name: string): boolean {
    return this.#mark(name, 'conflict-early', ['conflict-early']);
  }

  /** Puts a project that often makes others fail behind those. False when nothing changes. */
  markConflictLate(name: string): boolean {
    return this.#mark(name, 'conflict-late', ['conflict-late', 'conflict-early']);
  }

  #mark(name: string, priorityClass: PriorityClass, settled: readonly PriorityClass[]): boolean {
    const known = this.#projects.get(name);
    if (known === undefined) {
      this.#projects.set(name, { index: this.#projects.size, priorityClass });
      return true;
    }
    if (settled.includes(known.priorityClass)) return false;
    known.priorityClass = priorityClass;
    return true;
  }

  /** Higher is decided first: by class, then the earliest project, then the earliest package. */
  priority(packageNumber: number, item: UvPackage): number {
    const name = projectName(item);
    if (name === null) {
      const order = item.kind === 'root' ? 0 : item.kind === 'python' && item.role === 'installed' ? 1 : 2;
      return (RANK.root * LIMIT + (LIMIT - 1)) * LIMIT + (LIMIT - 1 - order);
    }
    const project = this.#projects.get(name);
    const rank = project === undefined ? 0 : RANK[project.priorityClass];
    const index = project?.index ?? LIMIT - 1;
    const discovered = this.#discovered.get(packageNumber) ?? LIMIT - 1;
    return (rank * LIMIT + (LIMIT - 1 - index)) * LIMIT + (LIMIT - 1 - discovered);
  }

  /** An independent copy, for a fork. */
  clone(): Priorities {
    const copy = new Priorities();
    for (const [name, project] of this.#projects) copy.#projects.set(name, { ...project });
    for (const [number, index] of this.#discovered) copy.#discovered.set(number, index);
    return copy;
  }
}
