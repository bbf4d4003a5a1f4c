/** When candidates began to be looked at: an attempt is drawn from then on, though it is born when it ends. */
import { IntegerColumn } from './columns.ts';

export class Trials {
  /** By candidate: the step at which its trial began; -1 for none. */
  readonly #begun = new IntegerColumn();
  #round = 0;

  /** Trials of earlier rounds are over. */
  beginRound(step: number): void {
    this.#round = step;
  }

  /** A candidate is looked at; the first time in a round counts. */
  note(candidate: number, step: number): void {
    while (this.#begun.length <= candidate) this.#begun.push(-1);
    if (this.#begun.at(candidate) < this.#round) this.#begun.values[candidate] = step;
  }

  /** The step at which the trial that ends at `step` began, and forgets it. */
  take(candidate: number, step: number): number {
    if (candidate < 0 || candidate >= this.#begun.length) return step;
    const begun = this.#begun.at(candidate);
    this.#begun.values[candidate] = -1;
    return begun < this.#round ? step : begun;
  }
}
