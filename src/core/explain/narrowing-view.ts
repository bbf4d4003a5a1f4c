/** What a sliced narrowing says of its own steps: which lines, which versions at which moment, which bounds. */
import type { LineSource } from '../resolver/trace.ts';
import { allBits, type ConflictFacts, type ConflictPackage, type VersionBits } from './conflict-facts.ts';
import { allowedBy, needsOf } from './narrowing.ts';
import type { NarrowingSlice, SlicedStep } from './narrowing-slice.ts';

/** A slice with the facts it was made from. */
export interface ConflictView {
  readonly facts: ConflictFacts;
  readonly slice: NarrowingSlice;
}

/** The package of a row. */
export function packageAt(view: ConflictView, row: number): ConflictPackage {
  return view.facts.packages[row]!;
}

/** What was left of a package before a step, as far as the slice knows. */
export function leftBefore(view: ConflictView, row: number, at: number): VersionBits {
  return view.slice.steps
    .slice(0, at)
    .reduce(
      (bits, step) => (step.package === row ? bits & ~step.used : bits),
      allBits(packageAt(view, row).versions),
    );
}

/** The versions of its package that a step by itself would leave. */
export function allowedAt(view: ConflictView, at: number): VersionBits {
  const step = view.slice.steps[at]!;
  const { reason } = step;
  if (reason.kind === 'needed')
    return allowedBy(needsOf(view.facts, reason.by, step.package), leftBefore(view, reason.by, at));
  if (reason.kind === 'fact' && reason.fact.kind !== 'unusable') return reason.fact.allowed;
  return allBits(packageAt(view, step.package).versions) & ~step.used;
}

/** The user's line of a step that is one; null for all others. */
export function lineOf(step: SlicedStep): LineSource | null {
  const { reason } = step;
  return reason.kind === 'fact' && reason.fact.kind !== 'unusable' ? reason.fact.source : null;
}

/** The lines of the slice, each once, in reading order. */
export function linesOf(view: ConflictView): readonly LineSource[] {
  return distinctLines(view.slice.steps.map(lineOf));
}

/** The lines that a step rests on. */
export function linesBelow(view: ConflictView, at: number): readonly LineSource[] {
  const seen = new Set<number>();
  const open = [at];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (seen.has(current)) continue;
    seen.add(current);
    for (const item of view.slice.steps[current]!.because) open.push(item);
  }
  return distinctLines([...seen].map((step) => lineOf(view.slice.steps[step]!)));
}

const PANE_ORDER: readonly LineSource['pane'][] = [
  'requirements',
  'pyproject',
  'constraints',
  'overrides',
  'installed',
];

/** Lines without repetition, by pane and number; nulls are passed over. */
export function distinctLines(lines: readonly (LineSource | null)[]): readonly LineSource[] {
  const byKey = new Map<string, LineSource>();
  for (const line of lines) if (line !== null) byKey.set(`${line.pane}:${line.line}`, line);
  return [...byKey.values()].sort(
    (a, b) => PANE_ORDER.indexOf(a.pane) - PANE_ORDER.indexOf(b.pane) || a.line - b.line,
  );
}

/** Positions of the steps that narrow the emptied package. */
export function boundsOf(view: ConflictView): readonly number[] {
  return view.slice.steps.flatMap((step, at) => (step.package === view.slice.emptied ? [at] : []));
}

/** The same in the order in which a sentence names them: needs of packages first, then the lines, then what is ruled out because it clashes. */
export function orderedBounds(view: ConflictView): readonly number[] {
  const rank = (at: number): number => {
    const { reason } = view.slice.steps[at]!;
    return reason.kind === 'needed' ? 0 : reason.kind === 'fact' ? 1 : 2;
  };
  const line = (at: number): number => linesBelow(view, at)[0]?.line ?? 0;
  return boundsOf(view).toSorted((a, b) => rank(a) - rank(b) || line(a) - line(b) || a - b);
}
