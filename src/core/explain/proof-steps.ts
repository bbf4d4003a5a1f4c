/** A proof as numbered sentences: from a narrowing, or from a graph of incompatibilities where cases are needed. */
import type { ProofStep } from './explanation.ts';
import { incompatibilityStatement, type ProofTables } from './incompatibility-words.ts';
import { lineOf, packageAt, type ConflictView } from './narrowing-view.ts';
import { stepSentence } from './narrowing-words.ts';
import { capitalized, code, listOf } from './words.ts';

/** The steps of a narrowing; the last one says that nothing is left. */
export function narrowingProof(view: ConflictView): readonly ProofStep[] {
  const { steps, emptied } = view.slice;
  const proof: ProofStep[] = steps.map((step, at) => ({
    text: stepSentence(view, at),
    because: step.because,
    source: lineOf(step),
  }));
  const because = steps.flatMap((step, at) => (step.package === emptied ? [at] : []));
  const { identifier } = packageAt(view, emptied);
  return [...proof, { text: `No version of ${code(identifier)} is left.`, because, source: null }];
}

/** The proof below an incompatibility: facts and conclusions, causes before what follows from them. */
export function incompatibilityProof(trace: ProofTables, root: number): readonly ProofStep[] {
  const places = new Map<number, number>();
  const steps: ProofStep[] = [];
  for (const row of causesFirst(trace, root)) {
    const { reason, causes = [] } = trace.incompatibilities[row]!;
    if (reason === 'root') continue;
    const because = causes.flatMap((cause) => {
      const place = places.get(cause);
      return place === undefined ? [] : [place];
    });
    const statement = incompatibilityStatement(trace, row);
    places.set(row, steps.length);
    steps.push({ text: `${because.length > 0 ? 'So ' : ''}${statement}.`, because, source: null });
  }
  return steps.map((step) => ({ ...step, text: capitalized(step.text) }));
}

/** Every incompatibility that a conclusion rests on, each once, causes first. */
function causesFirst(trace: ProofTables, root: number): readonly number[] {
  const done = new Set<number>();
  const open = [root];
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const causes = trace.incompatibilities[current]?.causes ?? [];
    const missing = causes.filter((cause) => !done.has(cause));
    if (missing.length > 0 && !done.has(current)) for (const item of missing.toReversed()) open.push(item);
    else {
      done.add(current);
      open.pop();
    }
  }
  return [...done];
}

/** `(1, 3)`: the steps that one rests on, counted from 1; '' for facts. */
export function becauseNumbers(step: ProofStep): string {
  return listOf(step.because.map((place) => String(place + 1)));
}
