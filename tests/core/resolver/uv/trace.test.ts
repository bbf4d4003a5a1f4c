import { describe, expect, test } from 'vitest';
import { resolveUv } from '../../../../src/core/explain/uv/uv-engine.ts';
import { runProblem } from '../../../../src/core/headless/run.ts';
import type { PackageIndex } from '../../../../src/core/package-index/package-index.ts';
import { makeProblem } from '../../../../src/core/problem/problem.ts';
import { eventsOf, runUv } from './run-uv.ts';

/** b 2.0 clashes with what a needs, so the search goes back once. */
const CLASH = {
  a: { '1.0': ['c<2'], '2.0': ['c>=2', 'd'] },
  b: { '1.0': ['c<2'] },
  c: { '1.0': [], '2.0': [] },
  d: { '1.0': [] },
};

describe('the trace of a run', () => {
  const run = runUv(CLASH, ['a', 'b']);
  const events = eventsOf(run);

  test('levels rise by one with each decision, and fall with a backjump to where it says', () => {
    let level = 0;
    for (const event of events) {
      if (event.kind === 'decide') {
        level += 1;
        expect(event.level).toBe(level);
      }
      if (event.kind === 'backjump') {
        expect(event.fromDepth).toBe(level);
        level = event.toDepth;
      }
    }
    expect(events.some((event) => event.kind === 'backjump')).toBe(true);
  });

  test('every decision that no longer stands is undone once, before the jump', () => {
    const standing = new Set<number>();
    for (const event of events) {
      if (event.kind === 'decide') {
        expect(standing.has(event.candidate)).toBe(false);
        standing.add(event.candidate);
      }
      if (event.kind === 'unpin') expect(standing.delete(event.candidate)).toBe(true);
      if (event.kind === 'backjump') expect(standing.size).toBe(event.toDepth);
    }
    const pinned = run.outcome.kind === 'solved' ? run.outcome.pins.length : 0;
    // The root is decided, too.
    expect(standing.size).toBe(pinned + 1);
  });

  test('a learned incompatibility can be opened: it names its two causes', () => {
    const learned = events.filter((event) => event.kind === 'learn');
    expect(learned.length).toBeGreaterThan(0);
    for (const { incompatibility } of learned) {
      const row = run.trace.incompatibilities[incompatibility]!;
      expect(row.reason).toBe('derived');
      expect(row.causes).toHaveLength(2);
      for (const cause of row.causes!) expect(cause).toBeLessThan(incompatibility);
    }
  });

  test('a derivation negates the term of its cause', () => {
    for (const event of events) {
      if (event.kind !== 'derive') continue;
      const term = run.trace.terms[event.term]!;
      const cause = run.trace.incompatibilities[event.incompatibility]!;
      const same = cause.terms
        .map((row) => run.trace.terms[row]!)
        .filter((other) => other.package === term.package);
      expect(same).toHaveLength(1);
      expect(same[0]).toEqual({ ...term, isPositive: !term.isPositive });
    }
  });

  test('ends with the outcome, and counts what it read', () => {
    expect(events.at(-1)).toMatchObject({ kind: 'done', outcome: 0 });
    expect(run.metrics.pages).toBe(3);
    expect(run.metrics.metadata).toBe(4);
  });

  test('the same Problem gives the same trace', () => {
    expect(eventsOf(runUv(CLASH, ['a', 'b']))).toEqual(events);
  });
});

describe('outcomes', () => {
  test('a limit on rounds stops the run with what stands', () => {
    const run = runUv(CLASH, ['a', 'b'], { options: { maxRounds: 2 } });
    expect(run.outcome).toMatchObject({ kind: 'stopped', reason: 'budget' });
  });

  test('missing pages are named all at once', () => {
    const index: PackageIndex = {
      page: (project) => ({ missing: 'page', project, loadable: true }),
      metadata: ({ project, version, filename }) => ({
        missing: 'metadata',
        project,
        version,
        filename,
        loadable: true,
      }),
    };
    const run = runProblem(makeProblem({ engine: 'uv@0.12', requirements: 'a\nb' }), resolveUv, index);
    expect(run.outcome).toEqual({
      kind: 'incomplete',
      missing: [
        { missing: 'page', project: 'a', loadable: true },
        { missing: 'page', project: 'b', loadable: true },
      ],
    });
  });

  test('versions whose dependencies nobody knows stop the run, or are left out', () => {
    const index = { a: { '1.0': [], '2.0': { unknown: true } } };
    expect(runUv(index, ['a']).outcome.kind).toBe('incomplete');
    const run = runUv(index, ['a'], { options: { unknownMetadata: 'leave-out' } });
    expect(run.outcome).toMatchObject({ kind: 'solved', pins: [{ name: 'a', version: '1.0' }] });
  });

  test('pins name their extras and files', () => {
    const index = { a: { '1.0': { requires: ["b; extra == 'x'"], extras: ['x'] } }, b: { '1.0': [] } };
    const run = runUv(index, ['a[x]']);
    expect(run.outcome).toMatchObject({
      kind: 'solved',
      pins: [
        { name: 'a', version: '1.0', extras: ['x'], filename: 'a-1.0-py2.py3-none-any.whl', origin: 'index' },
        { name: 'b', version: '1.0', extras: [] },
      ],
    });
  });

  test('an extra that includes another brings what both bring', () => {
    const index = {
      a: {
        '1.0': {
          requires: ["a[x,y]; extra == 'all'", "b; extra == 'x'", "c; extra == 'y'"],
          extras: ['all', 'x', 'y'],
        },
      },
      b: { '1.0': [] },
      c: { '1.0': [] },
    };
    const run = runUv(index, ['a[all]']);
    expect(run.outcome).toMatchObject({
      kind: 'solved',
      pins: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    });
  });
});
