/** Counts who is rejected and who is to blame, so that the search can change its order. README.md#conflict-tracker */

/** From this many conflicts on a package changes its place. */
export const CONFLICT_THRESHOLD = 5;

export class ConflictTracker {
  readonly #affected = new Map<number, number>();
  readonly #culprits = new Map<number, number>();
  /** Packages that reached the threshold as affected, not moved yet. */
  #early: number[] = [];
  #late: number[] = [];

  addAffected(packageNumber: number): void {
    if (increment(this.#affected, packageNumber) === CONFLICT_THRESHOLD) this.#early.push(packageNumber);
  }

  addCulprit(packageNumber: number): void {
    if (increment(this.#culprits, packageNumber) === CONFLICT_THRESHOLD) this.#late.push(packageNumber);
  }

  /** The packages to decide earlier, each once. */
  takeEarly(): readonly number[] {
    const taken = this.#early;
    this.#early = [];
    return taken;
  }

  /** The packages to decide later, each once. */
  takeLate(): readonly number[] {
    const taken = this.#late;
    this.#late = [];
    return taken;
  }

  clone(): ConflictTracker {
    const copy = new ConflictTracker();
    for (const [number, count] of this.#affected) copy.#affected.set(number, count);
    for (const [number, count] of this.#culprits) copy.#culprits.set(number, count);
    copy.#early = [...this.#early];
    copy.#late = [...this.#late];
    return copy;
  }
}

function increment(counts: Map<number, number>, key: number): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}
