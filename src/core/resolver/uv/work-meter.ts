/**
 * A bound on the work of one resolution that needs no clock. uv has none; a page has to come to a word. Units are about
 * equal in time (some tens of nanoseconds): a piece of a marker, a package that waits, a pair of ranges.
 */
export type WorkKind = 'markers' | 'packages' | 'requirements';

/** Some seconds on any machine; ordinary locks of hundreds of packages use less than a hundredth. */
const MAX_WORK = 100_000_000;

export class WorkSpent extends Error {
  /** What took the most of it. */
  readonly what: WorkKind;

  constructor(what: WorkKind) {
    super(`the bound on work is reached: ${what}`);
    this.what = what;
  }
}

export class WorkMeter {
  #left = MAX_WORK;
  readonly #spent = { markers: 0, packages: 0, requirements: 0 };

  /** Throws `WorkSpent`. */
  spend(what: WorkKind, amount: number): void {
    this.#spent[what] += amount;
    this.#left -= amount;
    if (this.#left >= 0) return;
    const kinds = Object.keys(this.#spent) as WorkKind[];
    throw new WorkSpent(kinds.reduce((most, kind) => (this.#spent[kind] > this.#spent[most] ? kind : most)));
  }
}
