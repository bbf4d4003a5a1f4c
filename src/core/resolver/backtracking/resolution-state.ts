/**
 * Pins and criteria after a round. Identifiers index the arrays, so that copying a state (once a round, as resolvelib
 * does) is copying a few short arrays of pointers.
 *
 *   pins       [ flask 2.0 |           | click 8.0 ]     by identifier
 *   pinOrder   [ 2, 0 ]                                  click was pinned first; the last pin is what popping undoes
 *   criteria   [ {…}       | {…}       | {…}       ]     by identifier
 *   known      [ 0, 2, 1 ]                               in the order in which identifiers were first asked for
 */
import type { Criterion } from './criterion.ts';
import type { Information, SearchCandidate, SearchRequirement } from './provider.ts';

export class ResolutionState<R extends SearchRequirement, C extends SearchCandidate> {
  pins: (C | undefined)[];
  pinOrder: number[];
  criteria: (Criterion<R, C> | undefined)[];
  known: readonly number[];
  /** Causes of the last failed pin that this state remembers. */
  causes: readonly Information<R, C>[];
  /** resolvelib 0.5.3 only: a criterion of this state is "none", and the next round will trip over it. */
  poisoned = false;

  constructor(base?: ResolutionState<R, C>) {
    this.pins = base ? base.pins.slice() : [];
    this.pinOrder = base ? base.pinOrder.slice() : [];
    this.criteria = base ? base.criteria.slice() : [];
    this.known = base ? base.known : [];
    this.causes = base ? base.causes : [];
  }

  /** Pins that stand. */
  get depth(): number {
    return this.pinOrder.length;
  }

  /** Makes `candidate` the last pin. Returns the pin that it replaces. */
  pin(candidate: C): C | undefined {
    const { identifier } = candidate;
    const replaced = this.pins[identifier];
    if (replaced !== undefined) this.pinOrder.splice(this.pinOrder.indexOf(identifier), 1);
    while (this.pins.length < identifier) this.pins.push(undefined);
    this.pins[identifier] = candidate;
    this.pinOrder.push(identifier);
    return replaced;
  }

  /** Takes the last pin off; undefined when there is none. */
  popPin(): C | undefined {
    const identifier = this.pinOrder.pop();
    if (identifier === undefined) return undefined;
    const candidate = this.pins[identifier];
    this.pins[identifier] = undefined;
    return candidate;
  }
}
