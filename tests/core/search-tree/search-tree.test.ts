import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVENT_CODE } from '../../../src/core/resolver/events.ts';
import { TraceRecorder } from '../../../src/core/resolver/trace-recorder.ts';
import type { Trace } from '../../../src/core/resolver/trace.ts';
import { GrowingTrace } from '../../../src/core/search-tree/growing-trace.ts';
import { isAttempt, NEVER, nodeKind, type SearchTree } from '../../../src/core/search-tree/search-tree.ts';
import { buildSearchTree, SearchTreeBuilder } from '../../../src/core/search-tree/search-tree-builder.ts';
import { depthsAt, stateAt } from '../../../src/core/search-tree/search-state.ts';
import { finalStatus } from '../../../src/core/search-tree/stack.ts';
import { workStrip } from '../../../src/core/search-tree/work-strip.ts';
import { drawFrom, randomSearch } from '../../specimens/random-search.ts';
import {
  backjump,
  learnedRule,
  livelock,
  rollback,
  skipNotBacktrack,
  toyConflict,
} from '../../specimens/small-searches.ts';

/** The plainest possible reading of a trace: a set of candidates, changed event by event. */
function replayedCandidates(trace: Trace, step: number): number[] {
  const standing = new Set<number>();
  for (let at = 0; at <= step; at++) {
    const first = trace.first[at]!;
    const kind = trace.kinds[at];
    if (kind === EVENT_CODE.pin || kind === EVENT_CODE.decide || kind === EVENT_CODE.restore)
      standing.add(first);
    if (kind === EVENT_CODE.unpin) standing.delete(first);
  }
  return [...standing].sort((a, b) => a - b);
}

function standingCandidates(tree: SearchTree, trace: Trace, step: number): number[] {
  return stateAt(tree, trace, step)
    .stack.map((node) => tree.candidate.at(node))
    .sort((a, b) => a - b);
}

const anySearch = fc
  .record({
    seed: fc.integer(),
    rounds: fc.integer({ min: 0, max: 400 }),
    packages: fc.integer({ min: 2, max: 9 }),
  })
  .map(({ seed, rounds, packages }) => randomSearch(drawFrom(seed), rounds, packages));

