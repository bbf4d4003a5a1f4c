import { describe, expect, test } from 'vitest';
import type { Trace } from '../../src/core/resolver/trace.ts';
import { buildSearchTree } from '../../src/core/search-tree/search-tree-builder.ts';
import { Playback } from '../../src/state/playback.svelte.ts';
import { RunFollower } from '../../src/state/run-follower.ts';
import { drawFrom, randomSearch } from '../specimens/random-search.ts';
import { backjump, toyConflict } from '../specimens/small-searches.ts';

/** A trace of which only the beginning is there yet. */
function begun(whole: Trace, length: number): Trace & { length: number } {
  return Object.create(whole, { length: { value: length, writable: true } }) as Trace & { length: number };
}

describe('a run that is followed while it grows', () => {
  test('is shown at its last step, then at the step that decides it, on one and the same tree', () => {
    const playback = new Playback();
    const follower = new RunFollower(playback);
    const whole = backjump();
    const trace = begun(whole, 10);
    follower.show(trace);
    const { tree } = playback;
    expect([playback.step, playback.length]).toEqual([9, 10]);
    trace.length = whole.length;
    follower.show(trace);
    expect(playback.tree).toBe(tree);
    expect(tree!.size).toBe(buildSearchTree(whole).size);
    expect(playback.length).toBe(whole.length);
    const opened = new Playback();
    opened.load(whole, buildSearchTree(whole));
    expect(playback.step).toBe(opened.step);
  });

  test('is read ahead of its drawings, a chunk at a time, and shows nothing until it is drawn', () => {
    const playback = new Playback();
    const follower = new RunFollower(playback);
    const whole = randomSearch(drawFrom(2), 30_000, 9);
    expect(whole.length).toBeGreaterThan(40_000);
    const trace = begun(whole, 10);
    follower.readAhead(trace);
    expect(playback.tree).toBe(null);
    follower.show(trace);
    const { revision } = playback;
    trace.length = 1_000;
    follower.readAhead(trace);
    expect(playback.tree!.events).toBe(10);
    trace.length = 40_000;
    follower.readAhead(trace);
    expect(playback.tree!.events).toBe(40_000);
    expect([playback.step, playback.revision]).toEqual([9, revision]);
    trace.length = whole.length;
    follower.show(trace);
    expect(playback.length).toBe(whole.length);
    const once = buildSearchTree(whole);
    expect(playback.tree!.kind.values.slice(0, once.size)).toEqual(once.kind.values.slice(0, once.size));
    expect(playback.tree!.status.values.slice(0, once.size)).toEqual(once.status.values.slice(0, once.size));
  });

  test('leaves whoever has begun to step where they are', () => {
    const playback = new Playback();
    const follower = new RunFollower(playback);
    const trace = begun(backjump(), 10);
    follower.show(trace);
    playback.seek(4);
    trace.length = backjump().length;
    follower.show(trace, 2);
    expect(playback.step).toBe(4);
  });

  test('opens where it is told when it is over, and lets go of the run before', () => {
    const playback = new Playback();
    const follower = new RunFollower(playback);
    const trace = begun(backjump(), 10);
    follower.show(trace);
    trace.length = backjump().length;
    follower.show(trace, 2);
    expect(playback.step).toBe(2);
    const other = toyConflict();
    follower.show(other);
    expect(playback.trace).toBe(other);
    expect(playback.tree!.events).toBe(other.length);
  });
});
