/**
 * The part of a narrowing that its end really rests on, found backwards: each step says which earlier removals it
 * used, and only as much of each as was used. What is left names the guilty lines and nothing else.
 */
import { assert } from '../packaging/assert.ts';
import { allBits, positionsOf, type ConflictFacts, type VersionBits } from './conflict-facts.ts';
import { allowedBy, needsOf, type Narrowing, type NarrowingStep } from './narrowing.ts';

/** A step with the steps that it rests on, as positions in the slice. */
export interface SlicedStep extends NarrowingStep {
  /** The part of `removed` that matters. */
  readonly used: VersionBits;
  readonly because: readonly number[];
}

export interface NarrowingSlice {
  readonly steps: readonly SlicedStep[];
  /** The needed package that has no version left. */
  readonly emptied: number;
}

/** Keeps the steps that the emptiness of `emptied` rests on, in their order. */
export function sliceNarrowing(facts: ConflictFacts, narrowing: Narrowing): NarrowingSlice {
  const { steps, emptied } = narrowing;
  const used = steps.map(() => 0n);
  const isUsed = steps.map(() => false);
  const sources: number[][] = steps.map(() => []);
  const demand = (from: number, row: number, bits: VersionBits, isNeeded: boolean): void => {
    steps.slice(0, from).forEach((step, at) => {
      if (step.package !== row) return;
      const part = step.removed & bits;
      if (part === 0n && !(isNeeded && step.makesNeeded)) return;
      used[at]! |= part;
      isUsed[at] = true;
      if (from < steps.length) sources[from]!.push(at);
    });
  };
  demand(steps.length, emptied, allBits(facts.packages[emptied]!.versions), true);
  for (let at = steps.length - 1; at >= 0; at -= 1)
    if (isUsed[at]!) demandOf(steps, at, used[at]!, facts, demand);
  return { steps: compact(steps, used, isUsed, sources), emptied };
}

type Demand = (from: number, row: number, bits: VersionBits, isNeeded: boolean) => void;

/** What a step rests on. */
function demandOf(
  steps: readonly NarrowingStep[],
  at: number,
  used: VersionBits,
  facts: ConflictFacts,
  demand: Demand,
): void {
  const { reason } = steps[at]!;
  if (reason.kind === 'clash') demand(at, reason.fact.dependency, reason.fact.allowed, false);
  if (reason.kind !== 'needed') return;
  const { by, facts: needs } = reason;
  const all = allBits(facts.packages[by]!.versions);
  const gone = steps
    .slice(0, at)
    .reduce((bits, step) => (step.package === by ? bits | step.removed : bits), 0n);
  const known = needsOf(facts, by, needs[0]!.dependency);
  let harmful = 0n;
  for (const position of positionsOf(gone & all)) {
    const bit = 1n << BigInt(position);
    const own = known.filter((fact) => (fact.versions & bit) !== 0n);
    // Had this version been left, the step would not have followed, or would have removed less.
    if (own.length === 0 || (allowedBy(own, bit) & used) !== 0n) harmful |= bit;
  }
  demand(at, by, harmful, true);
}

function compact(
  steps: readonly NarrowingStep[],
  used: readonly VersionBits[],
  isUsed: readonly boolean[],
  sources: readonly (readonly number[])[],
): readonly SlicedStep[] {
  const places = new Map<number, number>();
  const kept: SlicedStep[] = [];
  steps.forEach((step, at) => {
    if (!isUsed[at]!) return;
    places.set(at, kept.length);
    const because = [...new Set(sources[at])].map((source) => {
      const place = places.get(source);
      assert(place !== undefined, 'a step rests on one that comes later');
      return place;
    });
    kept.push({ ...step, used: used[at]!, because });
  });
  return kept;
}