describe('laws', () => {
  test('there is one node for every attempt, and it is born at the step of its event', () => {
    fc.assert(
      fc.property(anySearch, (trace) => {
        const tree = buildSearchTree(trace);
        const attempts = Array.from({ length: tree.size }, (_, node) => node).filter((node) =>
          isAttempt(tree, node),
        );
        expect(attempts.length).toBe(trace.count('pin') + trace.count('reject'));
        for (const node of attempts) {
          const step = tree.bornAt.at(node);
          expect(tree.candidate.at(node)).toBe(trace.first[step]);
          expect(tree.triedAt.at(node)).toBeLessThanOrEqual(step);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('every unpin closes exactly the open node of its candidate', () => {
    fc.assert(
      fc.property(anySearch, (trace) => {
        const tree = buildSearchTree(trace);
        const closing = new Map<number, number>();
        for (let node = 0; node < tree.size; node++) {
          const step = tree.settledAt.at(node);
          if (step === NEVER) continue;
          expect(closing.has(step)).toBe(false);
          closing.set(step, node);
          expect(trace.kinds[step]).toBe(EVENT_CODE.unpin);
          expect(tree.candidate.at(node)).toBe(trace.first[step]);
          expect(tree.bornAt.at(node)).toBeLessThan(step);
        }
        expect(closing.size).toBe(trace.count('unpin') - trace.count('restore'));
      }),
      { numRuns: 60 },
    );
  });

  test('the stack at any step is what a replay from the beginning gives', () => {
    fc.assert(
      fc.property(anySearch, fc.nat(), (trace, at) => {
        const tree = buildSearchTree(trace);
        const step = at % trace.length;
        expect(standingCandidates(tree, trace, step)).toEqual(replayedCandidates(trace, step));
      }),
      { numRuns: 300 },
    );
  });

  test('the stack is right on both sides of every keyframe of a long trace', () => {
    const trace = randomSearch(drawFrom(7), 12_000, 12);
    const tree = buildSearchTree(trace);
    expect(trace.length).toBeGreaterThan(5 * 4_096);
    for (let key = 1; key * 4_096 < trace.length; key++) {
      for (const step of [key * 4_096 - 1, key * 4_096, key * 4_096 + 1]) {
        expect(standingCandidates(tree, trace, step)).toEqual(replayedCandidates(trace, step));
      }
    }
  });

  test('counts at the last step are the trace’s own', () => {
    const trace = randomSearch(drawFrom(3), 6_000, 10);
    const tree = buildSearchTree(trace);
    expect(stateAt(tree, trace, trace.length - 1).counts).toEqual({
      pinned: trace.count('pin'),
      skipped: trace.count('reject'),
      undone: trace.count('unpin'),
      conflicts: trace.count('conflict'),
      jumps: trace.count('backjump'),
    });
  });

  test('depths of many steps equal the stack’s size at each', () => {
    const trace = randomSearch(drawFrom(5), 4_000, 10);
    const tree = buildSearchTree(trace);
    const steps = Array.from({ length: 60 }, (_, place) => Math.floor((place * trace.length) / 60));
    expect(depthsAt(tree, trace, steps)).toEqual(
      steps.map((step) => stateAt(tree, trace, step).stack.length),
    );
  });

  test('a tree that grew with its chunks equals one that was built at once', () => {
    const whole = randomSearch(drawFrom(11), 14_000, 10);
    const received = new GrowingTrace();
    const builder = new SearchTreeBuilder(received);
    const sender = new TraceRecorder({
      onChunk: (chunk) => {
        received.appendChunk(chunk);
        builder.extend();
      },
    });
    for (const row of whole.packages) sender.addPackage(row);
    for (const row of whole.candidates) sender.addCandidate(row);
    for (const row of whole.requirements) sender.addRequirement(row);
    for (const row of whole.causeLists) sender.addCauses(row);
    for (let step = 0; step < whole.length; step++) {
      const kind = (Object.keys(EVENT_CODE) as (keyof typeof EVENT_CODE)[])[whole.kinds[step]!]!;
      sender.record(kind, whole.first[step], whole.second[step], whole.third[step]);
    }
    sender.flush();
    const once = buildSearchTree(whole);
    expect(received.length).toBe(whole.length);
    for (const name of ['kind', 'parent', 'bornAt', 'settledAt', 'status', 'depth', 'nextSibling'] as const) {
      expect(builder.tree[name].values.slice(0, builder.tree.size)).toEqual(
        once[name].values.slice(0, once.size),
      );
    }
  });
});

describe('small searches', () => {
  function shape(trace: Trace): string[] {
    const tree = buildSearchTree(trace);
    return Array.from({ length: tree.size }, (_, node) => {
      const candidate = tree.candidate.at(node);
      const name = candidate < 0 ? nodeKind(tree, node) : trace.candidates[candidate]!.label;
      return `${'  '.repeat(tree.depth.at(node))}${name} ${nodeKind(tree, node)} ${finalStatus(tree, node)}`.trimEnd();
    });
  }

  test('skipping is not undoing: five candidates are skipped and every pin stands', () => {
    const lines = shape(skipNotBacktrack());
    expect(lines.filter((line) => line.includes('skip'))).toHaveLength(5);
    expect(lines.some((line) => line.includes('undone') || line.includes('jumped'))).toBe(false);
  });

  test('a jump undoes the decision at fault, and passes over the others', () => {
    const lines = shape(backjump());
    expect(lines).toContain('  web==5.0 pin undone');
    expect(lines).toContain('    log==1.2 pin jumped');
    expect(lines).toContain('      theme==3.1 pin jumped');
  });

  test('a rollback brings the old pin back instead of making a second one', () => {
    const trace = rollback();
    const tree = buildSearchTree(trace);
    const nodes = shape(trace);
    expect(nodes.filter((line) => line.includes('x==2'))).toEqual(['  x==2 pin standing']);
    expect(nodes.filter((line) => line.includes('w==0.9'))).toEqual(['    w==0.9 pin standing']);
    expect(tree.restored.size).toBe(1);
  });

  test('a pin that is pinned again was replaced, not undone', () => {
    const lines = shape(livelock());
    expect(lines.filter((line) => line.endsWith('replaced'))).toHaveLength(12);
    expect(lines.at(-1)).toBe('    end end standing');
  });

  test('a learned rule hangs on its conflict', () => {
    const tree = buildSearchTree(learnedRule());
    const learn = Array.from({ length: tree.size }, (_, node) => node).find(
      (node) => nodeKind(tree, node) === 'learn',
    )!;
    expect(nodeKind(tree, tree.parent.at(learn))).toBe('conflict');
    expect(tree.reasonIsRule).toBe(true);
  });

  test('an unsolvable search has no end node: its last conflict is the end', () => {
    const tree = buildSearchTree(toyConflict());
    expect(Array.from({ length: tree.size }, (_, node) => nodeKind(tree, node))).not.toContain('end');
  });
});

test('what stands in a solved fork is kept, not undone', () => {
  const trace = new TraceRecorder();
  const name = trace.addPackage({ identifier: 'a', name: 'a' });
  const candidate = (version: string) =>
    trace.addCandidate({ package: name, version, label: `a==${version}`, origin: 'index' });
  const [shared, first, second] = [candidate('1'), candidate('2'), candidate('3')];
  trace.record('decide', shared, 1);
  trace.record('decide', first, 2);
  trace.record('unpin', first);
  trace.record('fork', 2, 1);
  trace.record('decide', second, 2);
  trace.record('done', 0);
  const tree = buildSearchTree(trace);
  expect([1, 2, 3].map((node) => finalStatus(tree, node))).toEqual(['standing', 'kept', 'standing']);
  expect(stateAt(tree, trace, trace.length - 1).counts).toMatchObject({ pinned: 3, undone: 0, jumps: 0 });
  expect(standingCandidates(tree, trace, trace.length - 1)).toEqual([shared, second]);
  expect([...workStrip(trace, 3).undone]).toEqual([0, 0, 0]);
});
