import { beforeEach, describe, expect, test } from 'vitest';
import { EVENT_CODE } from '../../src/core/resolver/events.ts';
import type { Trace } from '../../src/core/resolver/trace.ts';
import { packageOfStep } from '../../src/core/search-tree/package-steps.ts';
import { buildSearchTree } from '../../src/core/search-tree/search-tree-builder.ts';
import { Playback } from '../../src/state/playback.svelte.ts';
import { drawFrom, randomSearch } from '../specimens/random-search.ts';
import { backjump, skipNotBacktrack, toyConflict } from '../specimens/small-searches.ts';

/** A clock that is wound by hand. */
class HandTimer {
  readonly pauses: number[] = [];
  #act: (() => void) | null = null;

  readonly start = (act: () => void, milliseconds: number): (() => void) => {
    this.pauses.push(milliseconds);
    this.#act = act;
    return () => (this.#act = null);
  };

  get isRunning(): boolean {
    return this.#act !== null;
  }

  tick(): void {
    const act = this.#act;
    this.#act = null;
    act?.();
  }
}

let timer: HandTimer;
let playback: Playback;
function load<Loaded extends Trace>(trace: Loaded, step?: number): Loaded {
  playback.load(trace, buildSearchTree(trace), step === undefined ? {} : { step });
  return trace;
}
beforeEach(() => {
  timer = new HandTimer();
  playback = new Playback(timer.start);
});

describe('moving', () => {
  test('opens at the deciding step, does not play, and can be told where to open', () => {
    const trace = load(toyConflict());
    expect(trace.kinds[playback.step]).toBe(EVENT_CODE.conflict);
    expect(playback.playing).toBe(false);
    expect(timer.isRunning).toBe(false);
    load(toyConflict(), 3);
    expect(playback.step).toBe(3);
    load(toyConflict(), 9_999);
    expect(playback.step).toBe(trace.length - 1);
  });

  test('steps, tens, first and last stay inside the trace', () => {
    const trace = load(backjump(), 0);
    playback.setStride('event');
    playback.previous();
    expect(playback.step).toBe(0);
    playback.next();
    playback.next(10);
    expect(playback.step).toBe(11);
    playback.last();
    playback.next(10);
    expect(playback.step).toBe(trace.length - 1);
    playback.first();
    expect(playback.step).toBe(0);
  });

  test('by decision goes on to the next choice, skip, conflict or jump, and back over the same', () => {
    const trace = load(backjump(), 0);
    const passed = ['page', 'metadata', 'require', 'round', 'unpin'].map(
      (kind) => EVENT_CODE[kind as keyof typeof EVENT_CODE],
    );
    const stops: number[] = [];
    while (playback.step < trace.length - 1) {
      playback.next();
      stops.push(playback.step);
    }
    expect(stops.every((step) => !passed.includes(trace.kinds[step]!))).toBe(true);
    expect(stops.length).toBeGreaterThan(5);
    for (const step of stops.toReversed().slice(1)) {
      playback.previous();
      expect(playback.step).toBe(step);
    }
  });

  test('by conflict and by package stop nowhere else', () => {
    const trace = load(backjump(), 0);
    playback.setStride('conflict');
    playback.next();
    expect(trace.kinds[playback.step]).toBe(EVENT_CODE.conflict);
    playback.first();
    playback.setStride('package');
    playback.selectPackage(1);
    playback.next();
    expect(packageOfStep(trace, playback.step)).toBe(1);
  });

  test('choosing a node moves nothing; going to it does', () => {
    const trace = load(backjump(), 0);
    const { tree } = playback;
    playback.select(2);
    expect([playback.step, playback.selectedNode]).toEqual([0, 2]);
    expect(playback.selectedPackage).toBe(trace.candidates[tree!.candidate.at(2)]!.package);
    playback.seekNode(2);
    expect(playback.step).toBe(tree!.bornAt.at(2));
  });

  test('conflicts are found in both directions, and the last stays the last', () => {
    const trace = load(randomSearch(drawFrom(1), 300, 7), 0);
    const conflicts = [...trace.kinds.subarray(0, trace.length)].flatMap((kind, step) =>
      kind === EVENT_CODE.conflict ? [step] : [],
    );
    playback.nextConflict();
    playback.nextConflict();
    expect(playback.step).toBe(conflicts[1]);
    playback.previousConflict();
    expect(playback.step).toBe(conflicts[0]);
    playback.previousConflict();
    expect(playback.step).toBe(conflicts[0]);
    playback.seek(trace.length - 1);
    playback.nextConflict();
    expect(playback.step).toBe(trace.length - 1);
  });

  test('the filter is what is stepped through', () => {
    load(skipNotBacktrack(), 0);
    playback.setFilter({ show: 'changes' });
    const steps: number[] = [];
    for (let press = 0; press < 9; press++) {
      playback.next();
      steps.push(playback.step);
    }
    expect(steps).toEqual([...playback.listed!]);
    playback.previous(2);
    expect(playback.step).toBe(steps[6]);
  });

  test('events of one package follow the step’s own package, or the chosen one', () => {
    const trace = load(skipNotBacktrack(), 0);
    playback.nextOfPackage();
    expect(playback.step).toBe(1);
    const cup = trace.packages.findIndex(({ identifier }) => identifier === 'cup');
    playback.selectPackage(cup);
    playback.seek(0);
    playback.nextOfPackage();
    expect(trace.requirements[trace.first[playback.step]!]!.text).toBe('cup>=1.6');
    playback.previousOfPackage();
    expect(trace.requirements[trace.first[playback.step]!]!.text).toBe('cup>=1.6');
  });

  test('an empty trace can be asked anything', () => {
    load(randomSearch(drawFrom(0), 0, 1), 0);
    for (const move of [
      'next',
      'previous',
      'first',
      'last',
      'nextConflict',
      'previousConflict',
      'nextOfPackage',
      'play',
    ] as const)
      playback[move]();
    expect(playback.step).toBe(0);
  });
});

describe('playing', () => {
  test('goes from change to change, no more than three a second at any speed', () => {
    const trace = load(skipNotBacktrack(), 0);
    for (const speed of ['0.5', '1', '4', 'conflict'] as const) {
      playback.setSpeed(speed);
      playback.seek(0);
      playback.play();
      while (timer.isRunning) timer.tick();
      expect(playback.step).toBe(trace.length - 1);
      expect(playback.playing).toBe(false);
    }
    expect(Math.min(...timer.pauses)).toBeGreaterThan(1_000 / 3);
  });

  test('at 1× shows every change', () => {
    const trace = load(skipNotBacktrack(), 0);
    const shown: number[] = [];
    playback.play();
    while (timer.isRunning) {
      timer.tick();
      shown.push(playback.step);
    }
    const changes = trace.count('pin') + trace.count('reject') + trace.count('done');
    expect(new Set(shown).size).toBe(changes);
  });

  test('stops when the reader moves', () => {
    load(backjump(), 0);
    playback.play();
    timer.tick();
    playback.next();
    expect(playback.playing).toBe(false);
    expect(timer.isRunning).toBe(false);
  });

  test('begins again after the end', () => {
    const trace = load(backjump());
    expect(playback.step).toBe(trace.length - 1);
    playback.play();
    expect(playback.step).toBe(0);
    expect(playback.playing).toBe(true);
  });

  test('another run ends it', () => {
    load(backjump(), 0);
    playback.play();
    load(toyConflict());
    expect(playback.playing).toBe(false);
    expect(timer.isRunning).toBe(false);
  });
});

describe('where playing stops by itself', () => {
  test('at a conflict, at a pin taken back, at the chosen package; the step shown is that one', () => {
    for (const [breakpoint, kind] of [
      ['conflict', 'conflict'],
      ['undo', 'unpin'],
    ] as const) {
      const trace = load(backjump(), 0);
      playback.setBreakpoint(breakpoint);
      playback.play();
      while (timer.isRunning) timer.tick();
      expect(playback.step).toBe(trace.kinds.indexOf(EVENT_CODE[kind]));
      expect(playback.playing).toBe(false);
    }
    const trace = load(backjump(), 0);
    const last = packageOfStep(trace, trace.kinds.indexOf(EVENT_CODE.unpin));
    playback.selectPackage(last);
    playback.setBreakpoint('package');
    playback.play();
    while (timer.isRunning) timer.tick();
    expect(packageOfStep(trace, playback.step)).toBe(last);
    expect(playback.step).toBeLessThan(trace.length - 1);
  });
});
