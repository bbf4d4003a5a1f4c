/** Packages for which something has changed, on their way to unit propagation. README.md#readings */
export interface Agenda {
  /** A package that waits already is not added again. */
  add(packageId: number): void;
  /** Takes the next one off; undefined when none waits. */
  take(): number | undefined;
  clear(): void;
}

/** Last in, first out. */
export class StackAgenda implements Agenda {
  readonly #waiting: number[] = [];

  add(packageId: number): void {
    if (!this.#waiting.includes(packageId)) this.#waiting.push(packageId);
  }

  take(): number | undefined {
    return this.#waiting.pop();
  }

  clear(): void {
    this.#waiting.length = 0;
  }
}
