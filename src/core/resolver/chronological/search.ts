/**
 * zazo's search (2019), the prototype from which pip's resolver grew: plain backtracking. Requirements are taken one
 * after the other, those of a candidate before those that were there already; a clash undoes the last decision, and the
 * one before when that has no candidate left. Nothing is learnt, nothing is jumped over.
 *
 *   todo  ( a ) ( b )        pin a-2 ▶  todo  ( a's c ) ( b )        pin c-1 ▶  todo  ( b ) …
 */
import type { PipCandidate } from '../pip/candidate.ts';
import type { PipRequirement } from '../pip/requirement.ts';

/** A requirement with the candidate that brought it, and what is to be done after it. */
export interface Todo {
  readonly requirement: PipRequirement;
  readonly parent: PipCandidate | null;
  readonly next: Todo | null;
}

export type Clash = readonly Pick<Todo, 'requirement' | 'parent'>[];

/** What the search asks and tells. */
export interface ChronologicalContext {
  /** Newest first. */
  candidates(requirement: PipRequirement): Iterator<PipCandidate>;
  dependencies(candidate: PipCandidate): Iterable<PipRequirement>;
  isSatisfiedBy(requirement: PipRequirement, candidate: PipCandidate): boolean;
  considering(round: number): void;
  adding(requirement: PipRequirement, parent: PipCandidate | null): void;
  pinning(candidate: PipCandidate): void;
  clashing(clash: Clash): void;
  undoing(candidate: PipCandidate): void;
}

interface Decision {
  readonly todo: Todo;
  readonly candidates: Iterator<PipCandidate>;
  candidate: PipCandidate;
}

export type ChronologicalResult =
  | { readonly kind: 'solved' | 'stopped'; readonly pins: readonly PipCandidate[] }
  /** The clash after which nothing was left to undo. */
  | { readonly kind: 'impossible'; readonly clash: Clash };

export class ChronologicalSearch {
  readonly #context: ChronologicalContext;
  readonly #decisions: Decision[] = [];
  /** Derived from the decisions: the one of each identifier. */
  readonly #graph = new Map<number, Decision>();

  constructor(context: ChronologicalContext) {
    this.#context = context;
  }

  resolve(requirements: readonly PipRequirement[], maxRounds: number): ChronologicalResult {
    let todo = this.#prepend(requirements, null, null);
    for (let round = 0; round < maxRounds; round += 1) {
      if (todo === null) return { kind: 'solved', pins: this.#pins() };
      this.#context.considering(round);
      const clash = this.#consider(todo);
      if (clash === null) {
        todo = this.#following(todo);
        continue;
      }
      this.#context.clashing(clash);
      const retried = this.#undo();
      if (retried === null) return { kind: 'impossible', clash };
      todo = this.#following(retried.todo);
    }
    return { kind: 'stopped', pins: this.#pins() };
  }

  #pins(): readonly PipCandidate[] {
    return this.#decisions.map((decision) => decision.candidate);
  }

  /** Checks a requirement against what is chosen, or makes a decision. Null when it is met. */
  #consider(todo: Todo): Clash | null {
    const { requirement, parent } = todo;
    const existing = this.#graph.get(requirement.identifier);
    if (existing !== undefined) {
      if (this.#context.isSatisfiedBy(requirement, existing.candidate)) return null;
      const chosenFor = existing.todo;
      return [
        { requirement: chosenFor.requirement, parent: chosenFor.parent },
        { requirement, parent },
      ];
    }
    const candidates = this.#context.candidates(requirement);
    const first = candidates.next();
    if (first.done === true) return [{ requirement, parent }];
    const decision = { todo, candidates, candidate: first.value };
    this.#decisions.push(decision);
    this.#decide(decision);
    return null;
  }

  #decide(decision: Decision): void {
    this.#graph.set(decision.candidate.identifier, decision);
    this.#context.pinning(decision.candidate);
  }

  /** What is to be done once a requirement is met: if that took a decision, its candidate's own first. */
  #following(todo: Todo): Todo | null {
    const decision = this.#decisions.at(-1);
    if (decision?.todo !== todo) return todo.next;
    const dependencies = [...this.#context.dependencies(decision.candidate)];
    return this.#prepend(dependencies, decision.candidate, todo.next);
  }

  #prepend(
    requirements: readonly PipRequirement[],
    parent: PipCandidate | null,
    rest: Todo | null,
  ): Todo | null {
    for (const requirement of requirements) this.#context.adding(requirement, parent);
    return requirements.reduceRight<Todo | null>(
      (next, requirement) => ({ requirement, parent, next }),
      rest,
    );
  }

  /** Undoes decisions until one has another candidate, which is taken. */
  #undo(): Decision | null {
    for (;;) {
      const decision = this.#decisions.at(-1);
      if (decision === undefined) return null;
      this.#graph.delete(decision.candidate.identifier);
      this.#context.undoing(decision.candidate);
      const next = decision.candidates.next();
      if (next.done !== true) {
        decision.candidate = next.value;
        this.#decide(decision);
        return decision;
      }
      this.#decisions.pop();
    }
  }
}
